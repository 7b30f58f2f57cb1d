import type { Bbox } from '../../base/bbox.ts';
import { ident, join, sql } from '../../base/sql.ts';
import type { Sql } from '../../base/sql.ts';
import type { VectorCollection } from '../../catalog/collection.ts';
import { idCondition } from './feature-id.ts';
import { featureColumns, featureText } from './feature-text.ts';
import { selectionCondition } from './selection.ts';
import type { Selection } from './selection.ts';

/** Up to how many features are counted for `numberMatched`; past this it is left out. */
export const COUNT_LIMIT = 10_000;

/** A selection and which part of it is wanted. */
export interface PagePlan extends Selection {
  readonly limit: number;
  readonly offset: number;
  /** Where positions can be transformed; geometries elsewhere are null. Absent: everywhere. */
  readonly mappable?: readonly Bbox[] | undefined;
  /** True where the role may not read the physical order. */
  readonly unordered?: boolean;
}

/**
 * One page: a row per feature with its text, and one more row without text when features follow, which carries the
 * number of all matching features (or COUNT_LIMIT + 1). Rows are chosen first and written after, because ST_AsGeoJSON
 * beside `offset` would also run for the rows that are skipped; the count is only made when that last row exists.
 */
export function pageStatement(collection: VectorCollection, plan: PagePlan): Sql {
  const { relation } = collection;
  const where = selectionCondition(collection, plan);
  const from = ident([relation.schema, relation.name]);
  const rows = sql`select ${featureColumns(collection)} from ${from} where ${where}${order(collection, plan.unordered)} limit ${plan.limit + 1} offset ${plan.offset}`;
  const isPage = sql`row_number() over () <= ${plan.limit}`;
  return sql`select case when ${isPage} then ${featureText(collection, 'p', plan.mappable)} end, case when ${isPage} then null else (${countStatement(collection, plan)}) end from (${rows}) as p`;
}

/** The number of matching features, at most COUNT_LIMIT + 1. */
export function countStatement(collection: VectorCollection, plan: Selection): Sql {
  const { relation } = collection;
  return sql`select count(*) from (select from ${ident([relation.schema, relation.name])} where ${selectionCondition(collection, plan)} limit ${COUNT_LIMIT + 1}) as m`;
}

/** The feature of an id; undefined when no row can have it. */
export function featureStatement(collection: VectorCollection, id: string, mappable?: readonly Bbox[]): Sql | undefined {
  const condition = collection.key.length === 0 ? undefined : idCondition(collection.key, id);
  if (condition === undefined) return undefined;
  const { relation, predicate } = collection;
  const where = predicate === undefined ? condition : sql`(${predicate}) and ${condition}`;
  const rows = sql`select ${featureColumns(collection)} from ${ident([relation.schema, relation.name])} where ${where} limit 1`;
  return sql`select ${featureText(collection, 'p', mappable)} from (${rows}) as p`;
}

/**
 * The key's order makes pages that neither overlap nor leave out. Without a key the physical order of a table does the
 * same until rows are rewritten; views and foreign tables have no such thing and come as they come.
 */
function order(collection: VectorCollection, unordered = false): Sql {
  if (unordered) return sql``;
  if (collection.key.length > 0) return sql` order by ${join(collection.key.map((property) => ident(property.name)))}`;
  switch (collection.relation.kind) {
    case 'table':
    case 'materialized-view':
      return sql` order by ctid`;
    case 'partitioned':
      return sql` order by tableoid, ctid`;
    default:
      return sql``;
  }
}
