import type { Database } from '../db/database.ts';
import { columnKey } from './build.ts';
import type { RasterSampleResult } from './build.ts';
import { needsRasterSample } from './build-raster.ts';
import type { Candidate, CandidateColumn } from './candidate.ts';
import { needsGeometrySample } from './geometry-column.ts';
import { NO_TIME_LEFT, sampleGeometries } from './geometry-sample.ts';
import type { Patience, SampleResult } from './geometry-sample.ts';
import type { RasterConstraints } from './raster-constraints.ts';
import { sampleRaster } from './raster-sample.ts';

/** What the first rows of columns told, keyed by `columnKey`. */
export interface Samples {
  readonly geometry: ReadonlyMap<string, SampleResult>;
  readonly raster: ReadonlyMap<string, RasterSampleResult>;
}

/** What rows told in earlier discoveries: asked again after a while, or when the table has been rewritten. */
export interface SampleMemory {
  readonly geometry: Map<string, Remembered<SampleResult>>;
  readonly raster: Map<string, Remembered<RasterSampleResult>>;
  /** Columns whose rows could not be read last time. */
  readonly failed: Set<string>;
  /** Constraints and indexes of rasters, by oid: their texts cannot be read while the table is locked. */
  readonly texts: Map<number, Pick<Candidate, 'constraints' | 'indexes'>>;
}

interface Remembered<T> {
  readonly atMs: number;
  readonly result: T;
}

/** How reading is done. */
export interface SampleReader {
  readonly database: Database;
  readonly postgisSchema: string;
  readonly memory: SampleMemory;
  readonly signal: AbortSignal;
}

interface OpenColumn {
  readonly candidate: Candidate;
  readonly column: CandidateColumn;
  readonly key: string;
  /** Changes with the column's type and with the table's file, so that a rewritten table is looked at again. */
  readonly state: string;
}

const FORGET_MS = 600_000;
/** Relations that cannot be read cost one discovery about so long at most. */
const PATIENCE_MS = 10_000;
const LOCKED = 'another transaction has locked it; it is looked at again with the next refresh';

/** A memory with nothing in it. */
export function createSampleMemory(): SampleMemory {
  return { geometry: new Map(), raster: new Map(), failed: new Set(), texts: new Map() };
}

/**
 * The candidates with what was known of locked ones before: without their constraints, rasters would vanish while
 * somebody loads more rows.
 */
export function withRememberedTexts(candidates: readonly Candidate[], { texts }: SampleMemory): readonly Candidate[] {
  return candidates.map((candidate) => {
    const { oid, locked } = candidate.row;
    if (locked) return { ...candidate, ...texts.get(oid) };
    if (candidate.columns.some(({ role }) => role === 'raster'))
      texts.set(oid, { constraints: candidate.constraints, indexes: candidate.indexes });
    return candidate;
  });
}

/** Looks at the first rows of every column whose type or constraints leave something open. */
export async function sampleOpenColumns(
  candidates: readonly Candidate[],
  rasterConstraints: ReadonlyMap<string, RasterConstraints>,
  reader: SampleReader,
): Promise<Samples> {
  const patience: Patience = { leftMs: PATIENCE_MS };
  const open = candidates.filter(({ comment }) => !comment.hidden).flatMap(servedColumns);
  const geometry = await sampleOpenGeometries(
    open.filter(({ candidate, column }) => column.role === 'geometry' && needsGeometrySample(candidate, column)),
    reader,
    patience,
  );
  const rasters = open.filter(({ column, key }) => {
    const facts = rasterConstraints.get(key);
    return column.role === 'raster' && facts?.overviewOf === undefined && (facts === undefined || needsRasterSample(facts));
  });
  return { geometry, raster: await sampleOpenRasters(rasters, reader, patience) };
}

function servedColumns(candidate: Candidate): readonly OpenColumn[] {
  return candidate.columns
    .filter(({ row, comment }) => row.selectable && !comment.hidden)
    .map((column) => ({
      candidate,
      column,
      key: columnKey(candidate.row.oid, column.row.name),
      state: `${candidate.row.oid}.${candidate.row.fileNode}.${column.row.number}.${column.row.typeOid}.${column.row.typmod}`,
    }));
}

async function sampleOpenGeometries(
  columns: readonly OpenColumn[],
  reader: SampleReader,
  patience: Patience,
): Promise<ReadonlyMap<string, SampleResult>> {
  const { memory } = reader;
  const results = new Map<string, SampleResult>();
  const unknown = columns.filter(({ key, state }) => !recall(memory.geometry, state, key, results));
  for (const { key } of unknown.filter(isLocked)) results.set(key, { failure: new Error(LOCKED) });
  const asked = inOrder(unknown, memory);
  const sampled = await sampleGeometries(reader, asked.map(targetOf), patience);
  asked.forEach(({ key, state }, index) => {
    const result = sampled[index];
    if (result === undefined) return;
    results.set(key, result);
    if ('failure' in result) memory.failed.add(state);
    else {
      memory.failed.delete(state);
      if ((result.srids[0] ?? 0) > 0) memory.geometry.set(state, { atMs: Date.now(), result });
    }
  });
  return results;
}

async function sampleOpenRasters(
  columns: readonly OpenColumn[],
  reader: SampleReader,
  patience: Patience,
): Promise<ReadonlyMap<string, RasterSampleResult>> {
  const { memory } = reader;
  const results = new Map<string, RasterSampleResult>();
  const unknown = columns.filter(({ key, state }) => !recall(memory.raster, state, key, results));
  for (const { key } of unknown.filter(isLocked)) results.set(key, { failure: new Error(LOCKED) });
  for (const open of inOrder(unknown, memory)) results.set(open.key, await sampleOpenRaster(open, reader, patience));
  return results;
}

async function sampleOpenRaster(
  open: OpenColumn,
  { database, postgisSchema, memory, signal }: SampleReader,
  patience: Patience,
): Promise<RasterSampleResult> {
  if (patience.leftMs <= 0) return { failure: new Error(NO_TIME_LEFT) };
  const started = performance.now();
  try {
    const result = await sampleRaster(database, postgisSchema, targetOf(open), signal);
    memory.failed.delete(open.state);
    if (result !== undefined) memory.raster.set(open.state, { atMs: Date.now(), result });
    return result;
  } catch (failure) {
    signal.throwIfAborted();
    memory.failed.add(open.state);
    patience.leftMs -= performance.now() - started;
    return { failure };
  }
}

function isLocked({ candidate }: OpenColumn): boolean {
  return candidate.row.locked;
}

/** Those that can be read at all: tables, then views, which may be slow, then what failed before, so as not to use up the others' time. */
function inOrder(columns: readonly OpenColumn[], { failed }: SampleMemory): readonly OpenColumn[] {
  const rank = ({ candidate, state }: OpenColumn): number => (failed.has(state) ? 2 : ['v', 'f'].includes(candidate.row.relkind) ? 1 : 0);
  return columns.filter((open) => !isLocked(open)).sort((a, b) => rank(a) - rank(b));
}

function recall<T>(memory: Map<string, Remembered<T>>, state: string, key: string, results: Map<string, T>): boolean {
  const remembered = memory.get(state);
  if (remembered === undefined) return false;
  if (Date.now() - remembered.atMs > FORGET_MS) {
    memory.delete(state);
    return false;
  }
  results.set(key, remembered.result);
  return true;
}

function targetOf({ candidate, column }: OpenColumn): { schema: string; table: string; column: string } {
  return { schema: candidate.row.schema, table: candidate.row.name, column: column.row.name };
}
