import type { Body, RequestContext } from '../../http/route.ts';
import type { Kvp } from '../../http/kvp.ts';
import { clipParameters } from '../../http/params/raster/clip-parameters.ts';
import { findInfoFormat, INFO_FORMATS, type InfoFormat } from '../../services/maps/info-documents.ts';
import { readLayers, readNames } from './layer-parameters.ts';
import { maxSide, readFrame, required } from './map-parameters.ts';
import type { MapFrame } from './map-parameters.ts';
import { invalidValue, refusal, shown } from './refusal.ts';
import type { WmsParts } from './wms-parts.ts';
import { requireVersion, type WmsVersion } from './wms-version.ts';

const PIXEL_NAMES = { '1.3.0': ['I', 'J'], '1.1.1': ['X', 'Y'] } as const;
/** The most that FEATURE_COUNT gives. */
const MAX_COUNT = 1000;

/** GetFeatureInfo (OGC 06-042 §7.4): the numbers under a pixel of a map, of every band or of what the parameters of rasters choose. */
export async function getFeatureInfo(
  kvp: Kvp,
  { clips, drawables, dimensions, maps, rasters }: WmsParts,
  context: RequestContext,
): Promise<Body> {
  const version = requireVersion(kvp);
  const frame = readFrame(kvp, version, maxSide(rasters.limits));
  const layers = await readLayers(kvp, { drawables, dimensions, context });
  const queried = await readNames(kvp, 'QUERY_LAYERS', { drawables, context });
  const missing = queried.find(({ collection }) => !layers.some(({ drawable }) => drawable.collection.id === collection.id));
  if (missing !== undefined) {
    throw refusal('LayerNotDefined', 'QUERY_LAYERS', `Layer ${shown(missing.collection.id)} is not among the LAYERS of the map`);
  }
  const format = readInfoFormat(kvp);
  const limit = readCount(kvp);
  const names = pixelNames(kvp, version);
  const position = positionOf(frame, readPixel(kvp, names[0], frame.width), readPixel(kvp, names[1], frame.height));
  const clip = await clips.rings(kvp.readAll(clipParameters), frame.srid, context);
  const further = { clip, expressionTexts: kvp.get('expression') ?? kvp.get('formula') };
  const shownLayers = queried.flatMap(({ collection }) => {
    const layer = layers.find(({ drawable }) => drawable.collection.id === collection.id);
    return layer === undefined ? [] : [{ ...layer, ...further }];
  });
  const place = { srid: frame.srid, position };
  const [info, lonLat] = await Promise.all([maps.info({ layers: shownLayers, ...place, limit }, context), maps.lonLat(place, context)]);
  const content = format.write({ position: lonLat, layers: info, namespace: context.links.root });
  return { content, headers: { 'Content-Type': format.mediaType } };
}

/** I and J, X and Y before 1.3.0; of a client that mixes them up what it says. */
function pixelNames(kvp: Kvp, version: WmsVersion): readonly [column: string, row: string] {
  const own = PIXEL_NAMES[version];
  const other = PIXEL_NAMES[version === '1.3.0' ? '1.1.1' : '1.3.0'];
  return own.every((name) => kvp.get(name) === undefined) && other.every((name) => kvp.get(name) !== undefined) ? other : own;
}

/** The middle of a pixel, in easting-northing order; rows count from the top. */
function positionOf({ bbox: [west, south, east, north], width, height }: MapFrame, column: number, row: number): [number, number] {
  return [west + ((column + 0.5) * (east - west)) / width, north - ((row + 0.5) * (north - south)) / height];
}

function readPixel(kvp: Kvp, name: string, count: number): number {
  const raw = required(kvp, name);
  if (/^\d{1,9}$/.test(raw) && Number(raw) < count) return Number(raw);
  throw refusal('InvalidPoint', name, `Cannot query ${name} ${shown(raw)}: expected an integer from 0 to ${count - 1}`);
}

/** Without INFO_FORMAT, which 1.1.1 leaves to the server, the first. */
function readInfoFormat(kvp: Kvp): InfoFormat {
  const raw = kvp.get('INFO_FORMAT') ?? '';
  const found = raw === '' ? INFO_FORMATS[0] : findInfoFormat(raw);
  if (found !== undefined) return found;
  const known = INFO_FORMATS.map(({ mediaType }) => mediaType).join(', ');
  throw refusal('InvalidFormat', 'INFO_FORMAT', `Cannot write ${shown(raw)}: expected one of ${known}`);
}

function readCount(kvp: Kvp): number {
  const raw = kvp.get('FEATURE_COUNT') ?? '';
  if (raw === '') return 1;
  if (/^[1-9]\d{0,8}$/.test(raw)) return Math.min(Number(raw), MAX_COUNT);
  throw invalidValue('FEATURE_COUNT', `Cannot parse FEATURE_COUNT ${shown(raw)}: expected an integer of at least 1`);
}
