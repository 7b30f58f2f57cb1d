import type { Bbox } from '../../base/bbox.ts';
import { proj4Parameter } from '../../crs/crs-definition.ts';
import type { Crs } from '../crs/crs-service.ts';

/** Of WGS 84, once round the equator. */
const EQUATOR_METRES = 2 * Math.PI * 6_378_137;

/**
 * Rings of an area where a map shows them: a map over the antimeridian goes on beyond it, and what lies on its other side
 * is there once more, a turn away. In CRSs that do not go round as they are.
 */
export function turnedRings(rings: readonly Float64Array[], [west, , east]: Bbox, crs: Crs): readonly Float64Array[] {
  const turn = turnOf(crs);
  if (turn === undefined) return rings;
  const copies = [turn, -turn].flatMap((distance) =>
    rings
      .filter((ring) => reaches(ring, west - distance, east - distance))
      .map((ring) => ring.map((value, i) => (i % 2 === 0 ? value + distance : value))),
  );
  return copies.length === 0 ? rings : [...rings, ...copies];
}

/** How far east, in units of the CRS, the same place comes again; of cylinders those only that touch the equator. */
function turnOf({ geographic, definition, metresPerUnit }: Crs): number | undefined {
  if (geographic) return 360;
  const isCylinder = ['merc', 'eqc'].includes(proj4Parameter(definition, 'proj') ?? '');
  const isTrue = ['lat_ts', 'k', 'k_0'].every((name) => [0, 1].includes(Number(proj4Parameter(definition, name) ?? 0)));
  return isCylinder && isTrue ? EQUATOR_METRES / metresPerUnit : undefined;
}

/** True when a ring has a part between two eastings. */
function reaches(ring: Float64Array, west: number, east: number): boolean {
  let [least, most] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (let i = 0; i < ring.length; i += 2) {
    const x = ring[i] ?? Number.NaN;
    if (x < least) least = x;
    if (x > most) most = x;
  }
  return least < east && most > west;
}
