import { AppError } from '../../base/error.ts';
import { or } from '../../base/sql.ts';
import type { Sql } from '../../base/sql.ts';
import type { AxisSubset } from '../../base/subset.ts';
import type { Property, RasterCollection } from '../../catalog/collection.ts';
import { dimensionKind, rasterDimensions } from '../../catalog/raster-dimensions.ts';
import type { RunContext } from '../../db/database.ts';
import { dimensionFilter } from './dimension-filter.ts';
import type { DimensionService } from './dimension-service.ts';
import type { Drawable } from './drawable.ts';
import { ALL_TIMES } from './named-time.ts';

/** An axis besides space and time as the classic services list it. */
export interface NamedAxis {
  readonly name: string;
  /** Every value; undefined where there are too many. */
  readonly values: readonly string[] | undefined;
  readonly first: string;
  readonly last: string;
  /** Values between others mean something. */
  readonly isOrdered: boolean;
}

/** So many values and intervals may be listed. */
const MAX_LISTED = 100;
/** What clients can put into URL templates. */
const NAMEABLE = /^[A-Za-z_]\w*$/;
/** What separates values in lists and intervals, or ends parts of addresses. */
const UNSAYABLE = /[\s,/?#%]|^$/;

/** The axes of a collection that can be listed, as far as they are known; those with names or values that lists cannot hold are not. */
export function namedAxes({ collection, extent }: Drawable): readonly NamedAxis[] {
  const axes = rasterDimensions(collection);
  return (extent.dimensions ?? []).flatMap(({ name, range: [least, greatest], values }): readonly NamedAxis[] => {
    const axis = axes.find((one) => one.name === name);
    if (axis === undefined || least === null || greatest === null || !NAMEABLE.test(name)) return [];
    const isOrdered = dimensionKind(axis) !== 'text';
    const texts = values?.map(String);
    if (texts === undefined ? !isOrdered : texts.some((text) => UNSAYABLE.test(text))) return [];
    return [{ name, values: texts, first: String(least), last: String(greatest), isOrdered }];
  });
}

/**
 * The condition for rows where an axis has what a client of the classic services names: a value, an interval
 * `min/max[/resolution]`, a list of such; undefined for nothing, `default` and `all`, which are every row.
 * @throws AppError INVALID_PARAMETER for values that the axis cannot have, NOT_FOUND for those that no row has
 */
export async function namedAxisFilter(
  dimensions: DimensionService,
  { raw, axis, collection }: { readonly raw: string; readonly axis: Property; readonly collection: RasterCollection },
  context: RunContext,
): Promise<Sql | undefined> {
  if (raw === '' || raw.toLowerCase() === 'default' || raw.toLowerCase() === ALL_TIMES) return undefined;
  const parts = raw.split(',').map((part) => partOf(part, axis));
  if (parts.length > MAX_LISTED) {
    throw new AppError('INVALID_PARAMETER', {
      detail: `Cannot show ${parts.length} values of ${axis.name}: expected at most ${MAX_LISTED}`,
    });
  }
  await dimensions.check(parts, collection, context);
  return or(parts.map((part) => dimensionFilter(part, collection)));
}

function partOf(text: string, axis: Property): AxisSubset {
  const [low = '', high] = dimensionKind(axis) === 'text' ? [text] : text.split('/');
  return { axis: axis.name, low, ...(high === undefined ? {} : { high }) };
}
