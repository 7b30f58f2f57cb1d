import { AppError } from './error.ts';

/** West, south, east, north; in a geographic CRS west > east crosses the antimeridian (RFC 7946 §5.2). */
export type Bbox = readonly [west: number, south: number, east: number, north: number];

const DECIMAL = /^[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?$/;

/**
 * Parses a `bbox` parameter of four or six numbers; heights are dropped (the data decide).
 * OGC 17-069r4 §7.15.3, /req/core/fc-bbox-definition.
 * @throws AppError INVALID_PARAMETER
 */
export function parseBbox(raw: string): Bbox {
  const parts = raw.split(',');
  if (parts.length !== 4 && parts.length !== 6) fail(raw, `expected 4 or 6 numbers, got ${parts.length}`);
  const numbers = parts.map((part) => {
    const value = DECIMAL.test(part.trim()) ? Number(part) : Number.NaN;
    if (!Number.isFinite(value)) fail(raw, `"${part}" is not a finite decimal number`);
    return value;
  });
  const six = numbers.length === 6;
  const [west = 0, south = 0] = numbers;
  const east = numbers[six ? 3 : 2] ?? 0;
  const north = numbers[six ? 4 : 3] ?? 0;
  if (south > north) fail(raw, `the minimum of the second axis (${south}) is above its maximum (${north})`);
  if (six && (numbers[2] ?? 0) > (numbers[5] ?? 0)) fail(raw, 'the minimum height is above the maximum height');
  return [west, south, east, north];
}

/** Checks a box in CRS84 degrees: longitudes within ±180, latitudes within ±90 (/req/core/fc-bbox-response D). */
export function checkCrs84(bbox: Bbox, raw: string): Bbox {
  const [west, south, east, north] = bbox;
  for (const lon of [west, east]) if (Math.abs(lon) > 180) fail(raw, `longitude ${lon} is outside -180 to 180`);
  for (const lat of [south, north]) if (Math.abs(lat) > 90) fail(raw, `latitude ${lat} is outside -90 to 90`);
  return bbox;
}

/** The one or two boxes with west ≤ east that a geographic box covers. */
export function splitAntimeridian(bbox: Bbox): readonly Bbox[] {
  const [west, south, east, north] = bbox;
  if (west <= east) return [bbox];
  return [
    [west, south, 180, north],
    [-180, south, east, north],
  ];
}

/** True when two boxes (each possibly across the antimeridian) share a point, edges included. */
export function bboxesIntersect(a: Bbox, b: Bbox): boolean {
  return splitAntimeridian(a).some((p) => splitAntimeridian(b).some((q) => p[0] <= q[2] && q[0] <= p[2] && p[1] <= q[3] && q[1] <= p[3]));
}

function fail(raw: string, why: string): never {
  throw new AppError('INVALID_PARAMETER', { detail: `Cannot parse bbox "${raw}": ${why}` });
}
