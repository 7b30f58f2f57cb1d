import type { Affine } from '../grid.ts';
import { coverByArea, coverByCentre, type PixelPolygon, type Size } from './polygon-cover.ts';

/** Polygons of positions in a CRS, x and y in turn: outer ring, then holes. */
export type ZonePolygon = readonly Float64Array[];

/** Which pixels of a piece of a raster belong to a zone, and with what weight. */
export interface ZoneCover {
  /** Weights 0 … 1, row by row; undefined when no pixel of the piece belongs to the zone. */
  of(piece: Size & { readonly column: number; readonly row: number }): Float32Array | undefined;
}

/**
 * A zone on a grid, whose positions `toPixels` maps to columns and rows. Weighted: each pixel counts by the share of it
 * that lies inside; else whole pixels count, whose centres lie inside.
 */
export function coverZone(polygons: readonly ZonePolygon[], toPixels: Affine, weighted: boolean): ZoneCover {
  const inPixels = polygons.map((rings) => rings.map((ring) => mapRing(ring, toPixels)));
  const boxes = inPixels.map(([outer]) => boxOf(outer ?? new Float64Array(0)));
  return {
    of({ column, row, width, height }) {
      const touched = inPixels.filter((_, n) => {
        const [left, top, right, bottom] = boxes[n] ?? [0, 0, 0, 0];
        return left < column + width && right > column && top < row + height && bottom > row;
      });
      if (touched.length === 0) return undefined;
      const local = touched.map((polygon): PixelPolygon => polygon.map((ring) => shiftRing(ring, column, row)));
      const cover = weighted ? coverByArea(local, { width, height }) : coverByCentre(local, { width, height });
      return cover.some((share) => share > 0) ? cover : undefined;
    },
  };
}

function mapRing(ring: Float64Array, { a, b, c, d, e, f }: Affine): Float64Array {
  const mapped = new Float64Array(ring.length);
  for (let n = 0; n < ring.length; n += 2) {
    const [x = 0, y = 0] = [ring[n], ring[n + 1]];
    mapped[n] = a * x + b * y + c;
    mapped[n + 1] = d * x + e * y + f;
  }
  return mapped;
}

function shiftRing(ring: Float64Array, column: number, row: number): Float64Array {
  return ring.map((value, n) => value - (n % 2 === 0 ? column : row));
}

function boxOf(ring: Float64Array): readonly [left: number, top: number, right: number, bottom: number] {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (let n = 0; n < ring.length; n += 2) {
    left = Math.min(left, ring[n] ?? left);
    right = Math.max(right, ring[n] ?? right);
    top = Math.min(top, ring[n + 1] ?? top);
    bottom = Math.max(bottom, ring[n + 1] ?? bottom);
  }
  return [left, top, right, bottom];
}
