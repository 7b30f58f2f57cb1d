import { identifierPattern } from './identifier-pattern.ts';
import type { ColumnRow, IndexRow } from './schema-rows.ts';

/**
 * The columns that identify a row, in key order: the primary key, else the smallest unique index without condition
 * and expressions whose columns may not be null. Undefined when there is none.
 */
export function keyColumns(columns: readonly ColumnRow[], indexes: readonly IndexRow[]): readonly ColumnRow[] | undefined {
  const byNumber = new Map(columns.map((column) => [column.number, column]));
  // The statement orders primary keys first, then by number of columns.
  for (const index of indexes) {
    if (!index.unique || index.partial || index.hasExpressions) continue;
    const key = index.columns.slice(0, index.keyCount).flatMap((number) => byNumber.get(number) ?? []);
    if (key.length === index.keyCount && key.every((column) => column.notNull)) return key;
  }
  return undefined;
}

/** Whether an index can find the rows whose `column` meets a box with `&&`. */
export function hasSpatialIndex(column: Pick<ColumnRow, 'number'>, indexes: readonly IndexRow[]): boolean {
  return indexes.some((index) => {
    if (index.partial || !['gist', 'spgist', 'brin'].includes(index.method)) return false;
    // In B-tree-like multicolumn GiST indexes any column can be searched, so the position does not matter.
    const position = index.columns.indexOf(column.number);
    return position >= 0 && findsBoxes(index.operatorClasses[position]);
  });
}

/** Whether an index can find the raster blocks that meet a box: one on the convex hull, as raster2pgsql makes it. */
export function hasRasterIndex(column: Pick<ColumnRow, 'name'>, indexes: readonly IndexRow[]): boolean {
  const name = identifierPattern(column.name);
  const hull = new RegExp(`st_convexhull\\(${name}\\)|\\(${name}\\)::(?:\\S+\\.)?geometry`, 'i');
  return indexes.some(
    (index) => !index.partial && index.method !== 'btree' && index.expressions !== undefined && hull.test(index.expressions),
  );
}

/** The n-dimensional operator classes know `&&&` only. */
function findsBoxes(operatorClass: string | undefined): boolean {
  return operatorClass !== undefined && !/_nd$|^spgist_geometry_ops_3d$/.test(operatorClass);
}
