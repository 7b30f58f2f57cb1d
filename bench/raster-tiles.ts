import { readFileSync } from 'node:fs';
import type pg from 'pg';
import { rasterCase, tileUrl, WANTED, type RasterCase, type RasterTile } from './raster-cases.ts';
import { CHECKOUT } from './support/checkout.ts';
import { ms, notMeasured, type Bench, type BenchContext, type Row } from './support/context.ts';
import { connect } from './support/databases.ts';
import { createHttpClient, warmUp, type HttpClient } from './support/http-client.ts';
import { interleave } from './support/interleave.ts';
import { pictureDifference } from './support/picture-difference.ts';
import { startServer } from './support/server.ts';
import { geometricMean, sum } from './support/statistics.ts';

/** Raster tiles against SQL that makes the same picture in the database. */
export const rasterTiles: Bench = {
  name: 'raster-tiles',
  title: 'Raster tiles against PostGIS alone',
  method:
    'PNG of 256 pixels, warm, uncached, one at a time: ours through HTTP, the SQL ways (`bench/sql`) as round trips of a bare `pg` client with prepared statements on the same level of the pyramid. ' +
    'Tiles lie wholly inside the data, at zooms that reduce and enlarge. "Better" is, for each tile, the fastest of the function that people write and of two single statements; each is compared with our picture, and one that differs by more than 4 grey levels in the mean does not count.',
  run,
};

const [RGB_TARGET, GRAY_TARGET, WORST_TARGET, DIFFERENCE] = [12, 15, 8, 4];

async function run(context: BenchContext): Promise<readonly Row[]> {
  const rows: Row[] = [];
  const means: { bands: number; ratio: number }[] = [];
  for (const wanted of WANTED) {
    const found = await rasterCase(wanted, context.databases);
    if (found === undefined) {
      rows.push(notMeasured(wanted.table, `≤ 1/${WORST_TARGET}`, 'the table is not there'));
      continue;
    }
    context.tell(`${wanted.table}, ${found.tiles.length} tiles`);
    const { row, ratio } = await measureCase(found, context);
    context.tell(`${row.result}; ${row.details}`);
    rows.push(row);
    means.push({ bands: found.collection.bands.length, ratio });
  }
  return [
    ...rows,
    meanRow(
      'RGB, geometric mean',
      means.filter(({ bands }) => bands >= 3),
      RGB_TARGET,
    ),
    meanRow(
      'one band, geometric mean',
      means.filter(({ bands }) => bands < 3),
      GRAY_TARGET,
    ),
  ];
}

function meanRow(what: string, means: readonly { readonly ratio: number }[], target: number): Row {
  const ratio = geometricMean(means.map((mean) => mean.ratio));
  if (means.length === 0) return notMeasured(what, `≤ 1/${target}`, 'none of the tables is there');
  return { what, result: `1/${ratio.toFixed(1)}`, target: `≤ 1/${target}`, met: ratio >= target };
}

interface TileTimes {
  readonly ours: number;
  readonly usual: number;
  readonly union: number;
  readonly each: number;
  /** The fastest of those that show our picture. */
  readonly better: number;
  /** Mean difference in grey levels of the fastest one. */
  readonly difference: number;
}

interface Measured {
  readonly row: Row & { readonly details: string };
  /** How often ours fits into the better one. */
  readonly ratio: number;
}

async function measureCase(found: RasterCase, { databases, rounds }: BenchContext): Promise<Measured> {
  const server = await startServer({ database: found.url });
  const client = await connect(databases.owner(found.url));
  const http = createHttpClient();
  try {
    await prepare(client);
    await warmUp(
      http,
      found.tiles.map((tile) => tileUrl(server.root, found, tile)),
    );
    const times: TileTimes[] = [];
    for (const tile of found.tiles) times.push(await measureTile(found, tile, { http, client, root: server.root, rounds }));
    return summary(found, times);
  } finally {
    http.close();
    await client.end();
    await server.stop();
  }
}

function summary(found: RasterCase, times: readonly TileTimes[]): Measured {
  const total = (pick: (tile: TileTimes) => number): string => ms(sum(times.map(pick)) / times.length);
  const ratio = geometricMean(times.map(({ ours, better }) => better / ours));
  const difference = Math.max(...times.map((tile) => tile.difference));
  const details = [
    `${times.length} tiles; ours ${total((t) => t.ours)}`,
    `function ${total((t) => t.usual)}`,
    `united first ${total((t) => t.union)}`,
    `warped first ${total((t) => t.each)}`,
    `better ${total((t) => t.better)}`,
    `difference ≤ ${difference.toFixed(1)}`,
  ];
  const row = {
    what: found.table,
    result: `1/${ratio.toFixed(1)}`,
    target: `≤ 1/${WORST_TARGET}`,
    met: ratio >= WORST_TARGET,
    details: details.join(', '),
  };
  return { row, ratio };
}

/** What PostGIS needs to write PNG, as only a superuser may say, and the function. */
async function prepare(client: pg.Client): Promise<void> {
  await client.query('select postgis_gdal_version()');
  await client.query("set postgis.gdal_enabled_drivers = 'PNG'");
  await client.query('set jit = off');
  await client.query(readFileSync(`${CHECKOUT}/bench/sql/raster-usual.sql`, 'utf8'));
}

interface Tools {
  readonly http: HttpClient;
  readonly client: pg.Client;
  readonly root: string;
  readonly rounds: number;
}

async function measureTile(found: RasterCase, tile: RasterTile, { http, client, root, rounds }: Tools): Promise<TileTimes> {
  const url = tileUrl(root, found, tile);
  const ours = async (): Promise<Buffer> => (await http.get(url)).bytes;
  const ways = sqlWays(found, tile, client);
  const picture = await ours();
  const differences = {
    usual: await pictureDifference(picture, await ways.usual()),
    union: await pictureDifference(picture, await ways.union()),
    each: await pictureDifference(picture, await ways.each()),
  };
  const times = await interleave({ ours, ...ways }, { warm: 2, measured: rounds });
  const like = (['usual', 'union', 'each'] as const).filter((way) => differences[way] <= DIFFERENCE);
  const [fastest] = [...like].sort((a, b) => times[a] - times[b]);
  if (fastest === undefined) throw new Error(`No SQL way shows our picture of ${url}: ${JSON.stringify(differences)}`);
  return { ...times, better: times[fastest], difference: differences[fastest] };
}

type SqlWay = () => Promise<Buffer>;

function sqlWays(
  found: RasterCase,
  tile: RasterTile,
  client: pg.Client,
): { readonly usual: SqlWay; readonly union: SqlWay; readonly each: SqlWay } {
  const { level, z, x, y } = tile;
  const relation = `"${level.relation.schema}"."${level.relation.name}"`;
  const { min, max } = found.stretch ?? { min: 0, max: 255 };
  const reclass = found.stretch === undefined ? null : `[-1e9-${min}):0-0,[${min}-${max}]:0-255,(${max}-1e9]:255-255`;
  const single = (file: string): SqlWay => {
    const text = readFileSync(`${CHECKOUT}/bench/sql/${file}.sql`, 'utf8').replaceAll(' from relation', ` from ${relation}`);
    return () => bytesOf(client, { name: `${file} ${relation}`, text, values: [z, x, y, 4 * level.pixelWidth, reclass] });
  };
  return {
    usual: () =>
      bytesOf(client, { name: 'usual', text: 'select pg_temp.usual_tile($1, $2, $3, $4, $5, $6)', values: [relation, z, x, y, min, max] }),
    union: single('raster-best-union'),
    each: single('raster-best-each'),
  };
}

async function bytesOf(
  client: pg.Client,
  query: { readonly name: string; readonly text: string; readonly values: unknown[] },
): Promise<Buffer> {
  const { rows } = await client.query<unknown[]>({ ...query, rowMode: 'array' });
  const bytes = rows[0]?.[0];
  if (!(bytes instanceof Buffer)) throw new Error(`${query.name} gave no picture`);
  return bytes;
}
