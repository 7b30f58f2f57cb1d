import { ANONYMOUS } from '../base/principal.ts';
import { ident, join, literal, sql } from '../base/sql.ts';
import type { Sql } from '../base/sql.ts';
import type { Database, Row } from '../db/database.ts';
import { int, text } from './cell.ts';

/** A geometry column whose modifier leaves the SRID or the type open. */
export interface SampleTarget {
  readonly schema: string;
  readonly table: string;
  readonly column: string;
}

/** What the first rows of a column hold. */
export interface GeometrySample {
  /** Distinct SRIDs, most frequent first; empty when no row has a geometry. */
  readonly srids: readonly number[];
  /** Distinct OGC types in upper case. */
  readonly types: readonly string[];
  readonly hasZ: boolean;
  readonly hasM: boolean;
  /** The relation has no more rows than were looked at. */
  readonly complete: boolean;
}

/** What relations that cannot be read may still cost in one discovery; lessened by every failure. */
export interface Patience {
  leftMs: number;
}

/** A sample, or why it could not be taken. */
export type SampleResult = GeometrySample | { readonly failure: unknown };

/** Rows looked at in each relation. */
const SAMPLE_ROWS = 1_000;
const BATCH = 50;
const TIMEOUT_MS = 2_000;

/** What is said of a relation whose turn did not come. */
export const NO_TIME_LEFT = 'other relations took too long; it is looked at again with the next refresh';

/**
 * Looks at the first rows of each column, many columns a statement. When one of them fails they are tried one by one,
 * so that none hides the others; when failures have used up their time the rest is left for another time.
 */
export async function sampleGeometries(
  reader: { readonly database: Database; readonly postgisSchema: string; readonly signal: AbortSignal },
  targets: readonly SampleTarget[],
  patience: Patience,
): Promise<readonly SampleResult[]> {
  const sample = async (batch: readonly SampleTarget[]): Promise<readonly SampleResult[]> => {
    if (patience.leftMs <= 0) return batch.map(() => ({ failure: new Error(NO_TIME_LEFT) }));
    const started = performance.now();
    try {
      const rows = await reader.database.rows(geometrySampleStatement(reader.postgisSchema, batch), {
        name: 'catalog.geometry-sample',
        signal: reader.signal,
        principal: ANONYMOUS,
        timeoutMs: TIMEOUT_MS,
      });
      return batch.map((_, index) => summarise(rows.filter((row) => int(row, 0) === index)));
    } catch (failure) {
      reader.signal.throwIfAborted();
      patience.leftMs -= performance.now() - started;
      if (batch.length === 1) return [{ failure }];
      const results: SampleResult[] = [];
      for (const target of batch) results.push(...(await sample([target])));
      return results;
    }
  };
  const results: SampleResult[] = [];
  for (let start = 0; start < targets.length; start += BATCH) results.push(...(await sample(targets.slice(start, start + BATCH))));
  return results;
}

/** One row per column and distinct SRID, type and dimension: column index, SRID, type, Z/M flag, count, rows looked at. */
export function geometrySampleStatement(postgisSchema: string, targets: readonly SampleTarget[]): Sql {
  const postgis = (name: string): Sql => ident([postgisSchema, name]);
  const one = ({ schema, table, column }: SampleTarget, index: number): Sql => sql`
    select
      ${literal(index)} as target, ${postgis('st_srid')}(s.geom) as srid, ${postgis('geometrytype')}(s.geom) as type,
      ${postgis('st_zmflag')}(s.geom) as dimensions, count(*) as rows
    from (
      select ${ident(column)}::${postgis('geometry')} as geom
      from ${ident([schema, table])}
      limit ${literal(SAMPLE_ROWS)}
    ) s
    group by 2, 3, 4`;
  return join(
    targets.map((target, index) => sql`(${one(target, index)})`),
    sql` union all `,
  );
}

function summarise(rows: readonly Row[]): GeometrySample {
  const seen = rows.reduce((sum, row) => sum + int(row, 4), 0);
  const present = rows.filter((row) => row[1] !== null);
  const bySrid = new Map<number, number>();
  for (const row of present) bySrid.set(int(row, 1), (bySrid.get(int(row, 1)) ?? 0) + int(row, 4));
  return {
    srids: [...bySrid].sort((a, b) => b[1] - a[1]).map(([srid]) => srid),
    // GEOMETRYTYPE appends M to measured types, and Z is told by the flag alone.
    types: [...new Set(present.map((row) => text(row, 2).replace(/(?<!Z)M$/, '')))],
    hasM: present.some((row) => [1, 3].includes(int(row, 3))),
    hasZ: present.some((row) => [2, 3].includes(int(row, 3))),
    complete: seen < SAMPLE_ROWS,
  };
}
