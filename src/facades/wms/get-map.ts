import type { Body, RequestContext } from '../../http/route.ts';
import type { Kvp } from '../../http/kvp.ts';
import { backgroundOf, backgroundParameters } from '../../http/params/raster/background-parameters.ts';
import type { Background } from '../../http/params/raster/background-parameters.ts';
import { clipParameters } from '../../http/params/raster/clip-parameters.ts';
import { drawPreparedMap } from '../../services/maps/draw-prepared-map.ts';
import type { MapLayer } from '../../services/maps/map-layer.ts';
import { readLayers } from './layer-parameters.ts';
import { maxSide, readBackground, readFrame, readTransparent, required } from './map-parameters.ts';
import { parseFormat, type WmsFormat } from './picture-format.ts';
import type { WmsParts } from './wms-parts.ts';
import { requireVersion } from './wms-version.ts';

/** GetMap (OGC 06-042 §7.3): layers over one another as one picture, which the same code draws as the maps of OGC API. */
export async function getMap(kvp: Kvp, parts: WmsParts, context: RequestContext): Promise<Body> {
  const version = requireVersion(kvp);
  const format = parseFormat(required(kvp, 'FORMAT'));
  const { crsName, srid, bbox, width, height } = readFrame(kvp, version, maxSide(parts.rasters.limits));
  const background = readGround(kvp, format);
  const layers = await readLayers(kvp, { ...parts, context });
  const clip = await parts.clips.rings(kvp.readAll(clipParameters), srid, context);
  const plan = { crs: await parts.crs.named(crsName, context), bbox, width, height };
  const drawing = {
    plan,
    layers: layers.map((layer) => ({ ...layer, clip })),
    datetime: undefined,
    background,
    orientation: undefined,
    format: format.format,
    title: layers.map(({ drawable }) => drawable.collection.title).join(', '),
  };
  const { bytes } = await context.timed('map', () => drawPreparedMap(parts, drawing, context));
  return { content: bytes, headers: { 'Content-Type': format.mediaType, ...warning(kvp, layers) } };
}

/** BGCOLOR and TRANSPARENT of the standard, which has other defaults than OGC API, and the colours of the void. */
function readGround(kvp: Kvp, { transparent }: WmsFormat): Background {
  return backgroundOf({
    bgcolor: [...readBackground(kvp), 255],
    transparent: readTransparent(kvp) && transparent,
    voidColor: kvp.read(backgroundParameters.voidColor),
    voidTransparent: kvp.read(backgroundParameters.voidTransparent),
  });
}

/** A time was not asked for, so the default was taken: OGC 06-042 §C.4.3 wants the client to be told. */
function warning(kvp: Kvp, layers: readonly MapLayer[]): Readonly<Record<string, string>> {
  if ((kvp.get('TIME') ?? kvp.get('datetime') ?? '') !== '') return {};
  const times = layers.flatMap(({ drawable }) => drawable.times ?? [])[0];
  return times === undefined ? {} : { Warning: `99 graticule "Default value used: time=${times.first}/${times.last} ISO8601"` };
}
