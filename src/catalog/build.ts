import { createHash } from 'node:crypto';
import type { Candidate, CandidateColumn } from './candidate.ts';
import type { Finding, SpatialReference } from './catalog.ts';
import type { Collection, CollectionBase, Property, RasterLevel } from './collection.ts';
import { titleOf } from './collection-id.ts';
import type { SampleResult } from './geometry-sample.ts';
import type { DjangoContent } from './django-layer.ts';
import type { Legends } from './read-legend-table.ts';
import type { RasterConstraints } from './raster-constraints.ts';
import type { RasterSample } from './raster-sample.ts';

/** A raster sample, or why it could not be taken; undefined when no row had a raster with bands. */
export type RasterSampleResult = RasterSample | { readonly failure: unknown } | undefined;

/** A level of a pyramid and the oid of the base table's column that it reduces. */
export interface Overview {
  readonly level: RasterLevel;
  readonly baseOid: number;
  readonly baseColumn: string;
}

/** What building a collection needs besides its own columns; maps of columns are keyed by `columnKey`. */
export interface BuildContext {
  /** Whom the connection belongs to, for the SQL of remedies. */
  readonly role: string;
  readonly postgisSchema: string;
  /** Undefined when spatial_ref_sys may not be read: every SRID is taken as known then. */
  readonly references: ReadonlyMap<number, SpatialReference> | undefined;
  readonly geometrySamples: ReadonlyMap<string, SampleResult>;
  readonly rasterSamples: ReadonlyMap<string, RasterSampleResult>;
  readonly rasterConstraints: ReadonlyMap<string, RasterConstraints>;
  readonly overviews: readonly Overview[];
  readonly django: DjangoContent;
  /** What a table says that the values of bands mean. */
  readonly legends: Legends;
  /** Property records of this discovery by the column that they are made of. */
  readonly properties: Map<CandidateColumn, Property>;
}

/** A collection, or only the reasons why there is none. */
export interface Outcome {
  readonly collection: Collection | undefined;
  readonly findings: readonly Finding[];
}

/** One column of one relation. */
export function columnKey(oid: number, column: string): string {
  return `${oid}.${column}`;
}

/**
 * What every kind of collection has. The comment of the column speaks first for a collection that is one of several
 * columns of a table; for the table's own collection the table's does.
 */
export function baseOf(
  candidate: Candidate,
  column: CandidateColumn | undefined,
  id: string,
  own: boolean,
): Omit<CollectionBase, 'version'> {
  const { relation } = candidate;
  const table = candidate.comment;
  const comments = column === undefined ? [table] : own ? [table, column.comment] : [column.comment, table];
  const first = <T>(pick: (comment: Candidate['comment']) => T | undefined): T | undefined =>
    comments.map(pick).find((value) => value !== undefined);
  const title = own
    ? (first((comment) => comment.title) ?? titleOf(relation.name))
    : (column?.comment.title ?? `${table.title ?? titleOf(relation.name)}: ${column?.row.name ?? ''}`);
  return {
    id,
    title,
    description: first((comment) => comment.description),
    keywords: comments.map((comment) => comment.keywords).find((keywords) => keywords.length > 0) ?? [],
    attribution: first((comment) => comment.attribution),
    relation,
    predicate: undefined,
    estimatedRows: candidate.estimatedRows,
  };
}

/**
 * A short text that changes with any member but the row count, which statistics move all the time, and when the name of
 * a column means another one: names are swapped without a row being written.
 */
export function versionOf(collection: Omit<CollectionBase, 'version'>, { row: { fileNode }, columns }: Candidate): string {
  const numbers = columns.map(({ row }) => [row.number, row.name]);
  const content = JSON.stringify({ ...collection, estimatedRows: undefined, fileNode, numbers });
  return createHash('sha1').update(content).digest('base64url').slice(0, 12);
}
