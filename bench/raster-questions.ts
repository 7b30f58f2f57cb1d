import { mkdtemp, rm } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { largeExport } from './large-export.ts';
import { writeCog } from './support/cog.ts';
import { ms, notMeasured, type Bench, type BenchContext, type Row } from './support/context.ts';
import { findTable } from './support/databases.ts';
import { interleave } from './support/interleave.ts';
import { startTitiler, type Peer } from './support/peers.ts';
import { startServer } from './support/server.ts';

/** Statistics, previews and points of rasters against TiTiler, and of 648 megapixels against time. */
export const rasterQuestions: Bench = {
  name: 'raster-questions',
  title: 'Questions about rasters',
  method:
    'Statistics inside a polygon, a preview of 1024 pixels and the value under a point, warm, one at a time, against TiTiler (one worker) on a Cloud Optimized GeoTIFF of the same table; and what must be quick on a table of 648 megapixels and on a small one far below its own zoom.',
  run,
};

const POLYGON = JSON.stringify({
  type: 'Feature',
  properties: {},
  geometry: {
    type: 'Polygon',
    coordinates: [
      [
        [-10, 35],
        [30, 35],
        [30, 60],
        [10, 55],
        [-10, 60],
        [-10, 35],
      ],
    ],
  },
});

async function run(context: BenchContext): Promise<readonly Row[]> {
  return [...(await againstTitiler(context)), ...(await againstTime(context)), await largeExport(context, send)];
}

async function againstTitiler(context: BenchContext): Promise<readonly Row[]> {
  const url = await findTable(context.databases, 'r_egm96');
  const found = await startTitiler(context.env);
  if (found.peer === undefined) return [notMeasured('against TiTiler', '≥ 1 ×', found.reason)];
  if (url === undefined) return [notMeasured('against TiTiler', '≥ 1 ×', 'the table is not there')];
  const folder = await mkdtemp(join(tmpdir(), 'bench-cog-'));
  const server = await startServer({ database: url });
  try {
    const file = join(folder, 'r_egm96.tif');
    await writeCog('r_egm96', context.databases.owner(url), file);
    const ours = `${server.root}/collections/r_egm96`;
    return await measureQuestions(ours, { peer: found.peer, file, context });
  } finally {
    await server.stop();
    await found.peer.stop();
    await rm(folder, { recursive: true });
  }
}

async function measureQuestions(
  ours: string,
  { peer, file, context }: { peer: Peer; file: string; context: BenchContext },
): Promise<readonly Row[]> {
  const theirs = `${peer.root}/cog`;
  const query = `url=${encodeURIComponent(file)}`;
  const questions = [
    ['statistics of a polygon', () => send(`${ours}/statistics`, POLYGON), () => send(`${theirs}/statistics?${query}`, POLYGON)],
    ['preview', () => send(`${ours}/preview?rescale=-100,85`), () => send(`${theirs}/preview.png?${query}&rescale=-100,85`)],
    ['point', () => send(`${ours}/point/7.5,46.2`), () => send(`${theirs}/point/7.5,46.2?${query}`)],
  ] as const;
  const rows: Row[] = [];
  for (const [what, own, other] of questions) {
    const times = await interleave({ own, other }, { warm: 10, measured: context.rounds });
    const ratio = times.other / times.own;
    const row = {
      what,
      result: `${ratio.toFixed(1)} ×`,
      target: '≥ 1 ×',
      met: ratio >= 1,
      details: `ours ${ms(times.own)}, TiTiler ${ms(times.other)}`,
    };
    context.tell(`${row.what}: ${row.result}; ${row.details}`);
    rows.push(row);
  }
  return rows;
}

/** Tables and what is asked of them: path, and milliseconds that it may take. */
const QUICK = [
  ['r_world001', 'a tile at zoom 0', 'map/tiles/WebMercatorQuad/0/0/0?f=png', 100],
  ['r_world001', 'statistics of the whole', 'statistics', 1000],
  ['r_landsat7', 'a tile at zoom 1', 'map/tiles/WebMercatorQuad/1/1/0?f=png', 50],
  ['r_landsat7', 'a tile at zoom 4', 'map/tiles/WebMercatorQuad/4/8/6?f=png', 50],
] as const;

async function againstTime(context: BenchContext): Promise<readonly Row[]> {
  const rows: Row[] = [];
  for (const [table, what, path, limit] of QUICK) {
    const label = `${table}: ${what}`;
    const url = await findTable(context.databases, table);
    if (url === undefined) {
      rows.push(notMeasured(label, `< ${limit} ms`, 'the table is not there'));
      continue;
    }
    // The first request also reads a sample of the collection for its colours; the others have it.
    const server = await startServer({ database: url });
    try {
      const target = `${server.root}/collections/${table}/${path}`;
      const first = await timed(() => send(target));
      const { own } = await interleave({ own: () => send(target) }, { warm: 2, measured: context.rounds });
      const row = { what: label, result: ms(own), target: `< ${limit} ms`, met: own < limit, details: `the very first ${ms(first)}` };
      context.tell(`${row.what}: ${row.result}; ${row.details}`);
      rows.push(row);
    } finally {
      await server.stop();
    }
  }
  return rows;
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}

/** Sends a request, with a body by POST, and reads the answer to its end. */
function send(url: string, body?: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const headers = body === undefined ? {} : { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(body) };
    const sent = request(url, { method: body === undefined ? 'GET' : 'POST', headers }, (response) => {
      response.resume();
      response.on('error', reject);
      response.on('end', () => (response.statusCode === 200 ? resolve() : reject(new Error(`${url} answered ${response.statusCode}`))));
    });
    sent.on('error', reject);
    sent.end(body);
  });
}
