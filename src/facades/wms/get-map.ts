import type { Body, RequestContext } from '../../http/route.ts';
import type { Kvp } from '../../http/kvp.ts';
import { encodePicture } from '../../image/encode.ts';
import { readLayers } from './layer-parameters.ts';
import { readBackground, readFrame, readTransparent } from './map-parameters.ts';
import { parseFormat } from './picture-format.ts';
import { required } from './map-parameters.ts';
import type { WmsParts } from './wms-parts.ts';
import { requireVersion } from './wms-version.ts';

/** GetMap (OGC 06-042 §7.3): layers over one another as one picture. */
export async function getMap(kvp: Kvp, { drawables, maps }: WmsParts, context: RequestContext): Promise<Body> {
  const version = requireVersion(kvp);
  const { format, mediaType, transparent } = parseFormat(required(kvp, 'FORMAT'));
  const frame = readFrame(kvp, version);
  const background = readBackground(kvp);
  const seeThrough = readTransparent(kvp) && transparent;
  const layers = await readLayers(kvp, drawables, context);
  const target = maps.target(frame);
  const picture = await context.timed('map', () => maps.draw({ layers, target, background: seeThrough ? undefined : background }, context));
  const { bytes } = await encodePicture(picture, format);
  return { content: bytes, headers: { 'Content-Type': mediaType, ...warning(kvp, layers) } };
}

/** A time was not asked for, so the default was taken: OGC 06-042 §C.4.3 wants the client to be told. */
function warning(kvp: Kvp, layers: Awaited<ReturnType<typeof readLayers>>): Readonly<Record<string, string>> {
  if ((kvp.get('TIME') ?? '') !== '') return {};
  const times = layers.flatMap(({ drawable }) => drawable.times ?? [])[0];
  return times === undefined ? {} : { Warning: `99 graticule "Default value used: time=${times.first}/${times.last} ISO8601"` };
}
