import { AppError } from '../../base/error.ts';
import type { Body, RequestContext } from '../../http/route.ts';
import type { DrawableList } from '../../services/maps/drawable.ts';
import type { TileMatrixLimits } from '../../model/tiles.ts';
import { capabilitiesDocument, SECTIONS, XML_TYPES, type CapabilitiesFacts, type Section } from './capabilities.ts';
import { isExpressible } from './expressible.ts';
import type { TileLayer } from './tile-layer.ts';
import { invalidValue, shown } from './refusal.ts';
import type { WmtsParts } from './wmts-parts.ts';

/** What a request says of the document it wants; undefined: nothing. */
export interface CapabilitiesWish {
  readonly sections: string | undefined;
  readonly updateSequence: string | undefined;
  /** Media types in the order in which the client likes them; what it knows of them decides, and none is an error. */
  readonly formats: string | undefined;
}

/** Writes capabilities documents; those of the list of layers in use are kept. */
export type WriteCapabilities = (wish: CapabilitiesWish, context: RequestContext) => Promise<Body>;

/** With more layers than this, the limits of each in each set are left out: they are most of the document. */
const MAX_LAYERS_WITH_LIMITS = 100;
const MAX_KEPT = 8;

/** GetCapabilities (OGC 07-057r7 §7.1), whose whole document is made once for each list of layers and host. */
export function createGetCapabilities(parts: WmtsParts): WriteCapabilities {
  let kept: Kept | undefined;
  return async ({ sections, updateSequence, formats }, context) => {
    const wanted = readSections(sections);
    const list = await parts.drawables.list(context);
    const isCurrent = checkSequence(updateSequence, list.sequence);
    const made = kept?.list === list ? kept : { list, layers: await layersOf(list, parts, context), texts: new Map<string, string>() };
    kept = made;
    const key = `${context.links.root} ${isCurrent ? 'current' : wanted.join(',')}`;
    const known = made.texts.get(key);
    const text = known ?? capabilitiesDocument({ ...factsOf(made, context), contact: parts.contact }, isCurrent ? [] : wanted);
    // One entry for each host name under which clients see the server; a made-up one must not fill the memory.
    if (known === undefined && made.texts.size < MAX_KEPT) made.texts.set(key, text);
    return { content: text, headers: { 'Content-Type': typeOf(formats) } };
  };
}

function typeOf(formats = ''): string {
  const wanted = formats.toLowerCase().split(',');
  return wanted.flatMap((format) => XML_TYPES.find((type) => type === format.trim()) ?? [])[0] ?? XML_TYPES[0];
}

/** The layers of a list with their sets, and each of these sets once. */
type TileLayers = Pick<CapabilitiesFacts, 'layers' | 'sets'>;

interface Kept {
  readonly list: DrawableList;
  readonly layers: TileLayers;
  readonly texts: Map<string, string>;
}

function factsOf({ list, layers }: Kept, { links, serviceTitle }: RequestContext): Omit<CapabilitiesFacts, 'contact'> {
  return {
    ...layers,
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

async function layersOf({ drawables }: DrawableList, { tilesets }: WmtsParts, context: RequestContext): Promise<TileLayers> {
  const withLimits = drawables.length <= MAX_LAYERS_WITH_LIMITS;
  const layers = await Promise.all(
    drawables.map(async (drawable): Promise<TileLayer> => {
      const { collection } = drawable;
      const sets = tilesets.listed([collection]).filter(isExpressible);
      const links = await Promise.all(
        sets.map(async (tms): Promise<{ tms: typeof tms; limits: readonly TileMatrixLimits[] | undefined }> => {
          const limits = withLimits ? await tilesets.limits(tms, [collection], context.signal) : undefined;
          return { tms, limits: limits?.length === tms.matrices.length ? limits : undefined };
        }),
      );
      return { drawable, links };
    }),
  );
  const sets = new Map(layers.flatMap(({ links }) => links.map(({ tms }) => [tms.id, tms] as const)));
  return { layers, sets: [...sets.values()] };
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
