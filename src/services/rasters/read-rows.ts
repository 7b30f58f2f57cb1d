import { AppError } from '../../base/error.ts';
import { and, ident, literal, sql, type Sql } from '../../base/sql.ts';
import type { Property, RasterCollection, RasterLevel } from '../../catalog/collection.ts';
import { isPlace, orderedValue } from '../../catalog/dimension-extent.ts';
import { dimensionKind } from '../../catalog/raster-dimensions.ts';
import type { Database, RunContext } from '../../db/database.ts';
import { boxesToRead } from './block-plan.ts';
import { blocksCondition, isBase, SIGNATURE } from './blocks-statement.ts';
import { instantOf, instantText } from './instant-text.ts';
import type { Box } from './placement.ts';
import type { RowSelection } from './raster-request.ts';
import { rowCondition } from './row-condition.ts';

/** Rows of the finest level under a box. */
export interface RowsRequest {
  readonly collection: RasterCollection;
  /** In the collection's CRS. */
  readonly bounds: Box;
  /** Whether that CRS is one of degrees: then what lies a turn away is under the box too. */
  readonly geographic: boolean;
  readonly rows?: RowSelection | undefined;
}

/** Rows that only touch the edge do not count. */
const INSET = -0.25;
/** Bytes of the path of a file, and what a band takes besides. */
const LONGEST_PATH = 4352;
/** Relations whose rows have a place and a writing transaction. */
const STORED: ReadonlySet<string> = new Set(['table', 'partitioned', 'materialized-view']);

/** A position along an axis: a number, an instant (RFC 3339 in UTC) or a text. */
export type Position = number | string;

/**
 * Where rows under a box lie along time (the instants at which they begin) or along a further column: ascending, each position once,
 * one more than `limit` where there are more. Empty where rows have no time.
 */
export async function readPositions(
  database: Database,
  request: RowsRequest & { readonly axis: Property | 'time' },
  limit: number,
  context: RunContext,
): Promise<readonly Position[]> {
  const statement = positionsStatement(request, limit);
  if (statement === undefined) return [];
  const { axis } = request;
  const isNumber = axis !== 'time' && dimensionKind(axis) === 'number';
  const rows = await database.rows(statement, { ...context, name: 'raster.positions' });
  return rows.flatMap(([at]) => (at === null || at === undefined ? [] : [isNumber ? Number(at) : (instantOf(at) ?? '')]));
}

/** The statement of `readPositions`; undefined where rows have no time or nothing lies under the box. */
export function positionsStatement(request: RowsRequest & { readonly axis: Property | 'time' }, limit: number): Sql | undefined {
  const { collection, axis } = request;
  const found = rowsUnder(request);
  const position = axis === 'time' ? timePosition(collection) : axisPosition(axis);
  if (position === undefined || found === undefined || !isBase(collection, found.level)) return undefined;
  const { value, isPlace: where, text } = position;
  const relation = ident([found.level.relation.schema, found.level.relation.name]);
  return sql`select ${text(sql`at`)} from (select distinct ${value} as at from ${relation} where ${and([found.condition, where])} order by 1 limit ${literal(limit + 1)}) as positions order by positions.at`;
}

/** A column as an axis: what orders it, which rows have a place on it, and how positions are read. */
interface AxisSql {
  readonly value: Sql;
  readonly isPlace: Sql;
  text(value: Sql): Sql;
}

function timePosition({ temporal }: RasterCollection): AxisSql | undefined {
  if (temporal === undefined) return undefined;
  const start = ident(temporal.start);
  const isFinite = sql`isfinite(${start}) and ${start} >= ${literal('0001-01-01')}`;
  return { value: start, isPlace: isFinite, text: (value) => instantText(value, temporal) };
}

function axisPosition(axis: Property): AxisSql {
  const { type } = axis;
  const isTime = type === 'date' || type === 'timestamp' || type === 'timestamptz';
  const text = (value: Sql): Sql => (isTime ? instantText(value, { type }) : sql`${value}::text`);
  return { value: orderedValue(axis), isPlace: isPlace(axis), text };
}

/**
 * What tells one state of the rows under a box from every other: while it is the same, so are their pixels. Nothing is unpacked
 * for it. Undefined where rows have no signatures (views, foreign tables), these may not be read, or pixels are in files, which
 * change unseen.
 */
export async function readState(database: Database, request: RowsRequest, context: RunContext): Promise<string | undefined> {
  const statement = stateStatement(request);
  if (statement === undefined) return undefined;
  try {
    const [row] = await database.rows(statement, { ...context, name: 'raster.state' });
    const [count, sum, inFiles] = (row ?? []).map(String);
    if (inFiles !== 'f' && inFiles !== 'false') return undefined;
    return JSON.stringify([request.collection.id, request.collection.version, count, sum]);
  } catch (error) {
    // A role may read the pixels of a table without its system columns.
    if (error instanceof AppError && error.code === 'NOT_FOUND') return undefined;
    throw error;
  }
}

/**
 * The statement of `readState`: how many rows there are, the sum of their hashes, which no order changes, and whether any row
 * is so small that its pixels may be in a file, and they are.
 */
export function stateStatement(request: RowsRequest): Sql | undefined {
  const found = rowsUnder(request);
  if (found === undefined || !STORED.has(found.level.relation.kind)) return undefined;
  const relation = ident([found.level.relation.schema, found.level.relation.name]);
  const raster = ident(found.level.column);
  const small = literal(LONGEST_PATH * request.collection.bands.length);
  const paths = sql`(select bool_or(st_bandpath(${raster}, n) is not null) from generate_series(1, st_numbands(${raster})) as n)`;
  return sql`select count(*), sum(hashtextextended(${SIGNATURE}, 0)), coalesce(bool_or(case when pg_column_size(${raster}) < ${small} then ${paths} end), false) from ${relation} where ${found.condition}`;
}

/** The finest level, and the condition on its rows. */
function rowsUnder(request: RowsRequest): { readonly level: RasterLevel; readonly condition: Sql } | undefined {
  const { collection, bounds, geographic, rows } = request;
  const [level] = collection.levels;
  if (level === undefined) return undefined;
  const condition = rowCondition(collection, rows);
  // Boxes are in the collection's own CRS: they say nothing of rows in another one. And where the box holds all rows there is no
  // need to unpack each of them for its hull.
  if ((collection.otherSrids ?? []).length > 0 || isAll(request)) {
    return { level, condition: and([isBase(collection, level) ? collection.predicate : undefined, condition, level.predicate]) };
  }
  const boxes = boxesToRead({ collection, level, bounds, geographic, size: undefined, margin: INSET });
  return boxes.length === 0 ? undefined : { level, condition: blocksCondition({ collection, level, boxes, condition }) };
}

function isAll({ collection: { nativeBbox: all }, bounds: [west, south, east, north] }: RowsRequest): boolean {
  if (west === -Infinity) return true;
  return all !== undefined && west <= all[0] && south <= all[1] && east >= all[2] && north >= all[3];
}
