import type { Relation } from './collection.ts';
import { parseComment } from './comment.ts';
import type { Comment } from './comment.ts';
import { resolveType } from './property.ts';
import type { ResolvedType } from './property.ts';
import type { ColumnRow, ConstraintRow, IndexRow, RelationRow, SchemaRows } from './schema-rows.ts';

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
  readonly estimatedRows: number | undefined;
}

/** Gathers the picked relations of one reading of the system catalogue. */
export function gatherCandidates(schema: SchemaRows): readonly Candidate[] {
  const parts = partsByParent(schema.relations);
  return schema.picked.map((row) => {
    const leaves = row.relkind === 'p' ? leafPartitions(row.oid, parts) : [];
    return {
      row,
      relation: relationOf(row),
      comment: parseComment(row.comment),
      columns: (schema.columns.get(row.oid) ?? []).map((column) => candidateColumn(column, schema)),
      indexes: schema.indexes.get(row.oid) ?? [],
      constraints: schema.constraints.get(row.oid) ?? [],
      estimatedRows: estimateRows(row, leaves),
    };
  });
}

function candidateColumn(row: ColumnRow, schema: SchemaRows): CandidateColumn {
  const type = resolveType(schema.types, row.typeOid, row.typmod);
  return { role: roleOf(type, schema), row, type, comment: parseComment(row.comment) };
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
