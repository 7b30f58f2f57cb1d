import type { Bbox } from '../../base/bbox.ts';
import { and, ident, join, literal, sql } from '../../base/sql.ts';
import type { Sql } from '../../base/sql.ts';
import type { GeometryColumn, VectorCollection } from '../../catalog/collection.ts';
import { tileFeatureId } from './tile-feature-id.ts';
import { tileProperty } from './tile-properties.ts';

/** Coordinates across a tile, and how far beyond its edge geometries are kept (1/64 of the tile, as martin and tilemaker do). */
export const EXTENT = 4096;
export const BUFFER = 64;

/** What is asked of one collection for one tile. */
export interface LayerPlan {
  readonly collection: VectorCollection;
  readonly geometry: GeometryColumn;
  /** SRID of the tile matrix set, and the tile's box in it without buffer. */
  readonly srid: number;
  readonly bounds: Bbox;
  readonly limit: number;
}

/** One layer: `bytes` of MVT and the number of features taken from the table, at most `limit`. */
export function layerStatement(plan: LayerPlan): Sql {
  const { collection, geometry } = plan;
  const column = ident(geometry.name);
  const taken = new Set(collection.properties.map((property) => property.name));
  const geometryName = freeName('geometry', taken);
  const idName = freeName('id', taken);
  const id = tileFeatureId(collection.key);
  const columns = [
    sql`${tileGeometry(plan, column)} as ${ident(geometryName)}`,
    ...(id === undefined ? [] : [sql`${id} as ${ident(idName)}`]),
    ...collection.properties.map(tileProperty),
  ];
  const from = ident([collection.relation.schema, collection.relation.name]);
  const where = and([collection.predicate, sql`${column} && ${envelope(plan)}`]);
  const rows = sql`select ${join(columns)} from ${from} where ${where} limit ${literal(plan.limit + 1)}`;
  const featureId = id === undefined ? sql`null` : literal(idName);
  return sql`select ST_AsMVT(f, ${literal(collection.id)}, ${literal(EXTENT)}, ${literal(geometryName)}, ${featureId}), count(*) from (${rows}) as f`;
}

function tileGeometry({ geometry, srid, bounds }: LayerPlan, column: Sql): Sql {
  const value = geometry.type === 'geography' ? sql`${column}::geometry` : column;
  const linear = sql`ST_CurveToLine(${value})`;
  const projected = geometry.srid === srid ? linear : sql`ST_Transform(${linear}, ${srid}::int)`;
  return sql`ST_AsMVTGeom(${projected}, ST_MakeEnvelope(${join(bounds.map((n) => sql`${n}`))}), ${literal(EXTENT)}, ${literal(BUFFER)})`;
}

function envelope({ geometry, srid, bounds: [west, south, east, north] }: LayerPlan): Sql {
  const margin = ((east - west) * BUFFER) / EXTENT;
  const box = sql`ST_MakeEnvelope(${west - margin}, ${south - margin}, ${east + margin}, ${north + margin}, ${srid}::int)`;
  const native = geometry.srid === srid ? box : sql`ST_Transform(${box}, ${geometry.srid}::int)`;
  return geometry.type === 'geography' ? sql`${native}::geography` : native;
}

function freeName(wanted: string, taken: ReadonlySet<string>): string {
  let name = wanted;
  while (taken.has(name)) name += '_';
  return name;
}
