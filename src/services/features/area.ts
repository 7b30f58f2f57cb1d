import { splitAntimeridian } from '../../base/bbox.ts';
import type { Bbox } from '../../base/bbox.ts';
import { ident, or, sql } from '../../base/sql.ts';
import type { Sql } from '../../base/sql.ts';
import type { GeometryColumn } from '../../catalog/collection.ts';
import type { IndexBoxes } from '../../catalog/index-boxes.ts';
import { envelope, indexCondition } from '../../catalog/index-condition.ts';
import { planarGeometry } from '../../catalog/linear-geometry.ts';
import type { RunContext } from '../../db/database.ts';

/** A requested box as a column can be asked for it: every part with the boxes of the column's CRS that hold it. */
export type Area = { readonly kind: 'everywhere' } | { readonly kind: 'parts'; readonly parts: readonly AreaPart[] };

/** A box with west ≤ east in CRS84, and the boxes that the index is asked for; undefined: it cannot be asked. */
export interface AreaPart {
  readonly bbox: Bbox;
  readonly index: readonly Bbox[] | undefined;
}

/** Transformed outlines are parabolas between samples: a thousandth covers what they miss. */
const MARGIN = 1e-3;

/** Finds the boxes to ask the column's index for. */
export async function planArea(geometry: GeometryColumn, bbox: Bbox, boxes: IndexBoxes, context: RunContext): Promise<Area> {
  const [west, south, east, north] = bbox;
  if (west === -180 && south === -90 && east === 180 && north === 90) return { kind: 'everywhere' };
  const parts = splitAntimeridian(bbox).map(async (part): Promise<AreaPart> => {
    if (geometry.srid === 4326) return { bbox: part, index: [part] };
    return { bbox: part, index: await boxes.find({ bbox: part, from: 4326, to: geometry.srid, margin: MARGIN }, context) };
  });
  return { kind: 'parts', parts: await Promise.all(parts) };
}

/** Rows whose geometry shares a point with the area, and rows without geometry (OGC 17-069r4 /req/core/fc-bbox-response). */
export function areaCondition(geometry: GeometryColumn, area: Area): Sql {
  const column = ident(geometry.name);
  const within =
    area.kind === 'everywhere'
      ? [sql`not ST_IsEmpty(${planarGeometry(geometry, column)})`]
      : area.parts.map((part) => partCondition(geometry, column, part));
  return geometry.nullable ? or([...within, sql`${column} is null`]) : or(within);
}

function partCondition(geometry: GeometryColumn, column: Sql, { bbox, index }: AreaPart): Sql {
  const exact = exactCondition(geometry, column, bbox);
  const indexed = indexCondition(geometry, index);
  return indexed === undefined ? exact : sql`${indexed} and ${exact}`;
}

/**
 * The exact test is made in CRS84, against a box: so it agrees with the coordinates that are sent, and GEOS compares
 * with a rectangle without ever raising on an invalid polygon. Only what the index found is transformed.
 */
function exactCondition(geometry: GeometryColumn, column: Sql, bbox: Bbox): Sql {
  const value = planarGeometry(geometry, column);
  const box = envelope(thicken(bbox), 4326);
  const isPlanar = geometry.type === 'geometry' || geometry.geometryType === 'POINT';
  if (geometry.srid === 4326 && isPlanar) return intersects(geometry, value, box);
  const crs84 = geometry.srid === 4326 ? value : sql`ST_Transform(${value}, 4326)`;
  if (geometry.geometryType === 'POINT') return sql`ST_Intersects(${crs84}, ${box})`;
  // Round a pole or over the antimeridian, rings in degrees enclose something else: such geometries count by their box,
  // which for a geography is one in space and knows no antimeridian.
  return sql`(select ST_XMax(t) - ST_XMin(t) > 180 or ${intersects(geometry, sql`t`, box)} from (select ${crs84} as t offset 0) as x)`;
}

/** GEOS has no polyhedral surfaces: they count by their box. */
function intersects(geometry: GeometryColumn, value: Sql, box: Sql): Sql {
  const exact = sql`ST_Intersects(${value}, ${box})`;
  if (geometry.geometryType !== 'GEOMETRY' && geometry.geometryType !== 'POLYHEDRALSURFACE') return exact;
  return sql`case when GeometryType(${value}) = 'POLYHEDRALSURFACE' then ${value} && ${box} else ${exact} end`;
}

/** A box without width or height is no polygon: a tenth of a millimetre on each side makes it one. */
function thicken([west, south, east, north]: Bbox): Bbox {
  const [x, y] = [west === east ? 1e-9 : 0, south === north ? 1e-9 : 0];
  return [west - x, south - y, east + x, north + y];
}
