import { literal, sql } from '../../base/sql.ts';
import type { Sql } from '../../base/sql.ts';
import type { GeometryColumn } from '../../catalog/collection.ts';

/**
 * Seven decimals of a degree are 1.1 cm: finer than WGS 84 itself is defined (its ensemble is good for 2 m), and a third
 * fewer bytes than PostGIS's default of nine. RFC 7946 §11.2 would do with six.
 */
const DECIMALS = 7;
const LINEAR = new Set(['POINT', 'MULTIPOINT', 'LINESTRING', 'MULTILINESTRING', 'POLYGON', 'MULTIPOLYGON']);

/** SQL for the GeoJSON text of a geometry in CRS84, heights kept, measures dropped; SQL null for null. */
export function geometryJson(column: GeometryColumn, value: Sql): Sql {
  const geometry = column.type === 'geography' ? sql`${value}::geometry` : value;
  const linear = LINEAR.has(column.geometryType) ? geometry : linearised(geometry);
  const crs84 = column.srid === 4326 ? linear : sql`ST_Transform(${linear}, 4326)`;
  const text = sql`ST_AsGeoJSON(${crs84}, ${literal(DECIMALS)}, 0)`;
  return text;
}

/** Curves as lines and surfaces as polygons: GeoJSON has no others, and ST_AsGeoJSON raises on them. */
function linearised(geometry: Sql): Sql {
  return sql`case when GeometryType(${geometry}) like 'POLYHEDRAL%' then (select ST_Collect(part.geom) from ST_Dump(${geometry}) as part) else ST_CurveToLine(${geometry}) end`;
}
