import { splitAntimeridian } from '../../base/bbox.ts';
import type { Bbox } from '../../base/bbox.ts';
import { ident, or, sql } from '../../base/sql.ts';
import type { Sql } from '../../base/sql.ts';
import type { GeometryColumn } from '../../catalog/collection.ts';
import type { IndexBoxes } from '../../catalog/index-boxes.ts';
import type { FeatureContext } from './feature-query.ts';

/** A requested box as a column can be asked for it: every part with the boxes of the column's CRS that hold it. */
export type Area =
  | { readonly kind: 'everywhere' }
  | { readonly kind: 'parts'; readonly parts: readonly AreaPart[] };

/** A box with west ≤ east in CRS84, and the boxes that the index is asked for; undefined: it cannot be asked. */
export interface AreaPart {
  readonly bbox: Bbox;
  readonly index: readonly Bbox[] | undefined;
}

/** Transformed outlines are parabolas between samples: a thousandth covers what they miss. */
const MARGIN = 1e-3;
/** Great circles between the corners of a wider box would not go where its parallels go. */
const GEOGRAPHY_WIDTH = 170;
const GEOGRAPHY_STEP = 2;

/** Finds the boxes to ask the column's index for. */
export async function planArea(geometry: GeometryColumn, bbox: Bbox, boxes: IndexBoxes, context: FeatureContext): Promise<Area> {
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
  const within = area.kind === 'everywhere' ? [sql`not ST_IsEmpty(${planar(geometry, column)})`] : area.parts.map((part) => partCondition(geometry, column, part));
  return geometry.nullable ? or([...within, sql`${column} is null`]) : or(within);
}

function partCondition(geometry: GeometryColumn, column: Sql, { bbox, index }: AreaPart): Sql {
  const exact = exactCondition(geometry, column, bbox);
  const indexed = index?.map((box) => indexCondition(geometry, column, box));
  if (indexed === undefined || indexed.includes(undefined)) return exact;
  return sql`${or(indexed)} and ${exact}`;
}

function indexCondition(geometry: GeometryColumn, column: Sql, box: Bbox): Sql | undefined {
  if (geometry.type === 'geometry') return sql`${column} && ${envelope(box, geometry.srid)}`;
  return box[2] - box[0] > GEOGRAPHY_WIDTH ? undefined : sql`${column} && ${outline(box, geometry.srid)}::geography`;
}

/**
 * The exact test is made in CRS84, against a box: so it agrees with the coordinates that are sent, and GEOS compares
 * with a rectangle without ever raising on an invalid polygon. Only what the index found is transformed.
 */
function exactCondition(geometry: GeometryColumn, column: Sql, bbox: Bbox): Sql {
  const value = planar(geometry, column);
  const crs84 = geometry.srid === 4326 ? value : sql`ST_Transform(${value}, 4326)`;
  const intersects = sql`ST_Intersects(${crs84}, ${envelope(bbox, 4326)})`;
  if (geometry.geometryType !== 'GEOMETRY' && geometry.geometryType !== 'POLYHEDRALSURFACE') return intersects;
  // GEOS has no polyhedral surfaces: they count by their box.
  return sql`case when GeometryType(${value}) = 'POLYHEDRALSURFACE' then ${crs84} && ${envelope(bbox, 4326)} else ${intersects} end`;
}

function planar(geometry: GeometryColumn, column: Sql): Sql {
  return geometry.type === 'geography' ? sql`${column}::geometry` : column;
}

function envelope([west, south, east, north]: Bbox, srid: number): Sql {
  return sql`ST_MakeEnvelope(${west}::float8, ${south}::float8, ${east}::float8, ${north}::float8, ${srid}::int)`;
}

/** EWKT of a box whose edges are short enough for great circles to follow the parallels. */
function outline([west, south, east, north]: Bbox, srid: number): string {
  const steps = Math.max(1, Math.ceil((east - west) / GEOGRAPHY_STEP));
  const rises = Math.max(1, Math.ceil((north - south) / GEOGRAPHY_STEP));
  const along = Array.from({ length: steps }, (_, i) => i / steps);
  const up = Array.from({ length: rises }, (_, i) => i / rises);
  const ring = [
    ...along.map((t) => `${west + (east - west) * t} ${south}`),
    ...up.map((t) => `${east} ${south + (north - south) * t}`),
    ...along.map((t) => `${east - (east - west) * t} ${north}`),
    ...up.map((t) => `${west} ${north - (north - south) * t}`),
    `${west} ${south}`,
  ];
  return `SRID=${srid};POLYGON((${ring.join(',')}))`;
}
