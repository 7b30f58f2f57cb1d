import type { Bbox } from '../../base/bbox.ts';
import { and, ident, join, literal, sql } from '../../base/sql.ts';
import type { Sql } from '../../base/sql.ts';
import type { GeometryColumn, VectorCollection } from '../../catalog/collection.ts';
import { envelope, indexCondition } from '../../catalog/index-condition.ts';
import { linearGeometry, planarGeometry } from '../../catalog/linear-geometry.ts';
import { tileFeatureId } from './tile-feature-id.ts';
import { tileProperty } from './tile-properties.ts';

/** Coordinates across a tile. */
export const EXTENT = 4096;
/** How far beyond a tile's edge geometries are kept, in its coordinates: 8 pixels of a tile shown at 512, as martin keeps. */
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
  /** Half a unit of the tile in units of the column's CRS; undefined when geometries are not simplified. */
  readonly tolerance: number | undefined;
  readonly limit: number;
}

/**
 * From here on ST_AsMVTGeom's repair of rounded polygons takes far longer than simplifying them first: GSHHG's polygons
 * on 4/8/4 took 27 s as they are and 0.8 s this way, with the same 17,890 features. Small ones are left as they are,
 * because simplified they would vanish.
 */
const MANY_POINTS = 1_000;
const MAY_HOLD_LINES = /LINE|CURVE|CIRCULAR|GEOMETRY/;

/**
 * One layer of any rows that meet the tile: its bytes, and their number, at most `limit + 1`. Features stand in the
 * order of their ids, so that the same rows make the same bytes (best of 15 in ms, this and the plain statement without
 * order, cut and limit: cities 10/527/366 0.5 and 0.4, gshhg_lines 6/33/20 6.8 and 7.2, gshhg_polygons 6/33/20 62 and
 * 219, osm_polygons 12 1.7 and 1.5). No condition on the tile's geometry: that would make
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
  const { collection, geometry } = plan;
  const taken = new Set(collection.properties.map((property) => property.name));
  const geometryName = freeName('geometry', taken);
  const idName = freeName('id', taken);
  const id = tileFeatureId(collection.key);
  const attributes = [...(id === undefined ? [] : [sql`${id} as ${ident(idName)}`]), ...collection.properties.map(tileProperty)];
  const names = [...(id === undefined ? [] : [idName]), ...taken].map((name) => ident(name));
  const shapes = sql`select ${join([sql`${clippedGeometry(plan, ident(geometry.name))} as ${ident(geometryName)}`, ...attributes])} from ${from}`;
  const geometries = sql`select ${join([sql`${tileGeometry(plan, ident(geometryName))} as ${ident(geometryName)}`, ...names])} from (${shapes}) as s`;
  const rows = sql`select * from (${geometries}) as r order by ${ident(id === undefined ? geometryName : idName)}`;
  const featureId = id === undefined ? sql`null` : literal(idName);
  return sql`select ST_AsMVT(f.*, ${literal(collection.id)}, ${literal(EXTENT)}, ${literal(geometryName)}, ${featureId}), count(*) from (${rows}) as f`;
}

function table({ collection }: LayerPlan): Sql {
  return ident([collection.relation.schema, collection.relation.name]);
}

function where({ collection, geometry, boxes }: LayerPlan): Sql {
  return and([collection.predicate, indexCondition(geometry, boxes)]);
}

function clippedGeometry({ geometry, clip }: LayerPlan, column: Sql): Sql {
  const linear = linearGeometry(geometry, column);
  // Clipping fails on some invalid polygons, and then says null: those go on whole.
  return clip === undefined ? linear : sql`coalesce(ST_ClipByBox2D(${linear}, ${envelope(clip, geometry.srid)}), ${linear})`;
}

function tileGeometry({ geometry, srid, bounds, tolerance }: LayerPlan, shape: Sql): Sql {
  const fewer =
    tolerance === undefined
      ? shape
      : sql`case when ST_NPoints(${shape}) > ${literal(MANY_POINTS)} then ST_Simplify(${shape}, ${tolerance}::float8, true) else ${shape} end`;
  const projected = geometry.srid === srid ? fewer : sql`ST_Transform(${fewer}, ${srid}::int)`;
  const drawn = sql`ST_AsMVTGeom(${projected}, ${envelope(bounds, srid)}::box2d, ${literal(EXTENT)}, ${literal(BUFFER)})`;
  // A line with a NaN in it meets the index's boxes and is written as a coordinate of 2^31; its length is no number either.
  return MAY_HOLD_LINES.test(geometry.geometryType) ? sql`case when ST_Length(${shape}) < 'Infinity' then ${drawn} end` : drawn;
}

function freeName(wanted: string, taken: ReadonlySet<string>): string {
  let name = wanted;
  while (taken.has(name)) name += '_';
  return name;
}
