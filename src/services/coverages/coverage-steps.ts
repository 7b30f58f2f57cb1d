import { AppError } from '../../base/error.ts';
import { compareInstants } from '../../base/interval.ts';
import type { AskedTime } from '../../base/partial-time.ts';
import { rasterDimensions } from '../../catalog/raster-dimensions.ts';
import type { RunContext } from '../../db/database.ts';
import type { PixelSelection } from '../../raster/pixel-selection.ts';
import type { SubsetParts } from '../crs/spatial-subset.ts';
import type { RowSelection } from '../rasters/raster-request.ts';
import type { RasterService } from '../rasters/raster-service.ts';
import type { Position, RowsRequest } from '../rasters/read-rows.ts';

/** An axis of an answer besides those of space: `time`, or a further column of the table. */
export interface CoverageAxis {
  readonly name: string;
  /** Ascending. */
  readonly positions: readonly Position[];
}

/** One place along all such axes, and the rows that make the picture there. */
export interface CoverageStep {
  readonly at: readonly Position[];
  readonly rows: RowSelection;
}

/** More steps than this are not one answer. */
const MAX_STEPS = 500;

/**
 * The axes along which a request trims, time first: it keeps them. None where it says what one pixel is of all rows.
 */
export function trimmedAxes(
  wish: { readonly datetime?: AskedTime | undefined; readonly pixelSelection?: PixelSelection | undefined },
  { time, others }: Pick<SubsetParts, 'time' | 'others'>,
): readonly string[] {
  if (wish.pixelSelection !== undefined) return [];
  const trimsTime = time === undefined ? wish.datetime?.trims === true : time.high !== undefined;
  return [...(trimsTime ? ['time'] : []), ...others.flatMap(({ axis, high }) => (high === undefined ? [] : [axis]))];
}

/**
 * The positions of rows under a box along the named axes. What began before an interval of time and lasts into it counts at its start.
 * @throws AppError NOT_FOUND where no row lies there, CONTENT_TOO_LARGE where there are too many
 */
export async function coverageAxes(
  rasters: RasterService,
  { names, ...request }: RowsRequest & { readonly names: readonly string[] },
  context: RunContext,
): Promise<readonly CoverageAxis[]> {
  const { collection, rows } = request;
  const axes: CoverageAxis[] = [];
  for (const name of names) {
    const axis = name === 'time' ? 'time' : rasterDimensions(collection).find((column) => column.name === name);
    // A time asked of rows that have none is ignored.
    if (axis === undefined || (axis === 'time' && collection.temporal === undefined)) continue;
    const found = await rasters.positions({ ...request, axis }, MAX_STEPS, context);
    const positions = axis === 'time' ? notBefore(found, rows?.datetime?.start) : found;
    if (positions.length === 0)
      throw new AppError('NOT_FOUND', { detail: `Collection "${collection.id}" has nothing there along ${name}` });
    axes.push({ name, positions });
    checkCount(axes);
  }
  return axes;
}

/** The steps of a selection of rows along axes, the last of them running fastest; the selection itself where there are none. */
export function coverageSteps(rows: RowSelection, axes: readonly CoverageAxis[]): readonly CoverageStep[] {
  return axes.reduce<readonly CoverageStep[]>(
    (steps, { name, positions }) =>
      steps.flatMap((step) => positions.map((position) => ({ at: [...step.at, position], rows: rowsAt(step.rows, name, position) }))),
    [{ at: [], rows }],
  );
}

function rowsAt(rows: RowSelection, name: string, position: Position): RowSelection {
  const text = String(position);
  if (name === 'time') return { ...rows, datetime: { start: text, end: text } };
  return { ...rows, equals: [...(rows.equals ?? []), { property: name, value: text }] };
}

function notBefore(positions: readonly Position[], start: string | undefined): readonly Position[] {
  return [...new Set(positions.map((at) => (start !== undefined && compareInstants(String(at), start) < 0 ? start : at)))];
}

function checkCount(axes: readonly CoverageAxis[]): void {
  if (axes.reduce((product, { positions }) => product * positions.length, 1) <= MAX_STEPS) return;
  throw new AppError('CONTENT_TOO_LARGE', {
    detail: `Cannot answer more than ${MAX_STEPS} positions along ${axes.map(({ name }) => name).join(' and ')} at once: expected a shorter interval, or pixel_selection to say what one pixel is of all of them`,
  });
}
