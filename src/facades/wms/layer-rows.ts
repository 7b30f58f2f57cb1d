import { AppError } from '../../base/error.ts';
import { and } from '../../base/sql.ts';
import type { Sql } from '../../base/sql.ts';
import type { AxisSubset } from '../../base/subset.ts';
import { rasterDimensions } from '../../catalog/raster-dimensions.ts';
import type { RunContext } from '../../db/database.ts';
import type { Kvp } from '../../http/kvp.ts';
import { rowParameters, type RowInput } from '../../http/params/raster/row-parameters.ts';
import { subsetParameter } from '../../http/params/raster/subset-parameter.ts';
import { sortSubset, subsetText } from '../../services/crs/spatial-subset.ts';
import { chooseRows } from '../../services/maps/choose-rows.ts';
import type { DimensionService } from '../../services/maps/dimension-service.ts';
import type { Drawable } from '../../services/maps/drawable.ts';
import { namedAxisFilter } from '../../services/maps/named-axes.ts';
import { namedTime } from '../../services/maps/named-time.ts';
import type { RowSelection } from '../../services/rasters/raster-request.ts';
import { invalidValue, refusal } from './refusal.ts';

/** What a request says of rows: TIME and DIM_… of the standard, and the parameters of rasters. */
interface RowWords extends RowInput {
  readonly time: string;
  readonly subset: readonly AxisSubset[];
}

/**
 * Reads which rows of a layer are shown. Dimensions that a layer does not have do not concern it (OGC 06-042 §C.3.2).
 * @throws AppError with InvalidDimensionValue where a layer has nothing, or without a code
 */
export function rowReader(kvp: Kvp, dimensions: DimensionService): (drawable: Drawable, context: RunContext) => Promise<RowSelection> {
  const words: RowWords = { ...kvp.readAll(rowParameters), subset: kvp.read(subsetParameter) ?? [], time: kvp.get('TIME') ?? '' };
  const { spatial, time, others } = sortSubset(words.subset);
  const [place] = spatial;
  if (place !== undefined) throw invalidValue('subset', `Cannot use ${subsetText(place)} with a map: BBOX says where it lies`);
  if (words.time !== '' && (words.datetime !== undefined || time !== undefined)) {
    throw invalidValue('TIME', 'Cannot combine TIME with datetime or a time of subset: give one of them');
  }
  return async (drawable, context) => {
    const { collection } = drawable;
    const own = new Set(rasterDimensions(collection).map(({ name }) => name));
    const subset = { time: collection.temporal === undefined ? undefined : time, others: others.filter(({ axis }) => own.has(axis)) };
    const named = await refusing('TIME', () => namedTime(words.time, drawable));
    const chosen = await refusing(words.datetime === undefined ? 'subset' : 'datetime', async () => {
      await dimensions.check(subset.others, collection, context);
      return chooseRows({ ...words, subset }, drawable);
    });
    const filters = await axisFilters(kvp, { drawable, dimensions }, context);
    const filter = [chosen.filter, named.filter, ...filters].flatMap((one) => one ?? []);
    return { ...chosen, ...named, ...(filter.length === 0 ? {} : { filter: and(filter) }) };
  };
}

/** The conditions of DIM_…, and of ELEVATION, which has no prefix. */
async function axisFilters(
  kvp: Kvp,
  { drawable: { collection }, dimensions }: { readonly drawable: Drawable; readonly dimensions: DimensionService },
  context: RunContext,
): Promise<readonly (Sql | undefined)[]> {
  const asked = rasterDimensions(collection).flatMap((axis) => {
    const names = [`DIM_${axis.name}`, ...(axis.name.toLowerCase() === 'elevation' ? ['ELEVATION'] : [])];
    return names.flatMap((name) => {
      const raw = kvp.get(name);
      return raw === undefined ? [] : [{ name, raw, axis, collection }];
    });
  });
  return Promise.all(asked.map((one) => refusing(one.name, () => namedAxisFilter(dimensions, one, context))));
}

/** What cannot be chosen, under the code of the standard. */
async function refusing<T>(locator: string, choose: () => T | Promise<T>): Promise<T> {
  try {
    return await choose();
  } catch (error) {
    const isValue = error instanceof AppError && (error.code === 'INVALID_PARAMETER' || error.code === 'NOT_FOUND');
    throw isValue && error.exception === undefined ? refusal('InvalidDimensionValue', locator, error.detail) : error;
  }
}
