import { and, ident, literal, sql } from '../../base/sql.ts';
import type { Sql } from '../../base/sql.ts';
import type { Interval } from '../../base/interval.ts';
import { compareInstants, isWithin } from '../../base/interval.ts';
import type { RasterCollection, TemporalColumns } from '../../catalog/collection.ts';
import type { Database, RunContext } from '../../db/database.ts';
import { instantOf, instantText } from '../rasters/instant-text.ts';

/** The times of a collection's rows, RFC 3339 in UTC. */
export interface TimeAxis {
  readonly first: string;
  readonly last: string;
  /** Every instant, ascending; undefined where there are too many to name, or where rows last for a while. */
  readonly instants: readonly string[] | undefined;
  /** The precision of the column. */
  readonly unit: 'day' | 'second';
}

/** A list of more instants helps nobody. */
const MAX_INSTANTS = 500;

/** The time axis of a collection; undefined where no row has a time. */
export async function readTimeAxis(
  database: Database,
  collection: RasterCollection,
  context: RunContext & { readonly timeoutMs?: number },
): Promise<TimeAxis | undefined> {
  const { temporal } = collection;
  if (temporal === undefined) return undefined;
  const rows = await database.rows(timesStatement(collection, temporal), { name: 'maps.times', ...context });
  const bounds = rows.find(([, end]) => end !== null);
  const [first, last] = [instantOf(bounds?.[0]), instantOf(bounds?.[1])];
  if (first === undefined || last === undefined) return undefined;
  const named = rows.flatMap(([start, end]) => (end === null ? (instantOf(start) ?? []) : []));
  const complete = temporal.start === temporal.end && named.length > 0 && named.length <= MAX_INSTANTS;
  return {
    first,
    last,
    instants: complete ? named : undefined,
    unit: temporal.type === 'date' ? 'day' : 'second',
  };
}

/** The first and last instant in one row, and each instant once in a row without an end, one more than are wanted. */
export function timesStatement(collection: RasterCollection, temporal: TemporalColumns): Sql {
  const { schema, name } = collection.relation;
  const table = ident([schema, name]);
  const [start, end] = [ident(temporal.start), ident(temporal.end)];
  const isFinite = (column: Sql): Sql => sql`(isfinite(${column}) and ${column} >= ${literal('0001-01-01')})`;
  const where = and([collection.predicate, isFinite(start), isFinite(end)]);
  return sql`with bounds as (select min(${start}) as first, max(${end}) as last from ${table} where ${where}),
    instants as (select distinct ${start} as at from ${table} where ${where} order by 1 limit ${literal(MAX_INSTANTS + 1)})
    select ${instantText(sql`first`, temporal)}, ${instantText(sql`last`, temporal)} from bounds
    union all (select ${instantText(sql`at`, temporal)}, null from instants order by at)`;
}

/** True where some row of the axis may lie within a closed interval; exactly so where the instants are known. */
export function hasTime({ first, last, instants }: TimeAxis, interval: Interval): boolean {
  if (instants !== undefined) return instants.some((instant) => isWithin(instant, interval));
  const { start, end } = interval;
  return (start === undefined || compareInstants(last, start) >= 0) && (end === undefined || compareInstants(first, end) <= 0);
}
