import { createHttpClient, type HttpClient } from './support/http-client.ts';
import { CHECKOUT } from './support/checkout.ts';
import { notMeasured, type Bench, type BenchContext, type Row } from './support/context.ts';
import { findTable } from './support/databases.ts';
import { cpuMs, freePort, start, untilServed } from './support/process.ts';
import { startServer } from './support/server.ts';
import { median } from './support/statistics.ts';

/** What a tile from the cache costs beyond what Node's HTTP server costs anyway. */
export const cachedTile: Bench = {
  name: 'cached-tile',
  title: 'A tile from the cache',
  method:
    'CPU time per request (user and system, from /proc) of the server for a vector tile that it has cached, and of a bare `node:http` handler that answers with the same bytes and three headers; one keep-alive connection, rounds in turn.',
  run,
};

const WHAT = 'CPU of a cached tile / bare handler';
const TARGET = 1.2;
const REQUESTS = 3000;

async function run({ databases, rounds, tell }: BenchContext): Promise<readonly Row[]> {
  const database = await findTable(databases, 'cities');
  if (database === undefined) return [notMeasured(WHAT, `≤ ${TARGET}`, 'the table cities is not there')];
  const server = await startServer({ database, env: { GRATICULE_TILE_TTL: '3600' } });
  const http = createHttpClient();
  const url = `${server.root}/collections/cities/tiles/WebMercatorQuad/8/88/132?f=mvt`;
  const { bytes } = await http.get(url);
  const port = await freePort();
  const bare = start({
    command: process.execPath,
    args: [`${CHECKOUT}/build/bench/support/bare-server.js`, String(port), String(bytes.length)],
  });
  try {
    const bareUrl = `http://127.0.0.1:${port}/`;
    await untilServed(bareUrl, bare);
    const [ours, theirs]: [number[], number[]] = [[], []];
    for (let round = 0; round <= rounds; round += 1) {
      tell(`round ${round} of ${rounds}`);
      const pair = [await cost(http, url, server.pid), await cost(http, bareUrl, bare.pid)] as const;
      // The first round warms both up.
      if (round > 0) {
        ours.push(pair[0]);
        theirs.push(pair[1]);
      }
    }
    const ratio = median(ours.map((value, i) => value / (theirs[i] ?? Number.NaN)));
    const details = `${bytes.length} bytes; ours ${(median(ours) * 1000).toFixed(0)} µs, bare ${(median(theirs) * 1000).toFixed(0)} µs`;
    return [{ what: WHAT, result: ratio.toFixed(2), target: `≤ ${TARGET}`, met: ratio <= TARGET, details }];
  } finally {
    http.close();
    await bare.stop();
    await server.stop();
  }
}

/** CPU milliseconds per request. */
async function cost(http: HttpClient, url: string, pid: number): Promise<number> {
  const before = cpuMs(pid);
  for (let i = 0; i < REQUESTS; i += 1) await http.get(url);
  return (cpuMs(pid) - before) / REQUESTS;
}
