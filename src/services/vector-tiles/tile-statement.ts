import type { Bbox } from '../../base/bbox.ts';
import { and, ident, join, literal, sql } from '../../base/sql.ts';
import type { Sql } from '../../base/sql.ts';
import type { GeometryColumn, VectorCollection } from '../../catalog/collection.ts';
import { envelope, indexCondition } from '../../catalog/index-condition.ts';
import { linearGeometry, planarGeometry } from '../../catalog/linear-geometry.ts';
import { tileFeatureId } from './tile-feature-id.ts';
import { tileProperty } from './tile-properties.ts';

/** Coordinates across a tile, and how far beyond its edge geometries are kept: an eighth of a 512-pixel tile's label, as martin does. */
export const EXTENT = 4096;
export const BUFFER = 64;

/** What is asked of one collection for one tile. */
export interface LayerPlan {
  readonly collection: VectorCollection;
  readonly geometry: GeometryColumn;
  /** SRID of the tile matrix set, and the tile's box in it without buffer. */
  readonly srid: number;
  readonly bounds: Bbox;
  /** The tile with its buffer in the column's CRS; undefined when it cannot be told. */
  readonly boxes: readonly Bbox[] | undefined;
  /** What is cut off before the transformation; undefined when that is not worth it or not safe. */
  readonly clip: Bbox | undefined;
  readonly limit: number;
}

/**
 * One layer of any rows that meet the tile: its bytes, and their number, at most `limit + 1`. Features stand in the
 * order of their ids, so that the same rows make the same bytes. No condition on the tile's geometry: that would make
 * ST_AsMVTGeom run twice a row, and ST_AsMVT leaves out nulls itself.
 */
export function layerStatement(plan: LayerPlan): Sql {
  const from = sql`${table(plan)} where ${where(plan)} limit ${plan.limit + 1}`;
  return sql`${layer(plan, from)}`;
}

/** One layer of the `limit` largest of those rows, then of those whose key's hash is least; and the number of all. */
export function largestLayerStatement(plan: LayerPlan): Sql {
  const { geometry, collection } = plan;
  const column = planarGeometry(geometry, ident(geometry.name));
  const size = sql`greatest(ST_XMax(${column}) - ST_XMin(${column}), ST_YMax(${column}) - ST_YMin(${column})) desc, `;
  const bySize = geometry.geometryType === 'POINT' ? sql`` : size;
  const key = collection.key.length === 0 ? [sql`${column}`] : collection.key.map((property) => ident(property.name));
  const byHash = sql`hashtextextended(concat_ws(',', ${join(key)}), 0)`;
  const largest = sql`(select * from ${table(plan)} where ${where(plan)} order by ${bySize}${byHash} limit ${plan.limit}) as largest`;
  return sql`with layer (bytes, taken) as (${layer(plan, largest)}) select bytes, (select count(*) from ${table(plan)} where ${where(plan)}) from layer`;
}

function layer(plan: LayerPlan, from: Sql): Sql {
  const { collection } = plan;
  const taken = new Set(collection.properties.map((property) => property.name));
  const geometryName = freeName('geometry', taken);
  const idName = freeName('id', taken);
  const id = tileFeatureId(collection.key);
  const columns = [
    sql`${tileGeometry(plan)} as ${ident(geometryName)}`,
    ...(id === undefined ? [] : [sql`${id} as ${ident(idName)}`]),
    ...collection.properties.map(tileProperty),
  ];
  const featureId = id === undefined ? sql`null` : literal(idName);
  const order = ident(id === undefined ? geometryName : idName);
  const rows = sql`select * from (select ${join(columns)} from ${from}) as r order by ${order}`;
  return sql`select ST_AsMVT(f.*, ${literal(collection.id)}, ${literal(EXTENT)}, ${literal(geometryName)}, ${featureId}), count(*) from (${rows}) as f`;
}

function table({ collection }: LayerPlan): Sql {
  return ident([collection.relation.schema, collection.relation.name]);
}

function where({ collection, geometry, boxes }: LayerPlan): Sql {
  return and([collection.predicate, indexCondition(geometry, boxes)]);
}

function tileGeometry({ geometry, srid, bounds, clip }: LayerPlan): Sql {
  const linear = linearGeometry(geometry, ident(geometry.name));
  // Clipping fails on some invalid polygons, and then says null: those go on whole.
  const clipped = clip === undefined ? linear : sql`coalesce(ST_ClipByBox2D(${linear}, ${envelope(clip, geometry.srid)}), ${linear})`;
  const projected = geometry.srid === srid ? clipped : sql`ST_Transform(${clipped}, ${srid}::int)`;
  return sql`ST_AsMVTGeom(${projected}, ${envelope(bounds, srid)}::box2d, ${literal(EXTENT)}, ${literal(BUFFER)})`;
}

function freeName(wanted: string, taken: ReadonlySet<string>): string {
  let name = wanted;
  while (taken.has(name)) name += '_';
  return name;
}
