import { ident, sql } from '../../base/sql.ts';
import type { Sql } from '../../base/sql.ts';
import type { Property } from '../../catalog/collection.ts';
import { plainText } from '../../db/json-text.ts';

const AS_THEY_ARE = new Set(['bool', 'int2', 'int4', 'int8', 'text', 'varchar', 'bpchar']);

/** SQL for a property as ST_AsMVT can write it: booleans, integers, floats and texts; null is absent in the tile. */
export function tileProperty(property: Property): Sql {
  const column = ident(property.name);
  return sql`${tileValue(property.type, column)} as ${column}`;
}

function tileValue(type: string, column: Sql): Sql {
  if (AS_THEY_ARE.has(type)) return column;
  if (type === 'float4' || type === 'float8') return sql`case when ${column} > '-Infinity' and ${column} < 'Infinity' then ${column} end`;
  // A tile's numbers are doubles: what is too large for one (and NaN, which sorts above all) is left out, the least is 0.
  if (type === 'numeric') return sql`case when abs(${column}) < 1e308 then round(${column}, 300)::float8 end`;
  if (type === 'oid') return sql`${column}::int8`;
  return plainText(type, column);
}
