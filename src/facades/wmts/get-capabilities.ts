import { AppError } from '../../base/error.ts';
import type { Body, RequestContext } from '../../http/route.ts';
import type { DrawableList } from '../../services/maps/drawable.ts';
import { capabilitiesDocument, SECTIONS, XML_TYPES, type CapabilitiesFacts, type Section } from './capabilities.ts';
import { linkLayers, readSets, type LinkedLayers } from './linked-layers.ts';
import { invalidValue, shown } from './refusal.ts';
import type { WmtsParts } from './wmts-parts.ts';

/** What a request says of the document it wants; undefined: nothing. */
export interface CapabilitiesWish {
  readonly sections: string | undefined;
  readonly updateSequence: string | undefined;
  /** Media types in the order in which the client likes them; what it knows of them decides, and none is an error. */
  readonly formats: string | undefined;
  /** Ids of the sets to be listed, or `all`; no word of the standard. */
  readonly tileMatrixSets: string | undefined;
}

/** Writes capabilities documents; those of the list of layers in use are kept. */
export type WriteCapabilities = (wish: CapabilitiesWish, context: RequestContext) => Promise<Body>;

const MAX_KEPT = 8;

/**
 * GetCapabilities (OGC 07-057r7 §7.1), whose whole document is made once for each list of layers and host; with sets that
 * a client names it is made anew.
 */
export function createGetCapabilities(parts: WmtsParts): WriteCapabilities {
  let kept: Kept | undefined;
  return async ({ sections, updateSequence, formats, tileMatrixSets }, context) => {
    const wanted = readSections(sections);
    const sets = readSets(tileMatrixSets, parts.tilesets);
    const list = await parts.drawables.list(context);
    const isCurrent = checkSequence(updateSequence, list.sequence);
    const shown = isCurrent ? [] : wanted;
    const link = (): Promise<LinkedLayers> => linkLayers(list, sets, { tilesets: parts.tilesets, signal: context.signal });
    const write = (layers: LinkedLayers): Promise<string> => capabilitiesDocument(factsOf({ list, layers }, parts, context), shown);
    const headers = { 'Content-Type': typeOf(formats) };
    if (sets !== undefined) return { content: await write(await link()), headers };
    const made = kept?.list === list ? kept : { list, layers: await link(), texts: new Map<string, string>() };
    kept = made;
    const key = `${context.links.root} ${isCurrent ? 'current' : wanted.join(',')}`;
    const text = made.texts.get(key) ?? (await write(made.layers));
    // One entry for each host name under which clients see the server; a made-up one must not fill the memory.
    if (made.texts.size < MAX_KEPT) made.texts.set(key, text);
    return { content: text, headers };
  };
}

function typeOf(formats = ''): string {
  const wanted = formats.toLowerCase().split(',');
  return wanted.flatMap((format) => XML_TYPES.find((type) => type === format.trim()) ?? [])[0] ?? XML_TYPES[0];
}

interface Kept {
  readonly list: DrawableList;
  readonly layers: LinkedLayers;
  readonly texts: Map<string, string>;
}

function factsOf(
  { list, layers }: Omit<Kept, 'texts'>,
  { contact }: WmtsParts,
  { links, serviceTitle }: RequestContext,
): CapabilitiesFacts {
  return {
    ...layers,
    contact,
    title: serviceTitle,
    sequence: list.sequence,
    endpoint: links.to('wmts'),
    capabilitiesUrl: links.to('wmts.capabilities'),
    root: links.root,
    tileTemplate: (id, hasTime) => links.template(hasTime ? 'wmts.tile.time' : 'wmts.tile', { Layer: id }),
    legendUrl: (id) => links.to('rasters.legend', { collectionId: id }, { f: 'png' }),
    infoTemplate: (id, hasTime) => links.template(hasTime ? 'wmts.info.time' : 'wmts.info', { Layer: id }),
  };
}

/** The sections asked for; all of them without the parameter. @throws AppError with MissingParameterValue or InvalidParameterValue */
function readSections(raw: string | undefined): readonly Section[] {
  if (raw === undefined) return SECTIONS;
  if (raw.trim() === '') {
    throw new AppError('INVALID_PARAMETER', {
      detail: 'Parameter Sections is empty',
      exception: { code: 'MissingParameterValue', locator: 'Sections' },
    });
  }
  const names = raw.split(',').map((name) => name.trim().toLowerCase());
  if (names.includes('all')) return SECTIONS;
  return names.map((name) => {
    const found = SECTIONS.find((section) => section.toLowerCase() === name);
    if (found !== undefined) return found;
    throw invalidValue('Sections', `There is no section ${shown(name)}: expected ${SECTIONS.join(', ')} or All`);
  });
}

/** True when the client has the document already (OGC 06-121r3 §7.3.4). @throws AppError with InvalidUpdateSequence */
function checkSequence(given: string | undefined, sequence: number): boolean {
  if (given === undefined || given === '') return false;
  const asked = Number(given);
  if (asked === sequence) return true;
  if (asked < sequence) return false;
  throw new AppError('INVALID_PARAMETER', {
    detail: `There is no update sequence ${shown(given)} yet: the current one is ${sequence}`,
    exception: { code: 'InvalidUpdateSequence' },
  });
}
