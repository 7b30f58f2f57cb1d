import { MEDIA } from '../../base/media-type.ts';
import type { Body, RequestContext } from '../../http/route.ts';
import type { Kvp } from '../../http/kvp.ts';
import type { DrawableList } from '../../services/maps/drawable.ts';
import { capabilitiesDocument } from './capabilities.ts';
import { DIALECT_1_1 } from './dialect-1-1.ts';
import { DIALECT_1_3 } from './dialect-1-3.ts';
import type { Dialect } from './dialect.ts';
import { groupLayers } from './layer-tree.ts';
import { maxSide } from './map-parameters.ts';
import { refusal, shown } from './refusal.ts';
import type { WmsParts } from './wms-parts.ts';
import { negotiateVersion } from './wms-version.ts';

/** Writes capabilities documents; those of the list of layers in use are kept. */
export type WriteCapabilities = (kvp: Kvp, context: RequestContext) => Promise<Body>;

type CapabilitiesParts = Pick<WmsParts, 'drawables' | 'rasters' | 'contact'>;

/** GetCapabilities (OGC 06-042 §7.2), whose document is made once for each list of layers, version and host. */
export function createGetCapabilities(parts: CapabilitiesParts): WriteCapabilities {
  let kept: { readonly list: DrawableList; readonly texts: Map<string, string> } | undefined;
  return async (kvp, context) => {
    const dialect = negotiateVersion(kvp) === '1.3.0' ? DIALECT_1_3 : DIALECT_1_1;
    const list = await parts.drawables.list(context);
    checkSequence(kvp.get('UPDATESEQUENCE'), list.sequence);
    kept = kept?.list === list ? kept : { list, texts: new Map() };
    const { texts } = kept;
    const key = `${dialect.version} ${context.links.root}`;
    const text = texts.get(key) ?? (await write(dialect, list, { parts, context }));
    // One entry for each host name under which clients see the server; a made-up one must not fill the memory.
    if (texts.size < MAX_HOSTS) texts.set(key, text);
    return { content: text, headers: { 'Content-Type': mediaTypeOf(kvp, dialect) } };
  };
}

const MAX_HOSTS = 8;

/** OGC 06-042 §6.5: a type that is not known is no error; the first is answered. */
function mediaTypeOf(kvp: Kvp, { mediaTypes }: Dialect): string {
  const asked = kvp.get('FORMAT')?.toLowerCase();
  return mediaTypes.find((type) => type === asked) ?? mediaTypes[0];
}

function write(
  dialect: Dialect,
  { sequence, drawables }: DrawableList,
  { parts, context }: { readonly parts: CapabilitiesParts; readonly context: RequestContext },
): Promise<string> {
  const { links, serviceTitle } = context;
  const { version } = dialect;
  const facts = {
    title: serviceTitle,
    contact: parts.contact,
    root: links.root,
    endpoint: links.to('wms'),
    sequence,
    maxSide: maxSide(parts.rasters.limits),
    groups: groupLayers(drawables),
    legendUrl: (id: string, style: string) =>
      links.to('wms', {}, { service: 'WMS', version, request: 'GetLegendGraphic', layer: id, style, format: MEDIA.png }),
    collectionUrl: (id: string) => links.to('collections.one', { collectionId: id }, { f: 'json' }),
  };
  return capabilitiesDocument(facts, dialect);
}

/** OGC 06-042 §7.2.3.5: who has the document already, or one from the future, gets an exception. */
function checkSequence(given: string | undefined, sequence: number): void {
  if (given === undefined || given === '') return;
  const asked = Number(given);
  if (asked === sequence)
    throw refusal('CurrentUpdateSequence', 'UPDATESEQUENCE', `The document of update sequence ${sequence} is still current`);
  if (asked < sequence) return;
  throw refusal(
    'InvalidUpdateSequence',
    'UPDATESEQUENCE',
    `There is no update sequence ${shown(given)} yet: the current one is ${sequence}`,
  );
}
