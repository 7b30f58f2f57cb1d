import type { Body, RequestContext } from '../../http/route.ts';
import type { Kvp } from '../../http/kvp.ts';
import { composePictures } from '../../image/compose.ts';
import { encodePicture } from '../../image/encode.ts';
import { encodeValues } from '../../image/encode-values.ts';
import type { MapRequest } from '../../services/maps/map-service.ts';
import { pictureAsValues } from '../../services/maps/picture-file.ts';
import { readLayers } from './layer-parameters.ts';
import { readBackground, readFrame, readTransparent, required, type MapFrame } from './map-parameters.ts';
import { parseFormat, type WmsFormat } from './picture-format.ts';
import type { WmsParts } from './wms-parts.ts';
import { requireVersion } from './wms-version.ts';

/** GetMap (OGC 06-042 §7.3): layers over one another as one picture. */
export async function getMap(kvp: Kvp, parts: WmsParts, context: RequestContext): Promise<Body> {
  const { drawables, maps } = parts;
  const version = requireVersion(kvp);
  const { format, mediaType, transparent } = parseFormat(required(kvp, 'FORMAT'));
  const frame = readFrame(kvp, version);
  const background = readBackground(kvp);
  const seeThrough = readTransparent(kvp) && transparent;
  const layers = await readLayers(kvp, drawables, context);
  const target = maps.target(frame);
  const drawing = { layers, target, background: seeThrough ? undefined : background };
  const bytes = await context.timed('map', () => drawFile(parts, { drawing, format, frame }, context));
  return { content: bytes, headers: { 'Content-Type': mediaType, ...warning(kvp, layers) } };
}

interface MapFile {
  readonly drawing: MapRequest;
  readonly format: WmsFormat['format'];
  readonly frame: MapFrame;
}

async function drawFile({ maps, valueCrs }: WmsParts, { drawing, format, frame }: MapFile, context: RequestContext): Promise<Uint8Array> {
  const { grid } = drawing.target;
  if (format === 'tiff') {
    const picture = await maps.draw(drawing, context);
    const crs = await valueCrs(frame.srid, context);
    return (await encodeValues(pictureAsValues(picture, { grid, crs }), 'geotiff')).bytes;
  }
  const encoded = await maps.encoded(drawing, format, context);
  return (encoded ?? (await encodePicture(composePictures([], { ...frame, background: drawing.background }), format))).bytes;
}

/** A time was not asked for, so the default was taken: OGC 06-042 §C.4.3 wants the client to be told. */
function warning(kvp: Kvp, layers: Awaited<ReturnType<typeof readLayers>>): Readonly<Record<string, string>> {
  if ((kvp.get('TIME') ?? '') !== '') return {};
  const times = layers.flatMap(({ drawable }) => drawable.times ?? [])[0];
  return times === undefined ? {} : { Warning: `99 graticule "Default value used: time=${times.first}/${times.last} ISO8601"` };
}
