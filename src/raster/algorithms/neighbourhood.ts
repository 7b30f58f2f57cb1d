import type { Plane } from '../image.ts';

/**
 * The eight neighbours and the centre of one pixel, as the terrain literature letters them:
 *   a b c
 *   d e f
 *   g h i
 */
export interface Neighbourhood {
  a: number;
  b: number;
  c: number;
  d: number;
  e: number;
  f: number;
  g: number;
  h: number;
  i: number;
}

/** Room for one neighbourhood. */
export function createNeighbourhood(): Neighbourhood {
  return { a: 0, b: 0, c: 0, d: 0, e: 0, f: 0, g: 0, h: 0, i: 0 };
}

/**
 * Reads the neighbourhood of the pixel at an index. Where a neighbour has no data it lies on the line through the
 * centre and the opposite neighbour, and where that has none either it is as high as the centre: so data reach to
 * their edge, as with gdaldem's `-compute_edges`.
 */
export function readNeighbourhood(plane: Plane, at: number, width: number, into: Neighbourhood): void {
  into.a = plane[at - width - 1] ?? Number.NaN;
  into.b = plane[at - width] ?? Number.NaN;
  into.c = plane[at - width + 1] ?? Number.NaN;
  into.d = plane[at - 1] ?? Number.NaN;
  into.e = plane[at] ?? Number.NaN;
  into.f = plane[at + 1] ?? Number.NaN;
  into.g = plane[at + width - 1] ?? Number.NaN;
  into.h = plane[at + width] ?? Number.NaN;
  into.i = plane[at + width + 1] ?? Number.NaN;
  const sum = into.a + into.b + into.c + into.d + into.e + into.f + into.g + into.h + into.i;
  if (sum !== sum) mend(into);
}

function mend(n: Neighbourhood): void {
  const { a, b, c, d, e, f, g, h, i } = n;
  n.a = mended(a, i, e);
  n.b = mended(b, h, e);
  n.c = mended(c, g, e);
  n.d = mended(d, f, e);
  n.f = mended(f, d, e);
  n.g = mended(g, c, e);
  n.h = mended(h, b, e);
  n.i = mended(i, a, e);
}

function mended(value: number, opposite: number, centre: number): number {
  if (!Number.isNaN(value)) return value;
  return Number.isNaN(opposite) ? centre : 2 * centre - opposite;
}
