import { AppError } from '../../base/error.ts';
import { compareInstants, type Interval } from '../../base/interval.ts';
import type { RunContext } from '../../db/database.ts';
import type { RasterService } from '../rasters/raster-service.ts';
import type { RowsRequest } from '../rasters/read-rows.ts';

/** More instants than this are not one answer. */
const MAX_STEPS = 500;

/**
 * The instants of an interval at which the data under a box change, ascending: the time axis of what an interval trims. What began
 * before the interval and lasts into it counts at its start.
 * @throws AppError NOT_FOUND where no row lies there, CONTENT_TOO_LARGE where there are too many
 */
export async function timeSteps(
  rasters: RasterService,
  { interval, ...request }: RowsRequest & { readonly interval: Interval },
  context: RunContext,
): Promise<readonly string[]> {
  const { start } = interval;
  const begun = await rasters.instants(request, MAX_STEPS, context);
  const steps = [...new Set(begun.map((at) => (start !== undefined && compareInstants(at, start) < 0 ? start : at)))];
  if (begun.length > MAX_STEPS) {
    throw new AppError('CONTENT_TOO_LARGE', {
      detail: `Cannot answer more than ${MAX_STEPS} times at once: expected a shorter interval, or pixel_selection to say what one pixel is of all of them`,
    });
  }
  if (steps.length > 0) return steps;
  throw new AppError('NOT_FOUND', { detail: `Collection "${request.collection.id}" has nothing there at that time` });
}
