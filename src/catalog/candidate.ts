import { createBreath } from '../base/breath.ts';
import type { Relation } from './collection.ts';
import { parseComment } from './comment.ts';
import type { Comment } from './comment.ts';
import { resolveType } from './property.ts';
import type { ResolvedType } from './property.ts';
import type { ColumnRow, ConstraintRow, IndexRow, RelationRow, SchemaRows, ViewColumnRow } from './schema-rows.ts';

/** A column of a candidate, its type resolved and its comment read. */
export interface CandidateColumn {
  readonly role: 'geometry' | 'raster' | 'property' | 'unsupported';
  readonly row: ColumnRow;
  readonly type: ResolvedType | undefined;
  readonly comment: Comment;
}

/** A relation that may become collections, with everything that belongs to it gathered. */
export interface Candidate {
  readonly row: RelationRow;
  readonly relation: Relation;
  readonly comment: Comment;
  readonly columns: readonly CandidateColumn[];
  readonly indexes: readonly IndexRow[];
  readonly constraints: readonly ConstraintRow[];
  /** For a view: the spatial columns that it reads, with the indexes of their tables. */
  readonly sources: readonly ViewSource[];
  readonly estimatedRows: number | undefined;
}

/** A column that a view reads. */
export interface ViewSource {
  readonly column: ViewColumnRow;
  readonly indexes: readonly IndexRow[];
}

/** Gathers the picked relations of one reading of the system catalogue. */
export async function gatherCandidates(schema: SchemaRows): Promise<readonly Candidate[]> {
  const parts = partsByParent(schema.relations);
  const breath = createBreath();
  const columns = createColumnReader(schema);
  const candidates: Candidate[] = [];
  for (const row of schema.picked) {
    await breath();
    const leaves = row.relkind === 'p' ? leafPartitions(row.oid, parts) : [];
    candidates.push(candidateOf(row, leaves, (schema.columns.get(row.oid) ?? []).map(columns), schema));
  }
  return candidates;
}

function candidateOf(row: RelationRow, leaves: readonly RelationRow[], columns: readonly CandidateColumn[], schema: SchemaRows): Candidate {
  return {
    row,
    relation: relationOf(row),
    comment: withColumnRoles(parseComment(row.comment), columns),
    columns,
    indexes: [...(schema.indexes.get(row.oid) ?? []), ...commonIndexes(leaves, schema.indexes)],
    constraints: schema.constraints.get(row.oid) ?? [],
    sources: (schema.viewColumns.get(row.oid) ?? []).map((column) => ({ column, indexes: schema.indexes.get(column.oid) ?? [] })),
    estimatedRows: estimateRows(row, leaves),
  };
}

/** Comments of columns may say which of them are the key and the time axis; the table's own comment comes first. */
function withColumnRoles(comment: Comment, columns: readonly CandidateColumn[]): Comment {
  const named = (key: 'datetime' | 'start' | 'end'): string | undefined =>
    comment[key] ?? columns.map((column) => column.comment[key]).find((name) => name !== undefined);
  const id = comment.id.length > 0 ? comment.id : columns.flatMap((column) => column.comment.id);
  return { ...comment, id, datetime: named('datetime'), start: named('start'), end: named('end') };
}

/** Indexes that every partition has on the same columns, where the partitioned table itself has none. */
function commonIndexes(leaves: readonly RelationRow[], indexes: ReadonlyMap<number, readonly IndexRow[]>): readonly IndexRow[] {
  const [first, ...others] = leaves.map((leaf) => (indexes.get(leaf.oid) ?? []).filter(({ unique }) => !unique));
  const same = (a: IndexRow, b: IndexRow): boolean =>
    a.method === b.method && a.partial === b.partial && a.columns.join() === b.columns.join() && a.expressions === b.expressions;
  return (first ?? []).filter((index) => others.every((list) => list.some((other) => same(index, other))));
}

/** Resolves each kind of column once; `readSchema` gives columns that are alike as one record. */
function createColumnReader(schema: SchemaRows): (row: ColumnRow) => CandidateColumn {
  const shared = new Map<ColumnRow, CandidateColumn>();
  return (row) => {
    const known = shared.get(row);
    if (known !== undefined) return known;
    const type = resolveType(schema.types, row.typeOid, row.typmod);
    const column: CandidateColumn = Object.freeze({ role: roleOf(type, schema), row, type, comment: parseComment(row.comment, row.name) });
    shared.set(row, column);
    return column;
  };
}

function roleOf(type: ResolvedType | undefined, schema: SchemaRows): CandidateColumn['role'] {
  const name = type?.type.name;
  if (name === 'geometry' || name === 'geography') return 'geometry';
  if (name === 'raster') return 'raster';
  const element = schema.types.get(type?.type.elementType ?? 0);
  const unsupported = ['geometry', 'geography', 'raster'].includes(element?.name ?? '') || name === 'topogeometry';
  return unsupported ? 'unsupported' : 'property';
}

function relationOf(row: RelationRow): Relation {
  return Object.freeze({ oid: row.oid, schema: row.schema, name: row.name, kind: kindOf(row.relkind) });
}

function kindOf(relkind: string): Relation['kind'] {
  switch (relkind) {
    case 'p':
      return 'partitioned';
    case 'v':
      return 'view';
    case 'm':
      return 'materialized-view';
    case 'f':
      return 'foreign-table';
    default:
      return 'table';
  }
}

/** The planner's count, summed over partitions; undefined when unknown, or when it would betray hidden rows. */
function estimateRows(row: RelationRow, leaves: readonly RelationRow[]): number | undefined {
  if (row.rowSecurity || row.relkind === 'v') return undefined;
  if (row.relkind !== 'p') return row.rowCount < 0 ? undefined : row.rowCount;
  const counts = leaves.map((leaf) => leaf.rowCount).filter((count) => count >= 0);
  return counts.length === 0 ? undefined : counts.reduce((sum, count) => sum + count, 0);
}

type Parts = ReadonlyMap<number, readonly RelationRow[]>;

function partsByParent(relations: readonly RelationRow[]): Parts {
  const parts = new Map<number, RelationRow[]>();
  for (const relation of relations) {
    if (relation.parent === undefined) continue;
    const siblings = parts.get(relation.parent);
    if (siblings === undefined) parts.set(relation.parent, [relation]);
    else siblings.push(relation);
  }
  return parts;
}

function leafPartitions(oid: number, parts: Parts): readonly RelationRow[] {
  return (parts.get(oid) ?? []).flatMap((part) => (part.relkind === 'p' ? leafPartitions(part.oid, parts) : [part]));
}
