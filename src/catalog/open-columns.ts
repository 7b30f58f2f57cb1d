import type { Database } from '../db/database.ts';
import { columnKey } from './build.ts';
import type { RasterSampleResult } from './build.ts';
import { needsRasterSample } from './build-raster.ts';
import type { Candidate, CandidateColumn } from './candidate.ts';
import { needsGeometrySample } from './geometry-column.ts';
import { sampleGeometries } from './geometry-sample.ts';
import type { SampleResult } from './geometry-sample.ts';
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

/** A memory with nothing in it. */
export function createSampleMemory(): SampleMemory {
  return { geometry: new Map(), raster: new Map() };
}

/** Looks at the first rows of every column whose type or constraints leave something open. */
export async function sampleOpenColumns(
  candidates: readonly Candidate[],
  rasterConstraints: ReadonlyMap<string, RasterConstraints>,
  reader: SampleReader,
): Promise<Samples> {
  const open = candidates.filter(({ comment }) => !comment.hidden).flatMap(servedColumns);
  const geometry = await sampleOpenGeometries(
    open.filter(({ column }) => column.role === 'geometry' && needsGeometrySample(column)),
    reader,
  );
  const rasters = open.filter(({ column, key }) => {
    const facts = rasterConstraints.get(key);
    return column.role === 'raster' && facts?.overviewOf === undefined && (facts === undefined || needsRasterSample(facts));
  });
  return { geometry, raster: await sampleOpenRasters(rasters, reader) };
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
  { database, postgisSchema, memory, signal }: SampleReader,
): Promise<ReadonlyMap<string, SampleResult>> {
  const results = new Map<string, SampleResult>();
  const unknown = columns.filter(({ key, state }) => !recall(memory.geometry, state, key, results));
  const sampled = await sampleGeometries(database, postgisSchema, unknown.map(targetOf), signal);
  unknown.forEach(({ key, state }, index) => {
    const result = sampled[index];
    if (result === undefined) return;
    results.set(key, result);
    const settled = !('failure' in result) && (result.srids[0] ?? 0) > 0;
    if (settled) memory.geometry.set(state, { atMs: Date.now(), result });
  });
  return results;
}

async function sampleOpenRasters(
  columns: readonly OpenColumn[],
  { database, postgisSchema, memory, signal }: SampleReader,
): Promise<ReadonlyMap<string, RasterSampleResult>> {
  const results = new Map<string, RasterSampleResult>();
  for (const open of columns) {
    if (recall(memory.raster, open.state, open.key, results)) continue;
    try {
      const result = await sampleRaster(database, postgisSchema, targetOf(open), signal);
      results.set(open.key, result);
      if (result !== undefined) memory.raster.set(open.state, { atMs: Date.now(), result });
    } catch (failure) {
      signal.throwIfAborted();
      results.set(open.key, { failure });
    }
  }
  return results;
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
