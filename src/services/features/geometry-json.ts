import type { Bbox } from '../../base/bbox.ts';
import { and, literal, sql } from '../../base/sql.ts';
import type { Sql } from '../../base/sql.ts';
import type { GeometryColumn } from '../../catalog/collection.ts';
import { indexCondition } from '../../catalog/index-condition.ts';
import { linearGeometry, planarGeometry } from '../../catalog/linear-geometry.ts';

/**
 * Seven decimals of a degree are 1.1 cm: finer than WGS 84 itself is defined (its ensemble is good for 2 m), and a third
 * fewer bytes than PostGIS's default of nine. RFC 7946 §11.2 would do with six.
 */
const DECIMALS = 7;
const MAY_HOLD_POINTS = new Set(['MULTIPOINT', 'GEOMETRY', 'GEOMETRYCOLLECTION']);

/**
 * SQL for the GeoJSON text of a geometry in CRS84, heights kept, measures dropped (RFC 7946 §3.1); SQL null for null, for
 * an empty geometry (which clients trip over, and §3.1 lets them take for null), for one with a coordinate that JSON has
 * no number for, and for one that meets none of the boxes `mappable`, where such are given.
 */
export function geometryJson(column: GeometryColumn, value: Sql, mappable?: readonly Bbox[]): Sql {
  const text = geometryText(column, value);
  const condition = indexCondition(column, mappable, value);
  return condition === undefined ? text : sql`case when ${condition} then ${text} end`;
}

function geometryText(column: GeometryColumn, value: Sql): Sql {
  const linear = linearGeometry(column, value);
  const crs84 = column.srid === 4326 ? linear : sql`ST_Transform(${linear}, 4326)`;
  const written = sql`ST_AsGeoJSON(${crs84}, ${literal(DECIMALS)}, 0)`;
  const text = MAY_HOLD_POINTS.has(column.geometryType) ? withoutEmptyPoints(written) : written;
  if (column.geometryType === 'POINT' && column.srid === 4326)
    return sql`case when ${isFinitePoint(planarGeometry(column, value), column.hasZ)} then ${text} end`;
  // `NaN` and `Infinity` are the only words with these letters that ST_AsGeoJSON writes, and an empty geometry has no digit.
  return sql`substring(${text} from '^[^NI]*[0-9][^NI]*$')`;
}

/**
 * Cheaper than looking at the text, which would cost a tenth of a page of points. Null for an empty point; not ST_X, which
 * raises when a column without a declared type holds something else after all.
 */
function isFinitePoint(geometry: Sql, hasZ: boolean): Sql {
  const axes = [sql`ST_XMax(${geometry})`, sql`ST_YMax(${geometry})`, ...(hasZ ? [sql`ST_ZMax(${geometry})`] : [])];
  return and(axes.map((axis) => sql`abs(${axis}) < 'Infinity'`));
}

/** ST_AsGeoJSON writes `[[8,47],]` for a multipoint with an empty point (PostGIS 3.3): commas before nothing go. */
function withoutEmptyPoints(text: Sql): Sql {
  return sql`replace(regexp_replace(${text}, ${literal(',+(?=[],])')}, '', 'g'), '[,', '[')`;
}
