import { groundDistance } from '../../crs/ground-distance.ts';
import type { RunContext } from '../../db/database.ts';
import type { Crs, CrsService } from './crs-service.ts';

/** Half the distance over which the ground is measured, in metres. */
const NEAR = 10;
/** Where a unit is shorter than this part of its name, beside a pole, no scale makes sense. */
const LEAST_STRETCH = 0.001;

/** Metres of ground that a unit of a CRS is long at a place, to the east and to the north; nominal where it has no place. */
export async function groundUnits(
  crsService: Pick<CrsService, 'crs84' | 'move'>,
  [x, y]: readonly [x: number, y: number],
  crs: Crs,
  context: RunContext,
): Promise<readonly [across: number, up: number]> {
  const half = NEAR / crs.metresPerUnit;
  const ends = Float64Array.of(x - half, y, x + half, y, x, y - half, x, y + half);
  await crsService.move(ends, crs, await crsService.crs84(context), context);
  const unitFrom = (first: number): number => {
    const [x0 = Number.NaN, y0 = Number.NaN, x1 = Number.NaN, y1 = Number.NaN] = ends.subarray(first, first + 4);
    const metres = groundDistance([x0, y0], [x1, y1]);
    return metres > NEAR * LEAST_STRETCH ? metres / (2 * half) : crs.metresPerUnit;
  };
  return [unitFrom(0), unitFrom(4)];
}
