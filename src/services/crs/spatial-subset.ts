import type { Bbox } from '../../base/bbox.ts';
import { cannotParse } from '../../base/cannot-parse.ts';
import { decimalOf } from '../../base/decimal.ts';
import { AppError } from '../../base/error.ts';
import type { AxisSubset } from '../../base/subset.ts';
import { axisNamed } from './axes.ts';
import type { Crs } from './crs-service.ts';

/** The parts of a `subset`: what cuts in space, in time, and along dimensions of the data's own. */
export interface SubsetParts {
  readonly spatial: readonly AxisSubset[];
  readonly time: AxisSubset | undefined;
  readonly others: readonly AxisSubset[];
}

/** Sorts the axes of a `subset`; heights, which rasters of two dimensions do not have, count as unknown. */
export function sortSubset(subset: readonly AxisSubset[]): SubsetParts {
  const kindOf = ({ axis }: AxisSubset): string | undefined => axisNamed(axis)?.kind;
  return {
    spatial: subset.filter((part) => kindOf(part) === 'east' || kindOf(part) === 'north'),
    time: subset.find((part) => kindOf(part) === 'time'),
    others: subset.filter((part) => kindOf(part) === undefined || kindOf(part) === 'height'),
  };
}

/** True when the axes are degrees by their names; false when they are projected; undefined when the names say nothing. */
export function inDegrees(spatial: readonly AxisSubset[]): boolean | undefined {
  const units = spatial.flatMap(({ axis }) => {
    const known = axisNamed(axis);
    return known?.kind === 'east' || known?.kind === 'north' ? [known.unit] : [];
  });
  if (units.includes('degrees')) return true;
  return units.includes('projected') ? false : undefined;
}

/** What a spatial subset leaves of a box, and along which axes it is a slice. */
export interface SpatialCut {
  /** West < east, beyond 180 where it crosses the antimeridian; without width or height where sliced. */
  readonly bbox: Bbox;
  readonly slicesEast: boolean;
  readonly slicesNorth: boolean;
}

/**
 * Cuts a box of a CRS by the spatial axes of a `subset`. `*` is the box's own limit.
 * @throws AppError INVALID_PARAMETER for axes that the CRS does not have, numbers and order, NOT_FOUND outside the box
 */
export function cutBox(spatial: readonly AxisSubset[], whole: Bbox, crs: Pick<Crs, 'geographic' | 'uri'>): SpatialCut {
  let [west, south, east, north] = whole;
  let [slicesEast, slicesNorth] = [false, false];
  const seen = new Set<string>();
  for (const part of spatial) {
    const axis = axisNamed(part.axis);
    if (axis === undefined || (axis.kind !== 'east' && axis.kind !== 'north')) continue;
    if (seen.has(axis.kind)) throw cannotParse('subset', subsetText(part), `the ${axis.kind}ward axis is given twice`);
    seen.add(axis.kind);
    if ((axis.unit === 'degrees' && !crs.geographic) || (axis.unit === 'projected' && crs.geographic)) {
      const axes = crs.geographic ? 'Lat and Lon' : 'E and N';
      throw cannotParse('subset', subsetText(part), `${crs.uri} has the axes ${axes}`);
    }
    const isEast = axis.kind === 'east';
    const [low, high] = isEast ? limitsOf(part, [west, east], crs.geographic) : limitsOf(part, [south, north], false);
    if (isEast) [west, east, slicesEast] = [low, high, part.high === undefined];
    else [south, north, slicesNorth] = [low, high, part.high === undefined];
  }
  return { bbox: [west, south, east, north], slicesEast, slicesNorth };
}

function limitsOf(part: AxisSubset, [least, most]: readonly [number, number], isLongitude: boolean): readonly [number, number] {
  const low = part.low === '*' ? (part.high === undefined ? most : least) : numberOf(part, part.low);
  const high = part.high === undefined ? low : part.high === '*' ? most : numberOf(part, part.high);
  if (low > high && !isLongitude) throw cannotParse('subset', subsetText(part), `${low} is above ${high}`);
  const wrapped: readonly [number, number] = low > high ? [low, high + 360] : [low, high];
  const turns = isLongitude ? [0, 360, -360] : [0];
  if (turns.some((turn) => wrapped[0] + turn <= most && wrapped[1] + turn >= least)) return wrapped;
  throw new AppError('NOT_FOUND', { detail: `${subsetText(part)} lies outside the data, which reach from ${least} to ${most}` });
}

function numberOf(part: AxisSubset, text: string): number {
  const value = decimalOf(text);
  if (value === undefined) throw cannotParse('subset', subsetText(part), `"${text}" is not a finite number`);
  return value;
}

/** A part as it was given, for messages. */
export function subsetText({ axis, low, high }: AxisSubset): string {
  return high === undefined ? `${axis}(${low})` : `${axis}(${low}:${high})`;
}
