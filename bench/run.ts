import { loadavg } from 'node:os';
import { badInputs } from './bad-inputs.ts';
import { cachedTile } from './cached-tile.ts';
import { catalogueBench } from './catalogue.ts';
import { items } from './items.ts';
import { rasterLooks } from './raster-looks.ts';
import { rasterQuestions } from './raster-questions.ts';
import { rasterReading } from './raster-reading.ts';
import { rasterStages } from './raster-stages.ts';
import { rasterTiles } from './raster-tiles.ts';
import { startBench } from './start.ts';
import type { Bench, BenchContext } from './support/context.ts';
import { connect, openDatabases, type Databases } from './support/databases.ts';
import { section, writeSection } from './support/results.ts';
import { titilerBench } from './titiler.ts';
import { vectorTiles } from './vector-tiles.ts';

/** Every bench, in the order of results.md. */
const BENCHES: readonly Bench[] = [
  rasterTiles,
  titilerBench,
  rasterLooks,
  rasterQuestions,
  rasterReading,
  rasterStages,
  vectorTiles,
  items,
  startBench,
  catalogueBench,
  cachedTile,
  badInputs,
];

const DEFAULT_ROUNDS = 9;

await main(process.argv.slice(2));

/** `run.js [--rounds=N] [--print] [bench …]`: all benches unless some are named; `--print` leaves results.md alone. */
async function main(args: readonly string[]): Promise<void> {
  const names = args.filter((arg) => !arg.startsWith('--'));
  const unknown = names.filter((name) => BENCHES.every((bench) => bench.name !== name));
  if (unknown.length > 0) {
    process.stderr.write(`There is no bench ${unknown.join(', ')}; there are ${BENCHES.map(({ name }) => name).join(', ')}\n`);
    process.exitCode = 2;
    return;
  }
  const rounds = Number(args.find((arg) => arg.startsWith('--rounds='))?.slice('--rounds='.length) ?? DEFAULT_ROUNDS);
  const databases = await openDatabases(process.env);
  try {
    for (const bench of BENCHES.filter(({ name }) => names.length === 0 || names.includes(name))) {
      await attempt(
        bench,
        { env: process.env, databases, rounds, tell: (what) => process.stderr.write(`${bench.name}: ${what}\n`) },
        !args.includes('--print'),
      );
    }
  } finally {
    await databases.close();
  }
}

/** One bench that fails does not keep the others from being measured. */
async function attempt(bench: Bench, context: BenchContext, isKept: boolean): Promise<void> {
  try {
    await measure(bench, context, isKept);
  } catch (error) {
    process.stderr.write(`${bench.name}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
    process.exitCode = 1;
  }
}

async function measure(bench: Bench, context: BenchContext, isKept: boolean): Promise<void> {
  const [started, loadBefore] = [new Date(), loadavg()];
  const rows = await bench.run(context);
  const command = `node build/bench/run.js --rounds=${context.rounds} ${bench.name}`;
  const text = section(bench, rows, {
    started,
    loadBefore,
    command,
    note: context.env['BENCH_NOTE'],
    versions: await versions(context.databases),
  });
  process.stdout.write(`${text}\n`);
  if (isKept) writeSection(text);
}

async function versions({ readers: [url] }: Databases): Promise<Readonly<Record<string, string>>> {
  if (url === undefined) return { 'Node.js': process.versions.node };
  const client = await connect(url);
  const { rows } = await client.query<{ server: string; postgis: string }>(
    "select split_part(current_setting('server_version'), ' ', 1) as server, postgis_lib_version() as postgis",
  );
  await client.end();
  return { 'Node.js': process.versions.node, PostgreSQL: rows[0]?.server ?? '?', PostGIS: rows[0]?.postgis ?? '?' };
}
