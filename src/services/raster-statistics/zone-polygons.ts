import { AppError } from '../../base/error.ts';
import type { RunContext } from '../../db/database.ts';
import type { ZonePolygon } from '../../raster/statistics/zone.ts';
import type { Mapping } from '../rasters/mapping.ts';

/** Polygons of a zone in the CRS of a request, as a body gives them: easting or longitude first. */
export type Zone = readonly ZonePolygon[];

/** Edges are cut into at least this many pieces before they are mapped to another CRS, where they bend. */
const PIECES = 16;

/**
 * A zone in the CRS of a collection. Straight edges of the request stay straight in its CRS (RFC 7946 §3.1.1), so each
 * is cut into pieces where the CRSs differ.
 * @throws AppError INVALID_BODY when a position has no place there
 */
export async function mapZone(zone: Zone, mapping: Mapping | undefined, context: RunContext): Promise<Zone> {
  if (mapping === undefined) return zone;
  const mapped: Float64Array[][] = [];
  for (const polygon of zone) {
    const rings: Float64Array[] = [];
    for (const ring of polygon) {
      const dense = densify(ring);
      await mapping.run(dense, context);
      if (!dense.every(Number.isFinite)) {
        throw new AppError('INVALID_BODY', {
          detail: 'Cannot use this geometry: a position of it cannot be transformed to the coordinate reference system of the collection',
        });
      }
      rings.push(dense);
    }
    mapped.push(rings);
  }
  return mapped;
}

function densify(ring: Float64Array): Float64Array {
  const count = ring.length / 2;
  const pieces = Math.max(1, Math.min(PIECES, Math.ceil(20_000 / Math.max(1, count))));
  const dense = new Float64Array(count * pieces * 2);
  for (let n = 0; n < count; n += 1) {
    const next = (n + 1) % count;
    const [x = 0, y = 0, u = 0, v = 0] = [ring[2 * n], ring[2 * n + 1], ring[2 * next], ring[2 * next + 1]];
    for (let k = 0; k < pieces; k += 1) {
      dense[(n * pieces + k) * 2] = x + ((u - x) * k) / pieces;
      dense[(n * pieces + k) * 2 + 1] = y + ((v - y) * k) / pieces;
    }
  }
  return dense;
}

/**
 * The parts of a zone in degrees where a collection has them: longitudes are periodic, so that a polygon over the
 * antimeridian, or one of another turn than the collection's, counts a turn to the east and west as well.
 */
export function turnZone(zone: Zone, [west, , east]: Bounds): Zone {
  return [0, 360, -360].flatMap((turn) => {
    const met = zone.filter((polygon) => {
      const [left, , right] = zoneBounds([polygon]);
      return left + turn < east && right + turn > west;
    });
    return turn === 0 ? met : met.map((rings) => rings.map((ring) => ring.map((value, n) => (n % 2 === 0 ? value + turn : value))));
  });
}

type Bounds = readonly [west: number, south: number, east: number, north: number];

/** West, south, east, north of a zone. */
export function zoneBounds(zone: Zone): Bounds {
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const [outer] of zone) {
    for (let n = 0; outer !== undefined && n < outer.length; n += 2) {
      west = Math.min(west, outer[n] ?? west);
      east = Math.max(east, outer[n] ?? east);
      south = Math.min(south, outer[n + 1] ?? south);
      north = Math.max(north, outer[n + 1] ?? north);
    }
  }
  return [west, south, east, north];
}
