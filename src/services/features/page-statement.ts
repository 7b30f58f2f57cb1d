import { ident, join, literal, sql } from '../../base/sql.ts';
import type { Sql } from '../../base/sql.ts';
import type { VectorCollection } from '../../catalog/collection.ts';
import { idCondition } from './feature-id.ts';
import type { FeatureQuery } from './feature-query.ts';
import { featureColumns, featureText } from './feature-text.ts';
import { selection } from './selection.ts';

/** Up to how many features are counted for `numberMatched`; past this it is left out. */
export const COUNT_LIMIT = 10_000;

/**
 * One page: a row per feature with its text, and one more row without text when features follow, which carries the
 * number of all matching features (or COUNT_LIMIT + 1). Rows are chosen first and written after, because ST_AsGeoJSON
 * beside `offset` would also run for the rows that are skipped; the count is only made when that last row exists.
 */
export function pageStatement(collection: VectorCollection, query: FeatureQuery): Sql {
  const { relation } = collection;
  const where = selection(collection, query);
  const from = ident([relation.schema, relation.name]);
  const rows = sql`select ${featureColumns(collection)} from ${from} where ${where}${order(collection)} limit ${query.limit + 1} offset ${query.offset}`;
  const isPage = sql`row_number() over () <= ${query.limit}`;
  return sql`select case when ${isPage} then ${featureText(collection, 'p')} end, case when ${isPage} then null else (${countStatement(collection, query)}) end from (${rows}) as p`;
}

/** The number of matching features, at most COUNT_LIMIT + 1. */
export function countStatement(collection: VectorCollection, query: FeatureQuery): Sql {
  const { relation } = collection;
  return sql`select count(*) from (select from ${ident([relation.schema, relation.name])} where ${selection(collection, query)} limit ${literal(COUNT_LIMIT + 1)}) as m`;
}

/** The feature of an id; undefined when no row can have it. */
export function featureStatement(collection: VectorCollection, id: string): Sql | undefined {
  const condition = collection.key.length === 0 ? undefined : idCondition(collection.key, id);
  if (condition === undefined) return undefined;
  const { relation, predicate } = collection;
  const where = predicate === undefined ? condition : sql`(${predicate}) and ${condition}`;
  const rows = sql`select ${featureColumns(collection)} from ${ident([relation.schema, relation.name])} where ${where} limit 1`;
  return sql`select ${featureText(collection, 'p')} from (${rows}) as p`;
}

/**
 * The key's order makes pages that neither overlap nor leave out. Without a key the physical order of a table does the
 * same until rows are rewritten; views and foreign tables have no such thing and come as they come.
 */
function order(collection: VectorCollection): Sql {
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
