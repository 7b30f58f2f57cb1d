import { access, readdir, readlink, realpath } from 'node:fs/promises';
import { delimiter, dirname, join, resolve } from 'node:path';
import { type Environment, runCommand } from './command.ts';

/** A PostgreSQL that can serve as a private cluster: server programs of one major version, with PostGIS. */
export interface PostgresInstall {
  readonly binFolder: string;
  readonly major: number;
}

/** Where to look; each pattern may hold one `*` for a folder name. */
export interface SearchPlaces {
  readonly patterns: readonly string[];
  /** Folders that are asked for `pg_config`, then looked at themselves. */
  readonly path: readonly string[];
}

const PATTERNS = [
  '/usr/lib/postgresql/*/bin',
  '/usr/pgsql-*/bin',
  '/opt/homebrew/opt/postgresql@*/bin',
  '/opt/homebrew/opt/postgresql/bin',
  '/usr/local/opt/postgresql@*/bin',
  '/usr/local/opt/postgresql/bin',
  '/home/linuxbrew/.linuxbrew/opt/postgresql@*/bin',
  '/Applications/Postgres.app/Contents/Versions/*/bin',
  '/usr/local/pgsql/bin',
];

const PROGRAMS = ['initdb', 'postgres', 'pg_ctl'];
const CONTROL_FILES = ['postgis.control', 'postgis_raster.control'];
const OLDEST_MAJOR = 13;

/** The places where distributions, Homebrew and Postgres.app put PostgreSQL, then the caller's PATH. */
export function usualPlaces(env: Environment): SearchPlaces {
  return { patterns: PATTERNS, path: (env['PATH'] ?? '').split(delimiter).filter((folder) => folder.startsWith('/')) };
}

/** The newest PostgreSQL that has its server programs, PostGIS and postgis_raster; undefined when there is none. */
export async function findPostgres(places: SearchPlaces, env: Environment): Promise<PostgresInstall | undefined> {
  const expanded = (await Promise.all(places.patterns.map(expand))).flat();
  const known = (await Promise.all(expanded.map((folder) => inspect(folder, env)))).filter((i) => i !== undefined);
  if (known.length > 0) return newest(known);
  const configured = await Promise.all(places.path.map((folder) => configuredFolder(folder, env)));
  const folders = [...new Set([...configured.filter((folder) => folder !== undefined), ...places.path])];
  return newest((await Promise.all(folders.map((folder) => inspect(folder, env)))).filter((i) => i !== undefined));
}

function newest(installs: readonly PostgresInstall[]): PostgresInstall | undefined {
  return installs.toSorted((a, b) => b.major - a.major)[0];
}

async function expand(pattern: string): Promise<readonly string[]> {
  const star = pattern.indexOf('*');
  if (star === -1) return [pattern];
  const parent = dirname(pattern.slice(0, star + 1));
  const prefix = pattern.slice(parent.length + 1, star);
  const rest = pattern.slice(star + 1);
  const names = await readdir(parent).catch(() => []);
  return names.filter((name) => name.startsWith(prefix)).map((name) => `${join(parent, name)}${rest}`);
}

async function configuredFolder(folder: string, env: Environment): Promise<string | undefined> {
  const program = join(folder, 'pg_config');
  if (!(await exists(program))) return undefined;
  const result = await runCommand(program, ['--bindir'], { env, timeoutMs: 5000 });
  return result.code === 0 ? result.stdout.trim() : undefined;
}

async function inspect(folder: string, env: Environment): Promise<PostgresInstall | undefined> {
  if (!(await all(PROGRAMS.map((program) => join(folder, program))))) return undefined;
  const version = await runCommand(join(folder, 'postgres'), ['--version'], { env, timeoutMs: 5000 });
  const major = Number(/\(PostgreSQL\) (\d+)/.exec(version.stdout)?.[1]);
  if (!(major >= OLDEST_MAJOR)) return undefined;
  for (const share of await shareFolders(folder, major, env)) {
    if (await all(CONTROL_FILES.map((file) => join(share, 'extension', file)))) return { binFolder: folder, major };
  }
  return undefined;
}

/** The share directory as pg_config names it (it may be missing: Debian has it in the -dev package), then its usual places. */
async function shareFolders(binFolder: string, major: number, env: Environment): Promise<readonly string[]> {
  const config = join(binFolder, 'pg_config');
  const asked = (await exists(config)) ? await runCommand(config, ['--sharedir'], { env, timeoutMs: 5000 }) : undefined;
  const real = await realpath(join(binFolder, 'postgres')).then(dirname, () => binFolder);
  const link = await readlink(join(binFolder, 'postgres')).then(
    (to) => dirname(resolve(binFolder, to)),
    () => binFolder,
  );
  const near = [binFolder, link, real].flatMap((bin) => [
    join(bin, '..', 'share', 'postgresql'),
    join(bin, '..', 'share', `postgresql@${major}`),
    join(bin, '..', 'share'),
  ]);
  const distribution = binFolder.startsWith('/usr/lib/postgresql/') ? [`/usr/share/postgresql/${major}`] : [];
  return [...(asked?.code === 0 ? [asked.stdout.trim()] : []), ...distribution, ...near];
}

async function all(paths: readonly string[]): Promise<boolean> {
  return (await Promise.all(paths.map(exists))).every(Boolean);
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
