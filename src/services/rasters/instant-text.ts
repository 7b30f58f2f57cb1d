import { sql, type Sql } from '../../base/sql.ts';
import type { TemporalColumns } from '../../catalog/collection.ts';
import type { Row } from '../../db/database.ts';

/** An expression of a time column's type as RFC 3339 in UTC, to the microsecond; texts sort as the instants do. */
export function instantText(value: Sql, { type }: Pick<TemporalColumns, 'type'>): Sql {
  if (type === 'date') return sql`to_char(${value}, 'YYYY-MM-DD"T00:00:00Z"')`;
  const utc = type === 'timestamptz' ? sql`${value} at time zone 'UTC'` : value;
  return sql`to_char(${utc}, 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`;
}

/** What `instantText` gave, without a fraction that is zero; other texts as they are, undefined for null. */
export function instantOf(cell: Row[number] | undefined): string | undefined {
  return cell === null || cell === undefined ? undefined : String(cell).replace(/\.000000Z$/, 'Z');
}
