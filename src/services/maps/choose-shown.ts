import { AppError } from '../../base/error.ts';
import type { RunContext } from '../../db/database.ts';
import type { RowSelection } from '../rasters/raster-request.ts';
import { rasterDimensions } from '../../catalog/raster-dimensions.ts';
import { chooseRows, type RowWish } from './choose-rows.ts';
import { axisOf } from './dimension-filter.ts';
import type { DimensionService } from './dimension-service.ts';
import type { Drawable } from './drawable.ts';

/** A collection of a map, and which of its rows are shown. */
export interface Shown {
  readonly drawable: Drawable;
  readonly rows: RowSelection;
}

/**
 * What is shown of the collections that a map is made of. Of several, an axis of `subset` concerns those that have it,
 * and those that have nothing there are left out.
 * @throws AppError as `chooseRows`; NOT_FOUND when nothing is left, INVALID_PARAMETER for an axis that none of them has
 */
export async function chooseShown(
  dimensions: DimensionService,
  wish: RowWish,
  drawables: readonly Drawable[],
  context: RunContext,
): Promise<readonly Shown[]> {
  const isAlone = drawables.length === 1;
  const outside: AppError[] = [];
  const chosen = await Promise.all(
    drawables.map(async (drawable): Promise<readonly Shown[]> => {
      const subset = isAlone ? wish.subset : ownParts(wish.subset, drawable);
      try {
        const rows = chooseRows({ ...wish, subset }, drawable);
        if (wish.outside !== 'blank') await dimensions.check(subset?.others ?? [], drawable.collection, context);
        return [{ drawable, rows }];
      } catch (error) {
        if (isAlone || !(error instanceof AppError) || error.code !== 'NOT_FOUND') throw error;
        outside.push(error);
        return [];
      }
    }),
  );
  checkAxes(wish.subset, drawables);
  const shown = chosen.flat();
  if (shown.length === 0 && outside[0] !== undefined) throw outside[0];
  return shown;
}

/** The parts of a subset along axes that a collection has. */
function ownParts(subset: RowWish['subset'], { collection }: Drawable): RowWish['subset'] {
  if (subset === undefined) return undefined;
  const names = new Set(rasterDimensions(collection).map(({ name }) => name));
  return {
    time: collection.temporal === undefined ? undefined : subset.time,
    others: subset.others.filter(({ axis }) => names.has(axis)),
  };
}

function checkAxes(subset: RowWish['subset'], drawables: readonly Drawable[]): void {
  const [first] = drawables;
  if (first === undefined) return;
  for (const part of subset?.others ?? []) {
    const isKnown = drawables.some(({ collection }) => rasterDimensions(collection).some(({ name }) => name === part.axis));
    if (!isKnown) axisOf(part, first.collection);
  }
}
