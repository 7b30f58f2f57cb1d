import { AppError } from '../../base/error.ts';
import { compareInstants } from '../../base/interval.ts';
import { and, ident, sql } from '../../base/sql.ts';
import type { AxisSubset } from '../../base/subset.ts';
import { flag } from '../../catalog/cell.ts';
import type { Facts } from '../../catalog/catalog.ts';
import type { DimensionExtent, Property, RasterCollection } from '../../catalog/collection.ts';
import { dimensionKind } from '../../catalog/raster-dimensions.ts';
import type { Database, RunContext } from '../../db/database.ts';
import { subsetText } from '../crs/spatial-subset.ts';
import { axisOf, dimensionFilter, dimensionLimits } from './dimension-filter.ts';
import type { DimensionLimits } from './dimension-filter.ts';

/** The axes that rasters have besides space and time. */
export interface DimensionService {
  /**
   * Nothing when every part has rows by itself (OGC 20-058 /req/general-subsetting/subset-definition D).
   * @throws AppError NOT_FOUND for a part outside the data, INVALID_PARAMETER for unknown axes and values
   */
  check(parts: readonly AxisSubset[], collection: RasterCollection, context: RunContext): Promise<void>;
}

/** The service over the tables: what is known of their axes answers at once, only what seems to lie outside asks the rows. */
export function createDimensionService({ database, facts }: { readonly database: Database; readonly facts: Facts }): DimensionService {
  return {
    async check(parts, collection, context) {
      const known = facts.known(collection)?.dimensions ?? [];
      const doubtful = parts.filter((part) => {
        const extent = known.find(({ name }) => name === part.axis);
        const axis = axisOf(part, collection);
        return extent === undefined || !reaches(extent, axis, dimensionLimits(part, axis));
      });
      if (doubtful.length === 0) return;
      const { relation, predicate } = collection;
      const table = ident([relation.schema, relation.name]);
      const questions = doubtful.map(
        (part) => sql`exists (select from ${table} where ${and([predicate, dimensionFilter(part, collection)])})`,
      );
      const answers = questions.slice(1).reduce((all, question) => sql`${all}, ${question}`, questions[0] ?? sql`true`);
      const [row = []] = await database.rows(sql`select ${answers}`, { ...context, name: 'maps.dimensions' });
      const outside = doubtful.find((_, i) => !flag(row, i));
      if (outside !== undefined) throw noPlace(collection, outside, known);
    },
  };
}

/** True when some value of the axis lies within the limits, as far as is known. */
function reaches({ range: [least, greatest], values }: DimensionExtent, axis: Property, { low, high }: DimensionLimits): boolean {
  const isAtMost = (a: number | string, b: number | string): boolean =>
    dimensionKind(axis) === 'time' ? compareInstants(String(a), String(b)) <= 0 : a <= b;
  const within = (value: number | string): boolean =>
    (low === undefined || isAtMost(low, value)) && (high === undefined || isAtMost(value, high));
  if (values !== undefined) return values.some(within);
  if (least === null || greatest === null) return false;
  return (low === undefined || isAtMost(low, greatest)) && (high === undefined || isAtMost(least, high));
}

function noPlace({ id }: RasterCollection, part: AxisSubset, known: readonly DimensionExtent[]): AppError {
  const [least, greatest] = known.find(({ name }) => name === part.axis)?.range ?? [null, null];
  const reach = least === null || greatest === null ? '' : `, which reaches from ${least} to ${greatest}`;
  return new AppError('NOT_FOUND', { detail: `Collection "${id}" has nothing at ${subsetText(part)} along this axis${reach}` });
}
