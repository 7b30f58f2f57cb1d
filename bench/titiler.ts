import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { rasterCase, tileUrl, WANTED, type RasterCase, type RasterTile } from './raster-cases.ts';
import { writeCog } from './support/cog.ts';
import { ms, notMeasured, type Bench, type BenchContext, type Row } from './support/context.ts';
import { createHttpClient, warmUp } from './support/http-client.ts';
import { interleave } from './support/interleave.ts';
import { startTitiler, type Peer } from './support/peers.ts';
import { pictureDifference } from './support/picture-difference.ts';
import { startServer, type Server } from './support/server.ts';
import { geometricMean, sum } from './support/statistics.ts';

/** Raster tiles against TiTiler on the same pixels as COG. */
export const titilerBench: Bench = {
  name: 'titiler',
  title: 'Raster tiles against TiTiler',
  method:
    'PNG of 256 pixels, warm, uncached, one at a time over one connection, the tiles of the comparison with SQL. TiTiler (one worker, GDAL block cache on) reads Cloud Optimized GeoTIFFs made from the same tables with `gdal_translate -of COG` (blocks of 256, overviews by average, DEFLATE), bilinear, with our stretch.',
  run,
};

const [MEAN_TARGET, WORST_TARGET] = [5, 3];
const MEAN = 'geometric mean';

async function run(context: BenchContext): Promise<readonly Row[]> {
  const found = await startTitiler(context.env);
  if (found.peer === undefined) return [notMeasured(MEAN, `≥ ${MEAN_TARGET} ×`, found.reason)];
  const folder = await mkdtemp(join(tmpdir(), 'bench-cog-'));
  try {
    return await measureAll(found.peer, folder, context);
  } finally {
    await found.peer.stop();
    await rm(folder, { recursive: true });
  }
}

async function measureAll(peer: Peer, folder: string, context: BenchContext): Promise<readonly Row[]> {
  const rows: Row[] = [];
  const rates: number[] = [];
  for (const wanted of WANTED) {
    const found = await rasterCase(wanted, context.databases);
    if (found === undefined) {
      rows.push(notMeasured(wanted.table, `≥ ${WORST_TARGET} ×`, 'the table is not there'));
      continue;
    }
    context.tell(`${found.table}, ${found.tiles.length} tiles`);
    const file = join(folder, `${found.table}.tif`);
    await writeCog(found.table, context.databases.owner(found.url), file);
    const { row, rate } = await measureCase(found, { peer, file, rounds: context.rounds });
    context.tell(`${row.result}; ${row.details ?? ''}`);
    rows.push(row);
    rates.push(rate);
  }
  if (rates.length === 0) return rows;
  const mean = geometricMean(rates);
  return [...rows, { what: MEAN, result: `${mean.toFixed(1)} ×`, target: `≥ ${MEAN_TARGET} ×`, met: mean >= MEAN_TARGET }];
}

interface Tools {
  readonly peer: Peer;
  readonly file: string;
  readonly rounds: number;
}

async function measureCase(found: RasterCase, tools: Tools): Promise<{ readonly row: Row; readonly rate: number }> {
  const server = await startServer({ database: found.url });
  try {
    const http = createHttpClient();
    await warmUp(
      http,
      found.tiles.map((tile) => tileUrl(server.root, found, tile)),
    );
    http.close();
    const times: TileTimes[] = [];
    for (const tile of found.tiles) times.push(await measureTile(found, tile, { ...tools, server }));
    const rate = geometricMean(times.map(({ ours, theirs }) => theirs / ours));
    const average = (pick: (time: TileTimes) => number): string => ms(sum(times.map(pick)) / times.length);
    const details = `${times.length} tiles; ours ${average((t) => t.ours)}, TiTiler ${average((t) => t.theirs)}, difference ≤ ${Math.max(...times.map((t) => t.difference)).toFixed(1)}`;
    return {
      row: { what: found.table, result: `${rate.toFixed(1)} ×`, target: `≥ ${WORST_TARGET} ×`, met: rate >= WORST_TARGET, details },
      rate,
    };
  } finally {
    await server.stop();
  }
}

interface TileTimes {
  readonly ours: number;
  readonly theirs: number;
  /** Mean difference of the two pictures in grey levels. */
  readonly difference: number;
}

async function measureTile(
  found: RasterCase,
  tile: RasterTile,
  { peer, file, rounds, server }: Tools & { readonly server: Server },
): Promise<TileTimes> {
  const http = createHttpClient();
  const { stretch } = found;
  const { z, x, y } = tile;
  const query = new URLSearchParams({ url: file, resampling: 'bilinear', reproject: 'bilinear', return_mask: 'true' });
  if (stretch !== undefined) query.set('rescale', `${stretch.min},${stretch.max}`);
  const ours = tileUrl(server.root, found, tile);
  const theirs = `${peer.root}/cog/tiles/WebMercatorQuad/${z}/${x}/${y}.png?${query.toString()}`;
  try {
    const difference = await pictureDifference((await http.get(ours)).bytes, (await http.get(theirs)).bytes);
    const times = await interleave({ ours: () => http.get(ours), theirs: () => http.get(theirs) }, { warm: 2, measured: rounds });
    return { ...times, difference };
  } finally {
    http.close();
  }
}
