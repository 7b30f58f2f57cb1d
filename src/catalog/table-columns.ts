import type { Candidate, CandidateColumn } from './candidate.ts';
import type { Property } from './collection.ts';
import { keyColumns } from './key-columns.ts';
import { propertyOf } from './property.ts';

/** What is published of a relation's columns besides geometries and rasters. */
export interface TableColumns {
  readonly properties: readonly Property[];
  /** In key order; empty: rows cannot be told apart. */
  readonly key: readonly Property[];
  /** Columns that the comment names as the key and that are not there. */
  readonly unknownKeys: readonly string[];
}

/** Properties and key of a relation; `shared` holds one record for all columns that are alike. */
export function tableColumns(candidate: Candidate, shared: Map<CandidateColumn, Property>): TableColumns {
  const columns = candidate.columns.filter(isPublished);
  const properties = columns.map((column) => sharedProperty(column, shared));
  const { key, unknown } = findKey(candidate, columns, properties);
  return { properties: Object.freeze(properties), key: Object.freeze(key), unknownKeys: unknown };
}

function isPublished({ role, row, comment }: CandidateColumn): boolean {
  return role === 'property' && row.selectable && !comment.hidden;
}

function sharedProperty(column: CandidateColumn, shared: Map<CandidateColumn, Property>): Property {
  const known = shared.get(column);
  if (known !== undefined) return known;
  const property = Object.freeze(propertyOf(column.row, column.type, column.comment));
  shared.set(column, property);
  return property;
}

/** The key that a comment names, else that of the table. A hidden or unreadable key column is no key. */
function findKey(
  candidate: Candidate,
  columns: readonly CandidateColumn[],
  properties: readonly Property[],
): { readonly key: readonly Property[]; readonly unknown: readonly string[] } {
  const byName = new Map(properties.map((property) => [property.name, property]));
  const named = candidate.comment.id;
  const unknown = named.filter((name) => !byName.has(name));
  const names =
    named.length > 0 && unknown.length === 0
      ? named
      : keyColumns(
          columns.map((c) => ({ ...c.row, notNull: identifies(candidate, c) })),
          candidate.indexes,
        )?.map((row) => row.name);
  return { key: (names ?? []).flatMap((name) => byName.get(name) ?? []), unknown };
}

/** Columns of materialised views are never NOT NULL; their unique index is what REFRESH CONCURRENTLY tells rows by. */
function identifies({ relation }: Candidate, { row, type }: CandidateColumn): boolean {
  return row.notNull || type?.notNull === true || relation.kind === 'materialized-view';
}
