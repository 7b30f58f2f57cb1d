import type { Bbox } from '../../../base/bbox.ts';
import type { Parameter } from '../../parameter.ts';
import { cannotParse } from '../cannot-parse.ts';
import { decimalOf } from '../scalar.ts';

/** Four or six numbers in the order of their CRS, heights left out: lowest first, highest axis last; not yet ordered. */
export type RawBox = readonly [first: number, second: number, third: number, fourth: number];

/**
 * `bbox` in the axis order of `bbox-crs`. Which axis may run backwards (longitude, over the antimeridian) is known only
 * with the CRS: see `boxIn`. @throws AppError INVALID_PARAMETER
 */
export const rasterBbox: Parameter<RawBox | undefined> = {
  name: 'bbox',
  in: 'query',
  doc: 'The box to show, in the axis order of `bbox-crs` (without it longitude, latitude in degrees): four numbers, or six with heights; west > east crosses the antimeridian.',
  schema: { type: 'array', minItems: 4, maxItems: 6, items: { type: 'number' } },
  parse(raw) {
    if (raw === undefined) return undefined;
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
  },
};

/**
 * A box in easting-northing order. In degrees west > east crosses the antimeridian and becomes west < east + 360.
 * @throws AppError INVALID_PARAMETER for boxes without area, and for axes that run backwards
 */
export function boxIn(box: RawBox, crs: { readonly northingFirst: boolean; readonly geographic: boolean }): Bbox {
  const [west, south, right, north] = crs.northingFirst ? [box[1], box[0], box[3], box[2]] : box;
  const east = crs.geographic && west > right ? right + 360 : right;
  const raw = box.join(',');
  if (south > north) throw cannotParse('bbox', raw, `its lower edge (${south}) is above its upper edge (${north})`);
  if (west > east) throw cannotParse('bbox', raw, `its left edge (${west}) is right of its right edge (${east})`);
  if (west === east || south === north) throw cannotParse('bbox', raw, 'it has no area');
  return [west, south, east, north];
}

/** `center`: two numbers in the axis order of `center-crs`. @throws AppError INVALID_PARAMETER */
export const centerParameter: Parameter<readonly [number, number] | undefined> = {
  name: 'center',
  in: 'query',
  doc: 'The middle of the map in the axis order of `center-crs` (without it longitude, latitude in degrees); the extent follows from size and scale.',
  schema: { type: 'array', minItems: 2, maxItems: 2, items: { type: 'number' } },
  parse(raw) {
    if (raw === undefined) return undefined;
    const parts = raw.split(',');
    const [x, y] = parts.map(decimalOf);
    if (parts.length !== 2 || x === undefined || y === undefined) throw cannotParse('center', raw, 'expected two finite numbers');
    return [x, y];
  },
};
