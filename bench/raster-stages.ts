import type { Sql } from '../src/base/sql.ts';
import { rasterCase, tileUrl, WANTED, type RasterCase, type RasterTile } from './raster-cases.ts';
import { built } from './support/built.ts';
import { ms, notMeasured, type Bench, type BenchContext, type Row } from './support/context.ts';
import { openDiscovered, type Discovered } from './support/discovered.ts';
import { createHttpClient, warmUp } from './support/http-client.ts';
import { interleave, type Way } from './support/interleave.ts';
import { recording } from './support/recording.ts';
import { startServer } from './support/server.ts';
import { sum } from './support/statistics.ts';
import { tileMatrix } from './support/tile-matrix.ts';

/** Where the time of a raster tile goes. */
export const rasterStages: Bench = {
  name: 'raster-stages',
  title: 'Where the time of a raster tile goes',
  method:
    'Means over the tiles of the comparisons above, of medians. "SQL" runs the statement of the blocks and gives only their size, "transfer" is what reading them takes beyond it, "pixels" (decode, warp, resample, stretch) what drawing takes beyond reading, "HTTP" what a request takes beyond drawing and encoding in a process of the bench.',
  run,
};

type Stages = Readonly<Record<'sql' | 'read' | 'draw' | 'encode' | 'http', number>>;

async function run(context: BenchContext): Promise<readonly Row[]> {
  const rows: Row[] = [];
  for (const wanted of WANTED) {
    const found = await rasterCase(wanted, context.databases);
    rows.push(found === undefined ? notMeasured(wanted.table, '', 'the table is not there') : await measureCase(found, context));
  }
  return rows;
}

async function measureCase(found: RasterCase, { rounds, tell }: BenchContext): Promise<Row> {
  const server = await startServer({ database: found.url });
  const discovered = await openDiscovered(found.url);
  try {
    const http = createHttpClient();
    await warmUp(
      http,
      found.tiles.map((tile) => tileUrl(server.root, found, tile)),
    );
    http.close();
    const all: Stages[] = [];
    for (const tile of found.tiles) all.push(await measureTile(found, tile, { discovered, root: server.root, rounds }));
    const mean = (pick: (stages: Stages) => number): string => ms(sum(all.map(pick)) / all.length);
    const details = [
      `SQL ${mean((s) => s.sql)}`,
      `transfer ${mean((s) => s.read - s.sql)}`,
      `pixels ${mean((s) => s.draw - s.read)}`,
      `encode ${mean((s) => s.encode)}`,
      `HTTP ${mean((s) => s.http - s.draw - s.encode)}`,
    ].join(', ');
    tell(`${found.table}: ${details}`);
    return { what: found.table, result: mean(({ http }) => http), target: '', met: undefined, details };
  } finally {
    await discovered.database.close();
    await server.stop();
  }
}

interface Tools {
  readonly discovered: Discovered;
  readonly root: string;
  readonly rounds: number;
}

async function measureTile(found: RasterCase, tile: RasterTile, { discovered, root, rounds }: Tools): Promise<Stages> {
  const http = createHttpClient();
  const url = tileUrl(root, found, tile);
  try {
    return await interleave({ ...(await stagesOf(found, tile, discovered)), http: () => http.get(url) }, { warm: 40, measured: rounds });
  } finally {
    http.close();
  }
}

async function stagesOf(
  found: RasterCase,
  tile: RasterTile,
  { database, raster }: Discovered,
): Promise<Readonly<Record<'sql' | 'read' | 'draw' | 'encode', Way>>> {
  const { targetOfTile } = await built('services/rasters/targets.js');
  const { createRasterService } = await built('services/rasters/raster-service.js');
  const { encodePicture } = await built('image/encode.js');
  const { sql } = await built('base/sql.js');
  const { ANONYMOUS } = await built('base/principal.js');
  const context = { signal: new AbortController().signal, principal: ANONYMOUS };
  const collection = raster(found.table);
  const sent: Sql[] = [];
  const recorded = recording(database, (statement) => sent.push(statement));
  const service = createRasterService({ database: recorded });
  const target = targetOfTile({ ...(await tileMatrix(tile.z)), row: tile.y, col: tile.x });
  const request = { sources: [{ collection }], target, look: {} };
  const picture = await service.picture(request, context);
  const blocks = sent.at(-1);
  if (picture === undefined || blocks === undefined) throw new Error(`Nothing of ${found.table} lies in ${JSON.stringify(tile)}`);
  const options = { ...context, name: 'bench' };
  return {
    sql: () => database.rows(sql`select sum(length(bytes)) from (${blocks}) as block (bytes)`, options),
    read: () => database.rows(blocks, options),
    draw: () => service.picture(request, context),
    encode: () => encodePicture(picture, 'png'),
  };
}
