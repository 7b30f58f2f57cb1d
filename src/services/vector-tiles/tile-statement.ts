import type { Bbox } from '../../base/bbox.ts';
import { and, ident, join, literal, sql } from '../../base/sql.ts';
import type { Sql } from '../../base/sql.ts';
import type { GeometryColumn, VectorCollection } from '../../catalog/collection.ts';
import { envelope, indexCondition } from '../../catalog/index-condition.ts';
import { linearGeometry, planarGeometry } from '../../catalog/linear-geometry.ts';
import type { RunOptions } from '../../db/database.ts';
import { tileFeatureId } from './tile-feature-id.ts';
import { tileProperty } from './tile-properties.ts';

/** Coordinates across a tile. */
export const EXTENT = 4096;
/** How far beyond a tile's edge geometries are kept, in its coordinates: 8 pixels of a tile shown at 512, as martin keeps. */
export const BUFFER = 64;

/** Lines and areas that show smaller than this are below a tile's resolution: 4 of its 256 pixels. */
export const SHOWN = (4 * EXTENT) / 256;

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
  /** Only after a failure: the area of the column's CRS that can be transformed; geometries are cut to it, if need be mended. */
  readonly mappable?: Bbox | undefined;
  /** Only where a tile would be empty otherwise: areas that are too small for it become the smallest square. */
  readonly specks?: boolean | undefined;
  /** Half a unit of the tile in units of the column's CRS; undefined when geometries are not simplified. */
  readonly tolerance: number | undefined;
  /** More rows than this are too many to draw them all. */
  readonly limit: number;
  /** How many are drawn at most when there are too many. */
  readonly most: number;
  /** True when there may be too many: they are counted before they are drawn. */
  readonly crowded?: boolean | undefined;
  /** Whether the database may draw all such tiles by one plan. */
  readonly planning?: RunOptions['plan'];
}

/**
 * From here on ST_AsMVTGeom's repair of rounded polygons takes far longer than simplifying them first: GSHHG's polygons
 * on 4/8/4 took 27 s as they are and 0.8 s this way, with the same 17,890 features. Small ones are left as they are,
 * because simplified they would vanish.
 */
const MANY_POINTS = 1_000;
/** Lines cannot vanish so: GSHHG's on 5/16/10 take 33 ms this way and 68 ms as they are, and two thirds of the bytes. */
const MANY_POINTS_OF_LINE = 30;
const LINES = /^(MULTI)?LINESTRING$/;
const POINTS = /^(MULTI)?POINT$/;
const MAY_HOLD_POINTS = /^GEOMETRY/;
const MAY_HOLD_LINES = /LINE|CURVE|CIRCULAR|GEOMETRY/;

/** In a tile of too many features, of which most are small, from fewer on: lines of GSHHG on 0/0/0 in a third of the time. */
const SOME_POINTS = 20;
/**
 * One layer of any rows that meet the tile: its bytes, and their number, at most `limit + 1`; of a `crowded` plan no
 * bytes when there are more than `limit`. Features stand in the order of their ids, so that the same rows make the same
 * bytes (best of 15 in ms, this and the plain statement without order, cut and limit: cities 10/527/366 0.5 and 0.4,
 * gshhg_lines 6/33/20 6.8 and 7.2, gshhg_polygons 6/33/20 62 and 219, osm_polygons 12 1.7 and 1.5). No condition on the
 * tile's geometry: that would make ST_AsMVTGeom run twice a row, and ST_AsMVT leaves out nulls itself.
 */
export function layerStatement(plan: LayerPlan): Sql {
  const few = sql`limit ${plan.limit + 1}`;
  if (plan.crowded !== true) return layer(plan, sql`${table(plan)} where ${where(plan)} ${few}`);
  const found = sql`(select count(*) as candidates from (select from ${table(plan)} where ${where(plan)} ${few}) as rows)`;
  const all = and([where(plan), sql`(select candidates from found) <= ${plan.limit}`]);
  return sql`with found as ${found}, layer (bytes, taken) as (${layer(plan, sql`${table(plan)} where ${all}`)}) select bytes, candidates from layer, found`;
}

/**
 * One layer of as many of those rows as a tile can hold, the largest, then those whose key's hash is least; the number of
 * all, and of those that are large enough to be seen. Of more than `limit` the ones that are smaller than half a unit of
 * the tile, which vanish when they are drawn, are not taken.
 */
export function largestLayerStatement(plan: LayerPlan): Sql {
  const { geometry, collection, limit, most, tolerance } = plan;
  const column = planarGeometry(geometry, ident(geometry.name));
  const key = collection.key.length === 0 ? [sql`${column}`] : collection.key.map((property) => ident(property.name));
  const hash = sql`hashtextextended(concat_ws(',', ${join(key)}), 0)`;
  const taken = sql`(select case when candidates > ${limit} then ${most}::int8 else ${limit}::int8 end from counts)`;
  const rows = sql`${table(plan)} where ${where(plan)}`;
  if (POINTS.test(geometry.geometryType)) {
    const largest = sql`(select * from ${rows} order by ${hash} limit ${taken}) as largest`;
    const counts = sql`select count(*) from ${rows}`;
    return sql`with counts (candidates) as (${counts}), layer (bytes, taken) as (${layer(plan, largest)}) select bytes, candidates, candidates from layer, counts`;
  }
  // The diagonal stands in the head of a stored geometry: half the time of asking for its four sides.
  const size = sql`ST_Length(ST_BoundingDiagonal(${column}, false))`;
  const holdsPoints = MAY_HOLD_POINTS.test(geometry.geometryType);
  const unit = tolerance === undefined ? 0 : 2 * tolerance;
  const seen = sql`size >= ${unit * SHOWN}::float8${holdsPoints ? sql` or size = 0` : sql``}`;
  const counts = sql`select count(*), count(*) filter (where ${seen}) from sizes`;
  // Sorting sizes alone first keeps most rows, which are wide, out of the sort.
  const last = sql`coalesce((select size from sizes order by size desc offset ${most - 1} limit 1), 0)`;
  const least = sql`select case when candidates > ${limit} then greatest(${last}, ${holdsPoints || plan.specks === true ? 0 : unit / 2}::float8) else 0 end from counts`;
  const largest = sql`(select * from ${rows} and ${size} >= (select size from least) order by ${size} desc, ${hash} limit ${taken}) as largest`;
  const points = sql`(select case when candidates > ${limit} then ${literal(SOME_POINTS)} else ${literal(manyPointsOf(geometry))} end from counts)`;
  return sql`with sizes (size) as materialized (select ${size} from ${rows}), counts (candidates, visible) as (${counts}), least (size) as (${least}), layer (bytes, taken) as (${layer(plan, largest, points)}) select bytes, candidates, visible from layer, counts`;
}

function layer(plan: LayerPlan, from: Sql, manyPoints: Sql = literal(manyPointsOf(plan.geometry))): Sql {
  const { collection, geometry } = plan;
  const { geometryName, idName, attributes, names } = columnsOf(collection);
  const shapes = sql`select ${clippedGeometry(plan, ident(geometry.name))} as ${ident(geometryName)}${attributes} from ${from}`;
  const geometries = sql`select ${tileGeometry(plan, ident(geometryName), manyPoints)} as ${ident(geometryName)}${names} from (${shapes}) as s`;
  const rows = sql`select * from (${geometries}) as r order by ${ident(idName ?? geometryName)}`;
  const featureId = idName === undefined ? sql`null` : literal(idName);
  return sql`select ST_AsMVT(f.*, ${literal(collection.id)}, ${literal(EXTENT)}, ${literal(geometryName)}, ${featureId}), count(*) from (${rows}) as f`;
}

/** What the rows of a collection's tiles have besides the geometry: lists that begin with a comma, or nothing. */
interface LayerColumns {
  readonly geometryName: string;
  /** Undefined: features without ids. */
  readonly idName: string | undefined;
  readonly attributes: Sql;
  readonly names: Sql;
}

/** Composed once per collection: for each tile anew it was a third of the program's own part of a small one. */
const columns = new WeakMap<VectorCollection, LayerColumns>();

function columnsOf(collection: VectorCollection): LayerColumns {
  const known = columns.get(collection);
  if (known !== undefined) return known;
  const taken = new Set(collection.properties.map((property) => property.name));
  const id = tileFeatureId(collection.key);
  const idName = id === undefined ? undefined : freeName('id', taken);
  const attributes = [...(id === undefined ? [] : [sql`${id} as ${ident(idName ?? 'id')}`]), ...collection.properties.map(tileProperty)];
  const names = [...(idName === undefined ? [] : [idName]), ...taken].map((name) => ident(name));
  const made = {
    geometryName: freeName('geometry', taken),
    idName,
    attributes: listed(attributes),
    names: listed(names),
  };
  columns.set(collection, made);
  return made;
}

function listed(pieces: readonly Sql[]): Sql {
  return pieces.length === 0 ? sql`` : sql`, ${join(pieces)}`;
}

function manyPointsOf({ geometryType }: GeometryColumn): number {
  return LINES.test(geometryType) ? MANY_POINTS_OF_LINE : MANY_POINTS;
}

function table({ collection }: LayerPlan): Sql {
  return ident([collection.relation.schema, collection.relation.name]);
}

function where({ collection, geometry, boxes }: LayerPlan): Sql {
  return and([collection.predicate, indexCondition(geometry, boxes)]);
}

function clippedGeometry({ geometry, clip, mappable }: LayerPlan, column: Sql): Sql {
  const linear = linearGeometry(geometry, column);
  if (mappable !== undefined) return mappablePart(linear, envelope(mappable, geometry.srid));
  // Clipping fails on some invalid polygons, and then says null: those go on whole.
  return clip === undefined ? linear : sql`coalesce(ST_ClipByBox2D(${linear}, ${box2d(clip)}::box2d), ${linear})`;
}

/** Null for coordinates that are no numbers, and for what can neither be cut nor mended. */
function mappablePart(geometry: Sql, area: Sql): Sql {
  const cut = sql`coalesce(ST_ClipByBox2D(${geometry}, ${area}), ST_ClipByBox2D(ST_MakeValid(${geometry}), ${area}))`;
  return sql`case when ST_Length(${geometry}) + ST_Perimeter(${geometry}) < 'Infinity' then ST_Force2D(case when ${geometry} @ ${area} then ${geometry} else ${cut} end) end`;
}

function tileGeometry(plan: LayerPlan, shape: Sql, manyPoints: Sql): Sql {
  const { geometry, srid, tolerance } = plan;
  const fewer =
    tolerance === undefined
      ? shape
      : sql`case when ST_NPoints(${shape}) > ${manyPoints} then ST_Simplify(${shape}, ${tolerance}::float8, true) else ${shape} end`;
  const projected = geometry.srid === srid ? fewer : sql`ST_Transform(${fewer}, ${literal(srid)})`;
  const drawn = plan.specks === true ? sql`coalesce(${inTile(plan, projected)}, ${speck(plan, projected)})` : inTile(plan, projected);
  // A line with a NaN in it meets the index's boxes and is written as a coordinate of 2^31; its length is no number either.
  return MAY_HOLD_LINES.test(geometry.geometryType) ? sql`case when ST_Length(${shape}) < 'Infinity' then ${drawn} end` : drawn;
}

function inTile({ bounds }: LayerPlan, shape: Sql): Sql {
  return sql`ST_AsMVTGeom(${shape}, ${box2d(bounds)}::box2d, ${literal(EXTENT)}, ${literal(BUFFER)})`;
}

/** A bound value: read once, where an expression would be worked out for each row by a plan that knows no values. */
function box2d([west, south, east, north]: Bbox): string {
  return `BOX(${west} ${south},${east} ${north})`;
}

/** The smallest square that is not rounded away, in place of an area of less than a unit of the tile. */
function speck(plan: LayerPlan, projected: Sql): Sql {
  const unit = (plan.bounds[2] - plan.bounds[0]) / EXTENT;
  const isSmall = sql`ST_Dimension(${projected}) = 2 and ST_Length(ST_BoundingDiagonal(${projected})) < ${2 * unit}::float8`;
  return sql`case when ${isSmall} then ${inTile(plan, sql`ST_Expand(ST_Centroid(${projected}), ${0.75 * unit}::float8)`)} end`;
}

function freeName(wanted: string, taken: ReadonlySet<string>): string {
  let name = wanted;
  while (taken.has(name)) name += '_';
  return name;
}
