import { ms, notMeasured, type Bench, type BenchContext, type Row } from './support/context.ts';
import { findTable } from './support/databases.ts';
import { createHttpClient, warmUp, type HttpClient } from './support/http-client.ts';
import { startMartin, startTipg, type Peer, type PeerOrReason } from './support/peers.ts';
import { writeScript } from './support/pgbench.ts';
import { startServer, type Server } from './support/server.ts';
import { median, sum } from './support/statistics.ts';
import { vectorCases, type Tile, type ZoomCase } from './vector-cases.ts';

/** Vector tiles against the bare statement and against other servers. */
export const vectorTiles: Bench = {
  name: 'vector-tiles',
  title: 'Vector tiles against the bare statement, martin and TiPg',
  method:
    'MVT, uncached, one at a time over one connection, up to twelve tiles with data a zoom (the same each time), zooms 4–14; a zoom counts by the sum over its tiles. ' +
    'The statement is the very text that the server sends for the tile, through `pgbench -M prepared`. The peers serve the same tables with their defaults, one worker and no cache; our tiles carry feature ids and stop at 50,000 features and 500 kB, theirs need not.',
  run,
};

/** From here on tiles are small: good to warm up with. */
const WARM_ZOOM = 8;
const TABLES = ['cities', 'gshhg_lines', 'osm_polygons'];
const [STATEMENT_FACTOR, STATEMENT_EXTRA_MS, TIPG_TARGET, SHORT_MS, SHORT_RATE] = [1.15, 1, 2, 2, 0.8];

async function run(context: BenchContext): Promise<readonly Row[]> {
  const rows: Row[] = [];
  for (const table of TABLES) {
    const url = await findTable(context.databases, table);
    if (url === undefined) rows.push(notMeasured(table, '', 'the table is not there'));
    else rows.push(...(await measureTable(table, url, context)));
  }
  return rows;
}

/** Milliseconds for all tiles of a zoom. */
interface ZoomTimes {
  readonly z: number;
  readonly tiles: number;
  readonly ours: number;
  readonly statement: number;
  readonly martin: number | undefined;
  readonly tipg: number | undefined;
}

async function measureTable(table: string, url: string, context: BenchContext): Promise<readonly Row[]> {
  const cases = await vectorCases(url, table);
  const server = await startServer({ database: url });
  const http = createHttpClient({ 'Accept-Encoding': 'identity' });
  const martin = await usable(await startMartin(context.env, url), http, (root, { z, x, y }) => `${root}/${table}/${z}/${x}/${y}`, cases);
  const tipg = await usable(
    await startTipg(context.env, url),
    http,
    (root, { z, x, y }) => `${root}/collections/public.${table}/tiles/WebMercatorQuad/${z}/${x}/${y}`,
    cases,
  );
  try {
    await warmUp(
      http,
      cases.filter(({ z }) => z >= WARM_ZOOM).flatMap(({ tiles }) => tiles.map((tile) => tileUrl(server, table, tile))),
    );
    const times: ZoomTimes[] = [];
    for (const zoom of cases) {
      const found = await measureZoom(zoom, { table, url, server, martin, tipg, http, rounds: context.rounds });
      context.tell(
        `${table} zoom ${zoom.z}: ours ${ms(found.ours)}, statement ${ms(found.statement)}, martin ${ms(found.martin ?? Number.NaN)}, TiPg ${ms(found.tipg ?? Number.NaN)}`,
      );
      times.push(found);
    }
    return [statementRow(table, times), martinRow(table, times, martin), tipgRow(table, times, tipg)];
  } finally {
    http.close();
    await Promise.all([server.stop(), martin.peer?.stop(), tipg.peer?.stop()]);
  }
}

/** A peer that serves the table: where its tiles are. */
type TileServer = { readonly peer: Peer; at(tile: Tile): string } | { readonly peer: undefined; readonly reason: string };

/** Some tables are beyond some peers. */
async function usable(
  found: PeerOrReason,
  http: HttpClient,
  address: (root: string, tile: Tile) => string,
  cases: readonly ZoomCase[],
): Promise<TileServer> {
  if (found.peer === undefined) return found;
  const { peer } = found;
  const at = (tile: Tile): string => address(peer.root, tile);
  for (const tile of cases.flatMap(({ tiles }) => tiles)) {
    const { status } = await http.ask(at(tile));
    if (isTile(status)) continue;
    await peer.stop();
    return { peer: undefined, reason: `it answers ${status} on ${tile.z}/${tile.x}/${tile.y}` };
  }
  return { peer, at };
}

interface Tools {
  readonly table: string;
  readonly url: string;
  readonly server: Server;
  readonly martin: TileServer;
  readonly tipg: TileServer;
  readonly http: HttpClient;
  readonly rounds: number;
}

async function measureZoom(
  { z, tiles, statements }: ZoomCase,
  { table, url, server, martin, tipg, http, rounds }: Tools,
): Promise<ZoomTimes> {
  const script = await writeScript(statements, url);
  const timeAll = async (address: (tile: Tile) => string): Promise<number> => {
    const started = performance.now();
    for (const tile of tiles) await askTile(http, address(tile));
    return performance.now() - started;
  };
  const taken: Record<'ours' | 'statement' | 'martin' | 'tipg', number[]> = { ours: [], statement: [], martin: [], tipg: [] };
  try {
    for (let round = 0; round <= rounds; round += 1) {
      const ours = await timeAll((tile) => tileUrl(server, table, tile));
      const statement = await script.time();
      const theirs = martin.peer === undefined ? undefined : await timeAll(martin.at);
      const slow = tipg.peer === undefined ? undefined : await timeAll(tipg.at);
      // The first round warms everything up.
      if (round === 0) continue;
      taken.ours.push(ours);
      taken.statement.push(statement);
      if (theirs !== undefined) taken.martin.push(theirs);
      if (slow !== undefined) taken.tipg.push(slow);
    }
  } finally {
    await script.close();
  }
  const middle = (values: readonly number[]): number | undefined => (values.length === 0 ? undefined : median(values));
  return {
    z,
    tiles: tiles.length,
    ours: median(taken.ours),
    statement: median(taken.statement),
    martin: middle(taken.martin),
    tipg: middle(taken.tipg),
  };
}

function tileUrl({ root }: Server, table: string, { z, x, y }: Tile): string {
  return `${root}/collections/${table}/tiles/WebMercatorQuad/${z}/${y}/${x}?f=mvt`;
}

/** A tile may be empty, which martin says with 204. */
function isTile(status: number): boolean {
  return status === 200 || status === 204;
}

async function askTile(http: HttpClient, url: string): Promise<void> {
  const { status } = await http.ask(url);
  if (!isTile(status)) throw new Error(`${url} answered ${status}`);
}

function statementRow(table: string, times: readonly ZoomTimes[]): Row {
  const allowed = ({ statement, tiles }: ZoomTimes): number => STATEMENT_FACTOR * statement + STATEMENT_EXTRA_MS * tiles;
  const over = times.filter((zoom) => zoom.ours > allowed(zoom));
  const worst = Math.max(...times.map((zoom) => zoom.ours / allowed(zoom)));
  const beyond = times.map(({ ours, statement, tiles }) => (ours - statement) / tiles);
  const details = `ours ${ms(sum(times.map(({ ours }) => ours)))} for ${sum(times.map(({ tiles }) => tiles))} tiles, statement ${ms(sum(times.map(({ statement }) => statement)))}; beyond the statement ${ms(median(beyond))} a tile${over.length === 0 ? '' : `; over at zooms ${zoomList(over)}`}`;
  return {
    what: `${table}: time / (1.15 × statement + 1 ms a tile), worst zoom`,
    result: worst.toFixed(2),
    target: '≤ 1',
    met: over.length === 0,
    details,
  };
}

function martinRow(table: string, times: readonly ZoomTimes[], martin: TileServer): Row {
  const what = `${table}: rate / martin's, worst zoom`;
  const target = '≥ 1 (≥ 0.8 where the statement takes < 2 ms)';
  if (martin.peer === undefined) return notMeasured(what, target, martin.reason);
  const rates = times.map((zoom) => ({
    z: zoom.z,
    rate: (zoom.martin ?? Number.NaN) / zoom.ours,
    least: zoom.statement / zoom.tiles < SHORT_MS ? SHORT_RATE : 1,
  }));
  const missed = rates.filter(({ rate, least }) => rate < least);
  const [worst] = [...rates].sort((a, b) => a.rate / a.least - b.rate / b.least);
  const details = `all zooms ${(sum(times.map((zoom) => zoom.martin ?? 0)) / sum(times.map(({ ours }) => ours))).toFixed(2)}; ${rates.map(({ z, rate }) => `z${z} ${rate.toFixed(2)}`).join(', ')}`;
  return { what, result: (worst?.rate ?? Number.NaN).toFixed(2), target, met: missed.length === 0, details };
}

function tipgRow(table: string, times: readonly ZoomTimes[], tipg: TileServer): Row {
  const what = `${table}: rate / TiPg's, all zooms`;
  const target = `≥ ${TIPG_TARGET}`;
  if (tipg.peer === undefined) return notMeasured(what, target, tipg.reason);
  const rate = sum(times.map((zoom) => zoom.tipg ?? 0)) / sum(times.map(({ ours }) => ours));
  const details = times.map((zoom) => `z${zoom.z} ${((zoom.tipg ?? Number.NaN) / zoom.ours).toFixed(1)}`).join(', ');
  return { what, result: rate.toFixed(1), target, met: rate >= TIPG_TARGET, details };
}

function zoomList(times: readonly ZoomTimes[]): string {
  return times.map(({ z }) => z).join(', ');
}
