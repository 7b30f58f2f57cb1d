import { ident, join, sql } from '../../base/sql.ts';
import type { Sql } from '../../base/sql.ts';
import type { Property } from '../../catalog/collection.ts';

/**
 * SQL for a feature's id in a tile: an integer key from 0 to 2^53 - 1 as it is, any other key a 53-bit hash of its text.
 * Hash partitioning relies on hashtextextended, so PostgreSQL keeps it the same. Undefined without a key.
 */
export function tileFeatureId(key: readonly Property[]): Sql | undefined {
  const [only] = key;
  if (only === undefined) return undefined;
  if (key.length > 1) return hash(sql`concat_ws(',', ${join(key.map((property) => ident(property.name)))})`);
  const column = ident(only.name);
  if (only.type === 'int2' || only.type === 'int4' || only.type === 'int8') {
    return sql`case when ${column} between 0 and 9007199254740991 then ${column}::int8 else ${hash(sql`${column}::text`)} end`;
  }
  return hash(sql`${column}::text`);
}

function hash(text: Sql): Sql {
  return sql`hashtextextended(${text}, 0) & 9007199254740991`;
}
