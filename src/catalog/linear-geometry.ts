import { literal, sql } from '../base/sql.ts';
import type { Sql } from '../base/sql.ts';
import type { GeometryColumn } from './collection.ts';

const LINEAR = new Set(['POINT', 'MULTIPOINT', 'LINESTRING', 'MULTILINESTRING', 'POLYGON', 'MULTIPOLYGON']);

/** SQL for a geography as a geometry in its own longitudes and latitudes; a geometry as it is. */
export function planarGeometry(column: GeometryColumn, value: Sql): Sql {
  return column.type === 'geography' ? sql`${value}::geometry` : value;
}

/** In the text of a collection: parts that a collection of PostGIS may hold and one of GeoJSON or a tile may not. */
const NESTED = '[(,] ?(GEOMETRYCOLLECTION|TIN|TRIANGLE|POLYHEDRALSURFACE)';

/**
 * SQL for the same with curves as lines, surfaces as polygons and collections in collections flattened: GeoJSON and
 * vector tiles have no others (RFC 7946 §3.1.8), and PostGIS raises on most of them. Columns that can only hold simple
 * features are left alone.
 */
export function linearGeometry(column: GeometryColumn, value: Sql): Sql {
  const geometry = planarGeometry(column, value);
  if (LINEAR.has(column.geometryType)) return geometry;
  const face = sql`case GeometryType(part.geom) when 'TRIANGLE' then ST_MakePolygon(ST_ExteriorRing(part.geom)) else part.geom end`;
  const parts = sql`(select ST_CurveToLine(ST_Collect(${face})) from ST_Dump(${geometry}) as part)`;
  return sql`case
    when GeometryType(${geometry}) in ('POLYHEDRALSURFACE', 'TIN', 'TRIANGLE') then ${parts}
    when GeometryType(${geometry}) = 'GEOMETRYCOLLECTION' and ST_AsText(${geometry}, 0) ~ ${literal(NESTED)} then ${parts}
    else ST_CurveToLine(${geometry}) end`;
}
