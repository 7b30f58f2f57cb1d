import type { RunContext } from '../../db/database.ts';
import type { PositionValues } from '../../model/coverages.ts';
import { readCoverage } from './read-coverage.ts';
import type { CoverageReading, ReadTools } from './read-coverage.ts';

/** The numbers of the cell at a position: one field is a plain value, several are named (OGC 19-087 /req/position-query). */
export async function positionValues(tools: ReadTools, reading: CoverageReading, context: RunContext): Promise<PositionValues> {
  const { planes, bands } = await readCoverage(tools, reading, context);
  const values = planes.map((plane) => {
    const value = plane[0] ?? Number.NaN;
    return Number.isFinite(value) ? value : null;
  });
  const [first = null] = values;
  return values.length === 1 ? first : Object.fromEntries(bands.map(({ name }, i) => [name, values[i] ?? null]));
}
