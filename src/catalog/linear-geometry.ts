import { sql } from '../base/sql.ts';
import type { Sql } from '../base/sql.ts';
import type { GeometryColumn } from './collection.ts';

const LINEAR = new Set(['POINT', 'MULTIPOINT', 'LINESTRING', 'MULTILINESTRING', 'POLYGON', 'MULTIPOLYGON']);

/** SQL for a geography as a geometry in its own longitudes and latitudes; a geometry as it is. */
export function planarGeometry(column: GeometryColumn, value: Sql): Sql {
  return column.type === 'geography' ? sql`${value}::geometry` : value;
}

/**
 * SQL for the same with curves as lines and surfaces as polygons: GeoJSON and vector tiles have no others, and PostGIS
 * raises on most of them. Columns that can only hold simple features are left alone.
 */
export function linearGeometry(column: GeometryColumn, value: Sql): Sql {
  const geometry = planarGeometry(column, value);
  if (LINEAR.has(column.geometryType)) return geometry;
  const faces = sql`(select ST_Collect(part.geom) from ST_Dump(${geometry}) as part)`;
  return sql`case GeometryType(${geometry})
    when 'POLYHEDRALSURFACE' then ${faces}
    when 'GEOMETRYCOLLECTION' then case when ST_AsText(${geometry}, 0) ~ 'TIN|TRIANGLE|POLYHEDRAL' then ${faces} else ST_CurveToLine(${geometry}) end
    else ST_CurveToLine(${geometry}) end`;
}
