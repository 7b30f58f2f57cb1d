import type { Bbox } from '../base/bbox.ts';
import { ident, or, sql } from '../base/sql.ts';
import type { Sql } from '../base/sql.ts';
import type { GeometryColumn } from './collection.ts';

/** Great circles between the corners of a wider box would not go where its parallels go. */
const GEOGRAPHY_WIDTH = 170;
const GEOGRAPHY_STEP = 2;

/**
 * Condition that the column's index answers: the geometry's box meets one of the boxes, which are in the column's CRS.
 * Undefined when no index can help: the boxes are unknown, or too wide for a geography. No box at all is `false`.
 */
export function indexCondition(
  geometry: GeometryColumn,
  boxes: readonly Bbox[] | undefined,
  column: Sql = ident(geometry.name),
): Sql | undefined {
  if (boxes === undefined) return undefined;
  if (geometry.type === 'geometry') return or(boxes.map((box) => sql`${column} && ${envelope(box, geometry.srid)}`));
  if (boxes.some(([west, , east]) => east - west > GEOGRAPHY_WIDTH)) return undefined;
  return or(boxes.map((box) => sql`${column} && ${outline(box, geometry.srid)}::geography`));
}

/** A box as a polygon, its numbers bound. */
export function envelope([west, south, east, north]: Bbox, srid: number): Sql {
  return sql`ST_MakeEnvelope(${west}::float8, ${south}::float8, ${east}::float8, ${north}::float8, ${srid}::int)`;
}

/** EWKT of a box whose edges are short enough for great circles to follow the parallels. */
function outline([west, low, east, high]: Bbox, srid: number): string {
  const [south, north] = [Math.max(low, -90), Math.min(high, 90)];
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
