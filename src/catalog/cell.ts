import type { Bbox } from '../base/bbox.ts';
import type { Row } from '../db/database.ts';

/** A cell as text; SQL null is the empty text. */
export function text(row: Row, index: number): string {
  return optional(row, index) ?? '';
}

/** A cell as text, undefined for SQL null. */
export function optional(row: Row, index: number): string | undefined {
  const cell = row[index];
  return cell === null || cell === undefined ? undefined : cell.toString();
}

/** A cell of an integer type; 0 for SQL null. */
export function int(row: Row, index: number): number {
  return Number(optional(row, index) ?? 0);
}

/** A cell of a floating-point type; undefined for SQL null. */
export function float(row: Row, index: number): number | undefined {
  const cell = optional(row, index);
  return cell === undefined ? undefined : Number(cell);
}

/** The first four cells as west, south, east and north; undefined without a row or with a null among them. */
export function bboxCells(row: Row | undefined): Bbox | undefined {
  if (row === undefined) return undefined;
  const [west, south, east, north] = [0, 1, 2, 3].map((index) => float(row, index));
  if (west === undefined || south === undefined || east === undefined || north === undefined) return undefined;
  return [west, south, east, north];
}

/** A boolean cell; SQL null (a relation dropped while it was read) counts as false. */
export function flag(row: Row, index: number): boolean {
  const cell = optional(row, index);
  return cell === 't' || cell === 'true';
}

/** A cell that holds a JSON array of strings; none for SQL null. */
export function strings(row: Row, index: number): readonly string[] {
  const parsed: unknown = JSON.parse(optional(row, index) ?? '[]');
  return Array.isArray(parsed) ? parsed.map(String) : [];
}

/** Rows whose first cell is an oid, parsed and gathered by it, order kept. */
export function groupByOid<T>(rows: readonly Row[], parse: (row: Row) => T): ReadonlyMap<number, readonly T[]> {
  const groups = new Map<number, T[]>();
  for (const row of rows) {
    const oid = int(row, 0);
    const group = groups.get(oid);
    if (group === undefined) groups.set(oid, [parse(row)]);
    else group.push(parse(row));
  }
  return groups;
}
