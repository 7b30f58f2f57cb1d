import type { Report } from '../../cluster/report.ts';
import { step } from '../../cluster/report.ts';
import { copyRows } from '../../db/copy.ts';
import type { Owner } from '../../db/owner.ts';
import { blockCount, blocks } from './blocks.ts';
import { halve, type PixelSource } from './pixel-source.ts';
import { commentStatement, overviewConstraintStatement, rasterConstraintStatements, rasterTableStatement } from './statements.ts';

/** A raster to load and how it is called. */
export interface RasterToLoad {
  readonly table: string;
  readonly source: PixelSource;
  readonly comment: Readonly<Record<string, unknown>>;
}

/** Overviews by these factors, as `raster2pgsql -l 2,4,8`. */
const FACTORS = [2, 4, 8];

/**
 * Writes a raster as a table of 256 × 256 blocks with overviews, constraints and indexes, as
 * `raster2pgsql -I -C -M -t 256x256 -l 2,4,8` would leave it (but for the vacuum, which needs to stand outside a
 * transaction). Gives the names of the tables.
 */
export async function loadRaster(owner: Owner, raster: RasterToLoad, report: Report): Promise<readonly string[]> {
  const { table, source, comment } = raster;
  const tables = [table];
  await step(
    report,
    `Loading ${table} (${source.width} × ${source.height} pixels, ${source.bands.length} ${source.bands.length === 1 ? 'band' : 'bands'})`,
    async (advance) => {
      await writeTable(owner, table, source, advance);
      await owner.run(commentStatement(table, comment));
      let level = source;
      for (const factor of FACTORS) {
        const name = `o_${factor}_${table}`;
        level = halve(level);
        await writeTable(owner, name, level, (detail) => advance(`overview by ${factor}: ${detail}`));
        await owner.run(overviewConstraintStatement(name, table, factor));
        tables.push(name);
      }
    },
  );
  return tables;
}

async function writeTable(owner: Owner, table: string, source: PixelSource, advance: (detail: string) => void): Promise<void> {
  await owner.run(rasterTableStatement(table));
  const count = blockCount(source);
  await copyRows(
    owner,
    { table: [table], columns: ['rast'] },
    rows(source, (done) => advance(`${done} of ${count} blocks`)),
  );
  for (const statement of rasterConstraintStatements(table)) await owner.run(statement);
}

function* rows(source: PixelSource, done: (blocks: number) => void): Generator<readonly [string]> {
  let written = 0;
  for (const block of blocks(source)) {
    yield [block.toString('hex')];
    written += 1;
    if (written % 16 === 0) done(written);
  }
}
