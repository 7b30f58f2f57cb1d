import { built } from './support/built.ts';
import { ms, notMeasured, type Bench, type BenchContext, type Row } from './support/context.ts';
import { connect, findTable } from './support/databases.ts';
import { openDiscovered } from './support/discovered.ts';
import { createHttpClient } from './support/http-client.ts';
import { interleave } from './support/interleave.ts';
import { startTipg } from './support/peers.ts';
import { residentMegabytes } from './support/process.ts';
import { startServer } from './support/server.ts';

/** Pages of features. */
export const items: Bench = {
  name: 'items',
  title: 'Features against a bare client and TiPg',
  method:
    '10,000 cities as GeoJSON through HTTP without compression, one at a time; a bare `pg` client reads the same text column with the same statement; TiPg with one worker serves the same table. ' +
    'Memory: how much the resident memory of the process grows while pages of 10,000 points are read by their `next` links, against what it is after the first hundred thousand.',
  run,
};

const PAGE = 10_000;
const [TIPG_TARGET, BARE_TARGET, GROWTH_MB] = [10, 2, 64];

async function run(context: BenchContext): Promise<readonly Row[]> {
  return [...(await pages(context)), await memory(context)];
}

async function pages({ databases, env, rounds, tell }: BenchContext): Promise<readonly Row[]> {
  const [what, peerWhat] = ['10,000 cities / bare client', "10,000 cities: rate / TiPg's"];
  const url = await findTable(databases, 'cities');
  if (url === undefined) return [what, peerWhat].map((name) => notMeasured(name, '', 'the table cities is not there'));
  const statement = await pageText(url);
  const client = await connect(url);
  const server = await startServer({ database: url });
  const tipg = await startTipg(env, url);
  const http = createHttpClient({ 'Accept-Encoding': 'identity' });
  const ours = (): Promise<unknown> => http.get(`${server.root}/collections/cities/items?limit=${PAGE}&f=json`);
  const bare = (): Promise<unknown> => client.query({ name: 'page', ...statement, rowMode: 'array' });
  const theirs = (): Promise<unknown> =>
    tipg.peer === undefined ? Promise.resolve() : http.get(`${tipg.peer.root}/collections/public.cities/items?limit=${PAGE}&f=geojson`);
  try {
    tell('10,000 cities');
    await client.query('set jit = off');
    const times = await interleave({ ours, bare, tipg: theirs }, { warm: 2, measured: rounds });
    const slower = times.ours / times.bare;
    const rate = times.tipg / times.ours;
    const details = `ours ${ms(times.ours)}, bare ${ms(times.bare)}`;
    const bareRow = { what, result: slower.toFixed(2), target: `≤ ${BARE_TARGET}`, met: slower <= BARE_TARGET, details };
    if (tipg.peer === undefined) return [bareRow, notMeasured(peerWhat, `≥ ${TIPG_TARGET}`, tipg.reason)];
    return [
      bareRow,
      { what: peerWhat, result: rate.toFixed(1), target: `≥ ${TIPG_TARGET}`, met: rate >= TIPG_TARGET, details: `TiPg ${ms(times.tipg)}` },
    ];
  } finally {
    http.close();
    await client.end();
    await Promise.all([server.stop(), tipg.peer?.stop()]);
  }
}

async function pageText(url: string): Promise<{ readonly text: string; readonly values: unknown[] }> {
  const { database, vector } = await openDiscovered(url);
  try {
    const { pageStatement } = await built('services/features/page-statement.js');
    const { compile } = await built('base/sql.js');
    const { text, values } = compile(pageStatement(vector('cities'), { equals: [], limit: PAGE, offset: 0 }));
    return { text, values: [...values] };
  } finally {
    await database.close();
  }
}

const SETTLED_PAGES = 10;

/** Reads until there is no next page, or as many pages as `BENCH_PAGES` says. */
async function memory({ databases, env, tell }: BenchContext): Promise<Row> {
  const [what, target] = ['memory while points are paged', `< +${GROWTH_MB} MB`];
  const url = await findTable(databases, 'gshhg_points');
  if (url === undefined) return notMeasured(what, target, 'the table gshhg_points is not there');
  const most = Number(env['BENCH_PAGES'] ?? Infinity);
  const server = await startServer({ database: url });
  const http = createHttpClient({ 'Accept-Encoding': 'identity' });
  try {
    let next: string | undefined = `${server.root}/collections/gshhg_points/items?limit=${PAGE}&f=json`;
    let [read, settled, largest, features] = [0, 0, 0, 0];
    while (next !== undefined && read < most) {
      const { bytes } = await http.get(next);
      const page = readPage(bytes);
      [next, features, read] = [page.next, features + page.returned, read + 1];
      const resident = residentMegabytes(server.pid);
      if (read <= SETTLED_PAGES) settled = Math.max(settled, resident);
      largest = Math.max(largest, resident);
      if (read % 20 === 0) tell(`${features} points, ${resident.toFixed(0)} MB`);
    }
    const growth = largest - settled;
    return {
      what,
      result: `+${growth.toFixed(0)} MB`,
      target,
      met: growth < GROWTH_MB,
      details: `${features.toLocaleString('en')} points in ${read} pages; ${settled.toFixed(0)} MB after ${SETTLED_PAGES} pages, at most ${largest.toFixed(0)} MB`,
    };
  } finally {
    http.close();
    await server.stop();
  }
}

function readPage(bytes: Buffer): { readonly next: string | undefined; readonly returned: number } {
  const page: { readonly numberReturned?: number; readonly links?: readonly { readonly rel?: string; readonly href?: string }[] } =
    JSON.parse(bytes.toString());
  return { next: page.links?.find(({ rel }) => rel === 'next')?.href, returned: page.numberReturned ?? 0 };
}
