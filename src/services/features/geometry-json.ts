import { and, literal, sql } from '../../base/sql.ts';
import type { Sql } from '../../base/sql.ts';
import type { GeometryColumn } from '../../catalog/collection.ts';
import { linearGeometry, planarGeometry } from '../../catalog/linear-geometry.ts';

/**
 * Seven decimals of a degree are 1.1 cm: finer than WGS 84 itself is defined (its ensemble is good for 2 m), and a third
 * fewer bytes than PostGIS's default of nine. RFC 7946 §11.2 would do with six.
 */
const DECIMALS = 7;

/**
 * SQL for the GeoJSON text of a geometry in CRS84, heights kept, measures dropped (RFC 7946 §3.1); SQL null for null and
 * for a geometry with a coordinate that JSON has no number for.
 */
export function geometryJson(column: GeometryColumn, value: Sql): Sql {
  const linear = linearGeometry(column, value);
  const crs84 = column.srid === 4326 ? linear : sql`ST_Transform(${linear}, 4326)`;
  const text = sql`ST_AsGeoJSON(${crs84}, ${literal(DECIMALS)}, 0)`;
  if (column.geometryType === 'POINT' && column.srid === 4326) return sql`case when ${isFinitePoint(planarGeometry(column, value), column.hasZ)} then ${text} end`;
  // `NaN` and `Infinity` are the only words with these letters that ST_AsGeoJSON writes.
  return sql`substring(${text} from '^[^NI]*$')`;
}

/** Cheaper than looking at the text, which would cost a tenth of a page of points. An empty point has no coordinates. */
function isFinitePoint(geometry: Sql, hasZ: boolean): Sql {
  const axes = [sql`ST_X(${geometry})`, sql`ST_Y(${geometry})`, ...(hasZ ? [sql`ST_Z(${geometry})`] : [])];
  return and(axes.map((axis) => sql`coalesce(abs(${axis}), 0) < 'Infinity'`));
}
