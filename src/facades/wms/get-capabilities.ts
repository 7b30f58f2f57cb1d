import { MEDIA } from '../../base/media-type.ts';
import type { Body, RequestContext } from '../../http/route.ts';
import type { Kvp } from '../../http/kvp.ts';
import type { DrawableList } from '../../services/maps/drawable.ts';
import { capabilities11 } from './capabilities-1-1.ts';
import { capabilities13 } from './capabilities-1-3.ts';
import type { CapabilitiesFacts } from './capabilities-facts.ts';
import type { XmlDocument } from './exception-report.ts';
import { groupLayers } from './layer-tree.ts';
import { maxSide } from './map-parameters.ts';
import { refusal, shown } from './refusal.ts';
import type { WmsParts } from './wms-parts.ts';
import { negotiateVersion, type WmsVersion } from './wms-version.ts';

/** Writes capabilities documents; those of the list of layers in use are kept. */
export type WriteCapabilities = (kvp: Kvp, context: RequestContext) => Promise<Body>;

/** GetCapabilities (OGC 06-042 §7.2), whose document is made once for each list of layers, version and host. */
export function createGetCapabilities({ drawables, rasters }: Pick<WmsParts, 'drawables' | 'rasters'>): WriteCapabilities {
  let kept: { readonly list: DrawableList; readonly documents: Map<string, XmlDocument> } | undefined;
  return async (kvp, context) => {
    const version = negotiateVersion(kvp);
    const list = await drawables.list(context);
    checkSequence(kvp.get('UPDATESEQUENCE'), list.sequence);
    if (kept?.list !== list) kept = { list, documents: new Map() };
    const key = `${version} ${context.links.root}`;
    const document = kept.documents.get(key) ?? write(version, { ...list, maxSide: maxSide(rasters.limits) }, context);
    // One entry for each host name under which clients see the server; a made-up one must not fill the memory.
    if (kept.documents.size < MAX_HOSTS) kept.documents.set(key, document);
    return { content: document.text, headers: { 'Content-Type': document.mediaType } };
  };
}

const MAX_HOSTS = 8;

function write(
  version: WmsVersion,
  { drawables, ...told }: DrawableList & Pick<CapabilitiesFacts, 'maxSide'>,
  { links, serviceTitle }: RequestContext,
): XmlDocument {
  const facts = {
    title: serviceTitle,
    root: links.root,
    endpoint: links.to('wms'),
    ...told,
    groups: groupLayers(drawables),
    legendUrl: (id: string, style: string) =>
      links.to('wms', {}, { service: 'WMS', version, request: 'GetLegendGraphic', layer: id, style, format: MEDIA.png }),
    collectionUrl: (id: string) => links.to('collections.one', { collectionId: id }, { f: 'json' }),
  };
  return version === '1.3.0' ? capabilities13(facts) : capabilities11(facts);
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
