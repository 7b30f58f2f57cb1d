import { setImmediate } from 'node:timers/promises';
import { AppError } from '../../base/error.ts';
import { MEDIA } from '../../base/media-type.ts';
import { parseJsonBody, type RequestBody } from '../../http/request-body.ts';

/** A feature of a request: its members as they came, and its polygons as rings of x, y pairs. */
export interface SentFeature {
  readonly members: Readonly<Record<string, unknown>>;
  readonly polygons: readonly (readonly Float64Array[])[];
}

/** What a request sent. */
export interface SentPolygons {
  /** A geometry alone counts as a feature. */
  readonly kind: 'Feature' | 'FeatureCollection';
  readonly features: readonly SentFeature[];
}

/** Features of a body. */
export const MAX_FEATURES = 1000;
/** Positions of all its geometries. */
export const MAX_POSITIONS = 200_000;
/** Beyond this no CRS has a place, and differences of coordinates overflow. */
const FARTHEST = 1e15;

const SCHEMA = { type: 'object', required: ['type'], properties: { type: { type: 'string' } } };

const LARGE_BYTES = 1024 * 1024;

/** Polygons as GeoJSON (RFC 7946): a feature, a feature collection, or a geometry alone. */
export const polygonsBody: RequestBody<SentPolygons> = {
  mediaTypes: [MEDIA.geojson, MEDIA.json],
  doc: 'A GeoJSON feature or feature collection of polygons, or a Polygon or MultiPolygon alone, in the CRS of `coord_crs`.',
  schema: SCHEMA,
  async parse(bytes) {
    const value = parseJsonBody(bytes);
    // Each megabyte takes some milliseconds to be parsed, and its positions as many again.
    if (bytes.length > LARGE_BYTES) await setImmediate();
    return parsePolygons(value);
  },
};

/** A line as GeoJSON: a feature or a LineString alone. */
export const lineBody: RequestBody<Float64Array> = {
  mediaTypes: [MEDIA.geojson, MEDIA.json],
  doc: 'A GeoJSON LineString, or a feature that has one, in the CRS of `coord_crs`.',
  schema: SCHEMA,
  parse(bytes) {
    const body = objectOf(parseJsonBody(bytes), 'the body');
    const geometry = body.type === 'Feature' ? objectOf(body.geometry, 'geometry') : body;
    if (geometry.type !== 'LineString') throw invalid(`expected a LineString, got ${printable(geometry.type)}`);
    const budget = { left: MAX_POSITIONS };
    const line = positions(geometry.coordinates, undefined, budget);
    if (line.length < 4) throw invalid('a LineString needs at least two positions');
    return line;
  },
};

function parsePolygons(value: unknown): SentPolygons {
  const body = objectOf(value, 'the body');
  const budget = { left: MAX_POSITIONS };
  if (body.type !== 'FeatureCollection') return { kind: 'Feature', features: [featureOf(body, undefined, budget)] };
  const { features } = body;
  if (!Array.isArray(features)) throw invalid('features must be an array');
  if (features.length > MAX_FEATURES) throw tooMuch(`${features.length} features are more than ${MAX_FEATURES}`);
  return {
    kind: 'FeatureCollection',
    features: features.map((feature: unknown, n) => featureOf(objectOf(feature, `features[${n}]`), `features[${n}]`, budget)),
  };
}

type Members = Readonly<Record<string, unknown>>;

/** How many more positions a request may have. */
interface Budget {
  left: number;
}

/** `where` is the member of a collection; undefined is the body itself. */
function featureOf(body: Members, where: string | undefined, budget: Budget): SentFeature {
  const isFeature = body.type === 'Feature';
  const geometry = isFeature ? objectOf(body.geometry, where === undefined ? 'geometry' : `${where}.geometry`) : body;
  const polygons = polygonsOf(geometry, where, budget);
  return { members: isFeature ? body : { type: 'Feature', properties: {}, geometry: body }, polygons };
}

function polygonsOf(geometry: Members, where: string | undefined, budget: Budget): SentFeature['polygons'] {
  const { type, coordinates } = geometry;
  if (type === 'Polygon') return [ringsOf(coordinates, where, budget)];
  if (type === 'MultiPolygon') return arrayOf(coordinates, where).map((polygon) => ringsOf(polygon, where, budget));
  throw invalid(`expected a Polygon or MultiPolygon, got ${printable(type)}`, where);
}

function ringsOf(value: unknown, where: string | undefined, budget: Budget): readonly Float64Array[] {
  const rings = arrayOf(value, where).map((ring) => positions(ring, where, budget));
  if (rings.length === 0) throw invalid('a polygon needs a ring', where);
  for (const ring of rings) if (ring.length < 8) throw invalid('a ring needs at least four positions', where);
  return rings;
}

function positions(value: unknown, where: string | undefined, budget: Budget): Float64Array {
  const list = arrayOf(value, where);
  budget.left -= list.length;
  if (budget.left < 0) throw tooMuch(`it has more than ${MAX_POSITIONS} positions`);
  const xy = new Float64Array(list.length * 2);
  list.forEach((position, n) => {
    const [x, y]: readonly unknown[] = Array.isArray(position) ? position : [];
    if (typeof x !== 'number' || typeof y !== 'number' || !(Math.max(Math.abs(x), Math.abs(y)) <= FARTHEST)) {
      throw invalid(`a position must be an array of two finite numbers up to ${FARTHEST}, got ${printable(position)}`, where);
    }
    xy[2 * n] = x;
    xy[2 * n + 1] = y;
  });
  return xy;
}

function objectOf(value: unknown, where: string): Members {
  if (isMembers(value)) return value;
  throw invalid(`${where} must be an object, got ${printable(value)}`);
}

/** True for JSON objects. */
export function isMembers(value: unknown): value is Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function arrayOf(value: unknown, where: string | undefined): readonly unknown[] {
  if (Array.isArray(value)) return value;
  throw invalid(`coordinates must be arrays, got ${printable(value)}`, where);
}

function printable(value: unknown): string {
  return (JSON.stringify(value) ?? 'nothing').slice(0, 60);
}

function invalid(why: string, where?: string): AppError {
  return new AppError('INVALID_BODY', { detail: `Cannot read the body as GeoJSON: ${where === undefined ? '' : `${where}: `}${why}` });
}

function tooMuch(why: string): AppError {
  return new AppError('CONTENT_TOO_LARGE', { detail: `Cannot read the body as GeoJSON: ${why}` });
}
