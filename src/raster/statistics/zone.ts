import type { Affine } from '../grid.ts';
import type { Place } from './area-table.ts';
import { coverByArea, coverByCentre, ringBox, shiftRing, type PixelPolygon } from './polygon-cover.ts';

/** Polygons of positions in a CRS, x and y in turn: outer ring, then holes. */
export type ZonePolygon = readonly Float64Array[];

/** A zone on a grid, as plain data in memory that threads share. */
export interface Zone {
  readonly polygons: readonly PixelPolygon[];
  /** Of the polygons: left, top, right, bottom. */
  readonly boxes: readonly (readonly [left: number, top: number, right: number, bottom: number])[];
  /** Each pixel counts by the share of it that lies inside; else whole pixels count, whose centres lie inside. */
  readonly weighted: boolean;
}

/** A zone on the grid whose columns and rows `toPixels` gives. */
export function zoneOn(polygons: readonly ZonePolygon[], toPixels: Affine, weighted: boolean): Zone {
  const inPixels = polygons.map((rings) => rings.map((ring) => mapRing(ring, toPixels)));
  return { polygons: inPixels, boxes: inPixels.map(([outer]) => ringBox(outer ?? new Float64Array(0))), weighted };
}

/** True when pixels of a part of the grid may belong to the zone. */
export function meetsZone({ boxes }: Zone, place: Place): boolean {
  return boxes.some((box) => meets(box, place));
}

/** Weights 0 … 1 of the pixels of a part of the grid, row by row; undefined when none of them belongs to the zone. */
export function coverOf({ polygons, boxes, weighted }: Zone, place: Place): Float32Array | undefined {
  const touched = polygons.filter((_, n) => meets(boxes[n] ?? [0, 0, 0, 0], place));
  if (touched.length === 0) return undefined;
  const local = touched.map((polygon): PixelPolygon => polygon.map((ring) => shiftRing(ring, place.column, place.row)));
  const cover = weighted ? coverByArea(local, place) : coverByCentre(local, place);
  return cover.some((share) => share > 0) ? cover : undefined;
}

function meets([left, top, right, bottom]: Zone['boxes'][number], { column, row, width, height }: Place): boolean {
  return left < column + width && right > column && top < row + height && bottom > row;
}

function mapRing(ring: Float64Array, { a, b, c, d, e, f }: Affine): Float64Array {
  const mapped = new Float64Array(new SharedArrayBuffer(ring.length * 8));
  for (let n = 0; n < ring.length; n += 2) {
    const [x, y] = [ring[n] ?? 0, ring[n + 1] ?? 0];
    mapped[n] = a * x + b * y + c;
    mapped[n + 1] = d * x + e * y + f;
  }
  return mapped;
}
