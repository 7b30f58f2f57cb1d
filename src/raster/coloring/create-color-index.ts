import { never } from '../../base/never.ts';
import type { ColorMap, RampMap } from '../../color/color-map.ts';
import type { ColorIndex } from './color-index.ts';
import { indexClasses } from './index-classes.ts';
import { indexConditions } from './index-conditions.ts';
import { indexIntervals } from './index-intervals.ts';
import { indexLinear } from './index-linear.ts';

/** A map that says of values themselves which colours they get. */
export type ValueMap = Exclude<ColorMap, RampMap>;

/**
 * How the values of a map are found in it.
 * @throws AppError INVALID_PARAMETER for a formula that does not parse
 */
export function createColorIndex(map: ValueMap): ColorIndex {
  switch (map.kind) {
    case 'classes':
      return indexClasses(map);
    case 'intervals':
      return indexIntervals(map);
    case 'linear':
      return indexLinear(map);
    case 'conditions':
      return indexConditions(map);
    default:
      return never(map);
  }
}
