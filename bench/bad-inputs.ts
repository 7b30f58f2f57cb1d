import { ms, notMeasured, type Bench, type BenchContext, type Row } from './support/context.ts';
import { findTable } from './support/databases.ts';
import { createHttpClient } from './support/http-client.ts';
import { startServer } from './support/server.ts';
import { median } from './support/statistics.ts';

/** How long a request that cannot be answered keeps anybody waiting. */
export const badInputs: Bench = {
  name: 'bad-inputs',
  title: 'Bad requests',
  method:
    'Requests with faults in path, parameters and headers, each a few times; the slowest by its median. Whether the answers are right is a matter of the tests.',
  run,
};

const TARGET_MS = 300;
const ITEMS = '/collections/cities/items';
const TILES = '/collections/cities/tiles';

/** Each is answered with a status of 400 or more. */
const PATHS: readonly string[] = [
  `${ITEMS}?bbox=1,2,3`,
  `${ITEMS}?bbox=a,b,c,d`,
  `${ITEMS}?bbox=${'9'.repeat(2000)},0,1,1`,
  `${ITEMS}?bbox=NaN,0,1,1`,
  `${ITEMS}?limit=-1`,
  `${ITEMS}?limit=10&limit=20`,
  `${ITEMS}?offset=1e3`,
  `${ITEMS}?datetime=yesterday`,
  `${ITEMS}?datetime=2020-01-01/2019-01-01`,
  `${ITEMS}?unknown=1`,
  `${ITEMS}?name=%ff`,
  `${ITEMS}?name=%00`,
  `${ITEMS}?population=abc&limit=x&bbox=1&datetime=y`,
  `${ITEMS}?f=exe`,
  `${ITEMS}/none`,
  `${ITEMS}/-9223372036854775809`,
  `${ITEMS}/${'1'.repeat(1000)}`,
  '/collections/none',
  '/collections/%2e%2e%2f%2e%2e%2fetc%2fpasswd',
  '/collections/pg_catalog.pg_class/items',
  `/collections/${'a'.repeat(3000)}`,
  `/collections/cities';drop%20table%20cities/items`,
  '/collections?q=%E0%A4%A',
  `${TILES}/None`,
  `${TILES}/WebMercatorQuad/99/0/0`,
  `${TILES}/WebMercatorQuad/5/32/0`,
  `${TILES}/WebMercatorQuad/5/-1/0`,
  `${TILES}/WebMercatorQuad/5/1.5/0`,
  `${TILES}/WebMercatorQuad/5/99999999999999999999/0`,
  `${TILES}/WebMercatorQuad/5/0/0?f=png`,
  '/tileMatrixSets/none',
  '/xyz/none/0/0/0.png',
  `/${'a/'.repeat(2000)}`,
  `/?${Array.from({ length: 500 }, (_, i) => `p${i}=1`).join('&')}`,
];

async function run({ databases, rounds }: BenchContext): Promise<readonly Row[]> {
  const database = await findTable(databases, 'cities');
  if (database === undefined) return [notMeasured('the slowest', `≤ ${TARGET_MS} ms`, 'the table cities is not there')];
  const server = await startServer({ database });
  const http = createHttpClient();
  try {
    const times: { path: string; time: number; status: number }[] = [];
    for (const path of PATHS) times.push({ path, ...(await slowness(() => http.ask(`${server.root}${path}`), rounds)) });
    const served = times.filter(({ status }) => status < 400);
    if (served.length > 0) throw new Error(`Not refused: ${served.map(({ path, status }) => `${status} ${path.slice(0, 80)}`).join(', ')}`);
    const [slowest] = [...times].sort((a, b) => b.time - a.time);
    if (slowest === undefined) return [];
    const details = `${PATHS.length} requests, median ${ms(median(times.map(({ time }) => time)))}; the slowest is \`${slowest.path.slice(0, 60)}\``;
    return [{ what: 'the slowest', result: ms(slowest.time), target: `≤ ${TARGET_MS} ms`, met: slowest.time <= TARGET_MS, details }];
  } finally {
    http.close();
    await server.stop();
  }
}

async function slowness(
  ask: () => Promise<{ readonly status: number }>,
  rounds: number,
): Promise<{ readonly time: number; readonly status: number }> {
  const times: number[] = [];
  let status = 0;
  for (let round = 0; round < rounds; round += 1) {
    const started = performance.now();
    status = (await ask()).status;
    times.push(performance.now() - started);
  }
  return { time: median(times), status };
}
