import type { Bbox } from '../../base/bbox.ts';
import { and, ident, join, literal, or, sql } from '../../base/sql.ts';
import type { Sql } from '../../base/sql.ts';
import type { RasterCollection } from '../../catalog/collection.ts';
import { idCondition, idJson } from '../features/feature-id.ts';
import type { FeatureQuery } from '../features/feature-query.ts';
import { equalsValue } from '../features/property-value.ts';
import { datetimeCondition } from '../features/selection.ts';

/** Digits of degrees: a tenth of a millimetre. */
const DIGITS = 9;

/** Which rows: the boxes stand in the collection's CRS. */
export interface RowsPlan extends Pick<FeatureQuery, 'limit' | 'offset' | 'datetime' | 'equals'> {
  readonly boxes: readonly Bbox[] | undefined;
}

/** The rows of a page as GeoJSON features, one more than asked for so that the next page is known. */
export function rowsStatement(collection: RasterCollection, plan: RowsPlan): Sql {
  const order = (collection.key ?? []).map(({ name }) => ident(name));
  const sorted = order.length === 0 ? sql`` : sql` order by ${join(order)}`;
  return sql`select ${featureText(collection)} from (select * from ${tableOf(collection)} where ${rowsCondition(collection, plan)}${sorted} limit ${literal(plan.limit + 1)} offset ${literal(plan.offset)}) as p`;
}

/** How many rows a query selects, counted up to a limit. */
export function rowCountStatement(collection: RasterCollection, plan: RowsPlan, limit: number): Sql {
  return sql`select count(*) from (select from ${tableOf(collection)} where ${rowsCondition(collection, plan)} limit ${literal(limit + 1)}) as m`;
}

/** The row of an id as a feature; undefined when no row can have it. */
export function rowStatement(collection: RasterCollection, id: string): Sql | undefined {
  const { key = [] } = collection;
  const condition = key.length === 0 ? undefined : idCondition(key, id);
  if (condition === undefined) return undefined;
  return sql`select ${featureText(collection)} from (select * from ${tableOf(collection)} where ${and([collection.predicate, condition])} limit 1) as p`;
}

/** The grid of a row's cells in its own CRS: SRID, upper left corner, scale, skew, width and height; no row where it has no cells. */
export function rowGridStatement(collection: RasterCollection, id: string): Sql | undefined {
  const { key = [], column } = collection;
  const condition = key.length === 0 ? undefined : idCondition(key, id);
  if (condition === undefined) return undefined;
  return sql`select m.srid, m.upperleftx, m.upperlefty, m.scalex, m.scaley, m.skewx, m.skewy, m.width, m.height from ${tableOf(collection)}, lateral st_metadata(${ident(column)}) as m where ${and([collection.predicate, condition, sql`not st_isempty(${ident(column)})`])} limit 1`;
}

function tableOf({ relation }: RasterCollection): Sql {
  return ident([relation.schema, relation.name]);
}

function rowsCondition({ predicate, column, properties = [], temporal }: RasterCollection, plan: RowsPlan): Sql {
  const hull = sql`st_convexhull(${ident(column)})`;
  const inBox = ([west, south, east, north]: Bbox): Sql =>
    sql`st_intersects(${hull}, st_makeenvelope(${west}::float8, ${south}::float8, ${east}::float8, ${north}::float8, st_srid(${ident(column)})))`;
  return and([
    predicate,
    plan.boxes === undefined ? undefined : plan.boxes.length === 0 ? sql`false` : or(plan.boxes.map(inBox)),
    plan.datetime === undefined || temporal === undefined ? undefined : datetimeCondition(properties, temporal, plan.datetime),
    ...plan.equals.map(({ property, value }) => equalsValue(property, value) ?? sql`false`),
  ]);
}

/** A feature: the row's outline in degrees and its other columns. Rasters without place have no geometry. */
function featureText({ key = [], column, properties = [] }: RasterCollection): Sql {
  const id = key.length === 0 ? sql`''` : sql`'"id":' || ${idJson(key, 'p')} || ','`;
  const raster = ident(['p', column]);
  const outline = sql`case when st_srid(${raster}) > 0 and not st_isempty(${raster}) then st_asgeojson(st_transform(st_convexhull(${raster}), 4326), ${literal(DIGITS)}) end`;
  const columns = properties.map(({ name }) => ident(['p', name]));
  const values = columns.length === 0 ? sql`'{}'` : sql`(select row_to_json(v)::text from (select ${join(columns)}) as v)`;
  return sql`'{"type":"Feature",' || ${id} || '"geometry":' || coalesce(${outline}, 'null') || ',"properties":' || ${values} || '}'`;
}
