import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { LOOK_CASES, type LookCase } from './look-cases.ts';
import { writeCog } from './support/cog.ts';
import { notMeasured, type Bench, type BenchContext, type Row } from './support/context.ts';
import { findTable } from './support/databases.ts';
import { createHttpClient, warmUp } from './support/http-client.ts';
import { startTitiler, type Peer } from './support/peers.ts';
import { pictureDifference } from './support/picture-difference.ts';
import { rates } from './support/rate.ts';
import { startServer } from './support/server.ts';
import { geometricMean, sum } from './support/statistics.ts';

/** Looks of rasters against TiTiler, one at a time and eight at once. */
export const rasterLooks: Bench = {
  name: 'raster-looks',
  title: 'Looks of rasters against TiTiler, one at a time and eight at once',
  method:
    'PNG of 256 pixels, warm, uncached. TiTiler (two workers, GDAL block cache on) reads Cloud Optimized GeoTIFFs made from the same tables (blocks of 256, overviews by average, DEFLATE) with the same parameters; both share two cores with PostgreSQL and the client. Requests a second over the tile list, in turn.',
  run,
};

const [WORST, MEAN_ALONE, MEAN_TOGETHER] = [3, 5, 4];
/** Each tile is asked for so often in a round. */
const REPEATS = 4;

interface Measured {
  readonly alone: number;
  readonly together: number;
  readonly rows: readonly Row[];
}

async function run(context: BenchContext): Promise<readonly Row[]> {
  const found = await startTitiler(context.env, 2);
  if (found.peer === undefined) return [notMeasured('geometric mean', `≥ ${MEAN_ALONE} ×`, found.reason)];
  const folder = await mkdtemp(join(tmpdir(), 'bench-cog-'));
  try {
    const measured: Measured[] = [];
    for (const wanted of LOOK_CASES) {
      const url = await findTable(context.databases, wanted.table);
      if (url === undefined) continue;
      context.tell(`${wanted.what}: ${wanted.table}, ${wanted.tiles.length} tiles`);
      const one = await measureCase(wanted, { url, peer: found.peer, folder, context });
      for (const { what, result, details } of one.rows) context.tell(`${what}: ${result}; ${details ?? ''}`);
      measured.push(one);
    }
    return [
      ...measured.flatMap(({ rows }) => rows),
      meanRow(
        'one at a time, geometric mean',
        measured.map(({ alone }) => alone),
        MEAN_ALONE,
      ),
      meanRow(
        'eight at once, geometric mean',
        measured.map(({ together }) => together),
        MEAN_TOGETHER,
      ),
    ];
  } finally {
    await found.peer.stop();
    await rm(folder, { recursive: true });
  }
}

function meanRow(what: string, ratios: readonly number[], target: number): Row {
  if (ratios.length === 0) return notMeasured(what, `≥ ${target} ×`, 'none of the tables is there');
  const mean = geometricMean(ratios);
  return { what, result: `${mean.toFixed(1)} ×`, target: `≥ ${target} ×`, met: mean >= target };
}

interface Tools {
  readonly url: string;
  readonly peer: Peer;
  readonly folder: string;
  readonly context: BenchContext;
}

async function measureCase(wanted: LookCase, { url, peer, folder, context }: Tools): Promise<Measured> {
  const file = join(folder, `${wanted.table}.tif`);
  await writeCog(wanted.table, context.databases.owner(url), file);
  const server = await startServer({ database: url });
  const http = createHttpClient();
  try {
    const ours = wanted.tiles.map((tile) => ourUrl(server.root, wanted, tile));
    const theirs = wanted.tiles.map((tile) => theirUrl(peer.root, file, wanted, tile));
    await warmUp(http, ours);
    const pictures = await Promise.all(
      ours.map(async (own, n) => [(await http.get(own)).bytes, (await http.get(theirs[n] ?? '')).bytes] as const),
    );
    const differences = await Promise.all(pictures.map(([a, b]) => pictureDifference(a, b)));
    const bytes = [0, 1].map((side) => sum(pictures.map((pair) => pair[side]?.length ?? 0)) / pictures.length / 1000);
    const about = `difference ≤ ${Math.max(...differences).toFixed(1)}, ${bytes[0]?.toFixed(0)} against ${bytes[1]?.toFixed(0)} kB a tile`;
    const lists = [repeat(ours), repeat(theirs)];
    const [alone, aloneRow] = await compare(lists, 1, `${wanted.what}, one at a time`, { rounds: context.rounds, about });
    const [together, togetherRow] = await compare(lists, 8, `${wanted.what}, eight at once`, { rounds: context.rounds, about: '' });
    return { alone, together, rows: [aloneRow, togetherRow] };
  } finally {
    http.close();
    await server.stop();
  }
}

async function compare(
  lists: readonly (readonly string[])[],
  connections: number,
  what: string,
  { rounds, about }: { readonly rounds: number; readonly about: string },
): Promise<readonly [number, Row]> {
  const [ours = 0, theirs = 1] = await rates(lists, { connections, rounds });
  const ratio = ours / theirs;
  const details = [`ours ${ours.toFixed(0)}/s, TiTiler ${theirs.toFixed(0)}/s`, ...(about === '' ? [] : [about])].join('; ');
  return [ratio, { what, result: `${ratio.toFixed(1)} ×`, target: `≥ ${WORST} ×`, met: ratio >= WORST, details }];
}

function repeat(urls: readonly string[]): readonly string[] {
  return Array.from({ length: REPEATS }, () => urls).flat();
}

function ourUrl(root: string, { table, look, resampling }: LookCase, { z, x, y }: LookCase['tiles'][number]): string {
  const query = new URLSearchParams({ f: 'png', ...look, ...(resampling === 'nearest' ? { resampling } : {}) });
  return `${root}/collections/${table}/map/tiles/WebMercatorQuad/${z}/${y}/${x}?${query.toString()}`;
}

function theirUrl(root: string, file: string, { look, resampling }: LookCase, { z, x, y }: LookCase['tiles'][number]): string {
  const query = new URLSearchParams({ url: file, resampling, reproject: resampling, return_mask: 'true', ...look });
  return `${root}/cog/tiles/WebMercatorQuad/${z}/${x}/${y}.png?${query.toString()}`;
}
