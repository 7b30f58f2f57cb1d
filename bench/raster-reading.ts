import { rasterCase, tileUrl, type RasterCase, type RasterTile } from './raster-cases.ts';
import { ms, notMeasured, type Bench, type BenchContext, type Row } from './support/context.ts';
import { connect } from './support/databases.ts';
import { openDiscovered } from './support/discovered.ts';
import { createHttpClient, warmUp } from './support/http-client.ts';
import { interleave } from './support/interleave.ts';
import { startServer } from './support/server.ts';
import { tileWork } from './support/tile-work.ts';

/** Tiles of a large raster against the reading of their blocks. */
export const rasterReading: Bench = {
  name: 'raster-reading',
  title: 'Tiles of 648 megapixels against the reading of their blocks',
  method:
    'PNG of 256 pixels through HTTP, warm, uncached, one at a time, over zooms from the whole world to beyond the cells of the raster; a bare `pg` client fetches the blocks of the level that each is drawn from with the statement that our server sends when it keeps none. Once our server may keep blocks, as it does, and once it may not.',
  run,
};

const CASE = {
  table: 'r_world001',
  zooms: [0, 2, 4, 6, 8, 10],
  places: [[10, 45]],
} as const;
const TARGET = '≤ 1.5 × reading + 3 ms';

async function run(context: BenchContext): Promise<readonly Row[]> {
  const found = await rasterCase(CASE, context.databases);
  if (found === undefined) return [notMeasured(CASE.table, TARGET, 'the table is not there')];
  return [...(await measure(found, 'kept', context)), ...(await measure(found, 'not kept', context))];
}

async function measure(found: RasterCase, manner: 'kept' | 'not kept', { rounds, tell }: BenchContext): Promise<readonly Row[]> {
  const server = await startServer({ database: found.url, env: manner === 'kept' ? {} : { GRATICULE_BLOCK_CACHE_SIZE: '0' } });
  const discovered = await openDiscovered(found.url);
  const client = await connect(found.url);
  const http = createHttpClient();
  try {
    await warmUp(
      http,
      found.tiles.map((tile) => tileUrl(server.root, found, tile)),
    );
    const rows: Row[] = [];
    for (const tile of found.tiles) {
      const { blocksText } = await tileWork(found, tile, discovered);
      const reading = { text: blocksText.text, values: [...blocksText.values], name: `blocks ${tile.z}`, rowMode: 'array' as const };
      const times = await interleave(
        { ours: () => http.get(tileUrl(server.root, found, tile)), reading: () => client.query(reading) },
        { warm: 5, measured: rounds },
      );
      const row = rowOf(tile, manner, times);
      tell(`${row.what}: ${row.result}; ${row.details}`);
      rows.push(row);
    }
    return rows;
  } finally {
    http.close();
    await client.end();
    await discovered.database.close();
    await server.stop();
  }
}

function rowOf(
  { z, level }: RasterTile,
  manner: string,
  { ours, reading }: Readonly<Record<'ours' | 'reading', number>>,
): Row & { details: string } {
  const allowance = 1.5 * reading + 3;
  return {
    what: `zoom ${z}, blocks ${manner}: time / (1.5 × reading + 3 ms)`,
    result: (ours / allowance).toFixed(2),
    target: '≤ 1',
    met: ours <= allowance,
    details: `ours ${ms(ours)}, reading ${ms(reading)}; level ${level.factor}`,
  };
}
