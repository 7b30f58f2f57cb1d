import type { Bbox } from './bbox.ts';
import { cannotParse } from './cannot-parse.ts';
import { decimalOf } from './decimal.ts';

/** Four or six numbers in the order of their CRS, heights left out: lowest first, highest axis last; not yet ordered. */
export type RawBox = readonly [first: number, second: number, third: number, fourth: number];

/** Parses four or six numbers. @throws AppError INVALID_PARAMETER */
export function parseRawBox(raw: string): RawBox {
  const parts = raw.split(',');
  if (parts.length !== 4 && parts.length !== 6) throw cannotParse('bbox', raw, `expected 4 or 6 numbers, got ${parts.length}`);
  const numbers = parts.map((part) => {
    const value = decimalOf(part);
    if (value === undefined) throw cannotParse('bbox', raw, `"${part}" is not a finite decimal number`);
    return value;
  });
  const [a = 0, b = 0] = numbers;
  const half = numbers.length / 2;
  return [a, b, numbers[half] ?? 0, numbers[half + 1] ?? 0];
}

/**
 * A box in easting-northing order. In degrees west > east crosses the antimeridian and becomes west < east + 360.
 * @throws AppError INVALID_PARAMETER for boxes without area, and for axes that run backwards
 */
export function orderBox(box: RawBox, crs: { readonly northingFirst: boolean; readonly geographic: boolean }): Bbox {
  const [west, south, right, north] = crs.northingFirst ? [box[1], box[0], box[3], box[2]] : box;
  const east = crs.geographic && west > right ? right + 360 : right;
  const raw = box.join(',');
  if (south > north) throw cannotParse('bbox', raw, `its lower edge (${south}) is above its upper edge (${north})`);
  if (west > east) throw cannotParse('bbox', raw, `its left edge (${west}) is right of its right edge (${east})`);
  if (west === east || south === north) throw cannotParse('bbox', raw, 'it has no area');
  return [west, south, east, north];
}
