import { and, ident, or, sql, type Sql } from '../../base/sql.ts';
import type { RasterCollection, RasterLevel } from '../../catalog/collection.ts';

/** West, south, east, north in the CRS of the table. */
export type NativeBox = readonly [west: number, south: number, east: number, north: number];

/**
 * The blocks of a level that touch any of the boxes, as raster WKB, and for rows with time when they begin, in seconds.
 * The boxes are constants in the table's CRS and the hull is spelled as raster2pgsql's index has it, so that the index
 * is used. Not ordered: the database would sort what it has already unpacked.
 */
export function blocksStatement(collection: RasterCollection, level: RasterLevel, boxes: readonly NativeBox[]): Sql {
  const raster = ident(level.column);
  const touching = boxes.map(
    ([west, south, east, north]) =>
      sql`st_convexhull(${raster}) && st_makeenvelope(${west}, ${south}, ${east}, ${north}, ${collection.srid}::int)`,
  );
  // Predicate and time are columns of the base table; overviews hold the raster alone.
  const isBase = level.factor === 1;
  const predicate = isBase ? collection.predicate : undefined;
  const time = isBase && collection.temporal !== undefined ? sql`, extract(epoch from ${ident(collection.temporal.start)})` : sql``;
  return sql`select ${raster}::bytea${time} from ${ident([level.relation.schema, level.relation.name])} where ${and([or(touching), predicate])}`;
}

/** Blocks under some points of a level: a sample for statistics that touches few rows however large the table is. */
export function sampleStatement(collection: RasterCollection, level: RasterLevel, points: readonly (readonly [number, number])[]): Sql {
  const raster = ident(level.column);
  const relation = ident([level.relation.schema, level.relation.name]);
  if (points.length === 0) return sql`select ${raster}::bytea from ${relation} limit 36`;
  const under = points.map(([x, y]) => sql`st_convexhull(${raster}) && st_setsrid(st_makepoint(${x}, ${y}), ${collection.srid}::int)`);
  return sql`select ${raster}::bytea from ${relation} where ${or(under)} limit 64`;
}
