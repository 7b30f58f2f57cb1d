import { existsSync } from 'node:fs';
import { freePort, start, untilServed, type Spawned } from './process.ts';

/** Another server beside ours. */
export interface Peer extends Spawned {
  /** Without a trailing slash. */
  readonly root: string;
}

/** A peer that runs, or why none does. */
export type PeerOrReason = { readonly peer: Peer } | { readonly peer: undefined; readonly reason: string };

/** TiTiler from the Python that `BENCH_TITILER` names. */
export function startTitiler(env: NodeJS.ProcessEnv, workers = 1): Promise<PeerOrReason> {
  const settings = {
    GDAL_CACHEMAX: '200',
    GDAL_DISABLE_READDIR_ON_OPEN: 'EMPTY_DIR',
    GDAL_INGESTED_BYTES_AT_OPEN: '32768',
    VSI_CACHE: 'TRUE',
    TITILER_API_CACHECONTROL: '',
  };
  return startPython(env, { variable: 'BENCH_TITILER', application: 'titiler.application.main:app', settings, until: '/healthz', workers });
}

/** TiPg with one worker, from the Python that `BENCH_TIPG` names, on a database. */
export function startTipg(env: NodeJS.ProcessEnv, database: string): Promise<PeerOrReason> {
  const settings = {
    DATABASE_URL: database.replace('postgres://', 'postgresql://'),
    TIPG_DB_SPATIAL_EXTENT: 'FALSE',
    TIPG_DB_DATETIME_EXTENT: 'FALSE',
    TIPG_MAX_FEATURES_PER_TILE: '50000',
  };
  return startPython(env, { variable: 'BENCH_TIPG', application: 'tipg.main:app', settings, until: '/collections?limit=1', workers: 1 });
}

/** martin without a cache, the binary that `BENCH_MARTIN` names, on a database. */
export async function startMartin(env: NodeJS.ProcessEnv, database: string): Promise<PeerOrReason> {
  const binary = env['BENCH_MARTIN'];
  if (binary === undefined || !existsSync(binary)) return { peer: undefined, reason: 'BENCH_MARTIN names no program' };
  const port = await freePort();
  const args = ['--listen-addresses', `127.0.0.1:${port}`, '--cache-size', '0', '--workers', '1', '--pool-size', '2', database];
  return served({ command: binary, args }, port, '/health');
}

interface PythonServer {
  readonly variable: string;
  readonly application: string;
  readonly settings: Readonly<Record<string, string>>;
  readonly until: string;
  readonly workers: number;
}

async function startPython(
  env: NodeJS.ProcessEnv,
  { variable, application, settings, until, workers }: PythonServer,
): Promise<PeerOrReason> {
  const python = env[variable];
  if (python === undefined || !existsSync(python)) return { peer: undefined, reason: `${variable} names no Python` };
  const port = await freePort();
  const args = [
    '-m',
    'uvicorn',
    application,
    '--host',
    '127.0.0.1',
    '--port',
    String(port),
    '--workers',
    String(workers),
    '--log-level',
    'warning',
  ];
  return served({ command: python, args, env: settings }, port, until);
}

async function served(program: Parameters<typeof start>[0], port: number, until: string): Promise<PeerOrReason> {
  const spawned = start(program);
  const root = `http://127.0.0.1:${port}`;
  try {
    await untilServed(`${root}${until}`, spawned, 100);
    return { peer: { ...spawned, root } };
  } catch (error) {
    await spawned.stop();
    return { peer: undefined, reason: `it does not start (${String(error).replaceAll(/\s+/g, ' ').slice(0, 200)})` };
  }
}
