import { cannotParse } from '../../../base/cannot-parse.ts';
import { decimalOf } from '../../../base/decimal.ts';
import { parseRawBox } from '../../../base/raw-box.ts';
import type { RawBox } from '../../../base/raw-box.ts';
import type { Parameter } from '../../parameter.ts';

/**
 * `bbox` in the axis order of `bbox-crs`. Which axis may run backwards (longitude, over the antimeridian) is known only
 * with the CRS: see `orderBox` of src/base/raw-box.ts. @throws AppError INVALID_PARAMETER
 */
export const rasterBbox: Parameter<RawBox | undefined> = {
  name: 'bbox',
  in: 'query',
  doc: 'The box to show, in the axis order of `bbox-crs` (without it longitude, latitude in degrees): four numbers, or six with heights; west > east crosses the antimeridian.',
  schema: { type: 'array', minItems: 4, maxItems: 6, items: { type: 'number' } },
  parse: (raw) => (raw === undefined ? undefined : parseRawBox(raw)),
};

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
