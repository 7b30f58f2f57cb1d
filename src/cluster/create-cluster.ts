import { randomBytes } from 'node:crypto';
import { access, appendFile, chmod, chown, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError } from '../base/error.ts';
import { type Environment, mustRun } from './command.ts';
import type { PostgresInstall } from './find-postgres.ts';
import type { Placement } from './placement.ts';

/** The owner's and the reader's password of a cluster. */
export interface Secrets {
  readonly owner: string;
  readonly reader: string;
}

/** The superuser that owns and loads everything in a private cluster. */
export const OWNER = 'graticule';
/** The role that the server connects as: it owns nothing and may write nothing. */
export const READER = 'graticule_reader';
/** The port that names the socket file; nothing listens on TCP. */
export const PORT = 5432;

/** Whether the data folder is there; it appears only when it is complete. */
export async function isCreated(placement: Placement): Promise<boolean> {
  return access(join(placement.dataFolder, 'PG_VERSION')).then(
    () => true,
    () => false,
  );
}

/**
 * Makes the data folder: initdb, settings, authentication by password only, and the two roles. It is made aside and
 * renamed when complete, so that an interrupted start leaves nothing half made.
 */
export async function createCluster(
  install: PostgresInstall,
  placement: Placement,
  options: { readonly purpose: 'serve' | 'test'; readonly env: Environment },
): Promise<void> {
  const aside = `${placement.dataFolder}.new`;
  await rm(aside, { recursive: true, force: true });
  const secrets = await newSecrets(placement.secretsFile);
  const run = { env: options.env, as: placement.as };
  const program = (name: string): string => join(install.binFolder, name);
  const how = ['-E', 'UTF8', '-U', OWNER, '--auth=reject', ...(options.purpose === 'test' ? ['--no-sync'] : [])];
  const initdb = (locale: string): Promise<string> => mustRun(program('initdb'), ['-D', aside, `--locale=${locale}`, ...how], run);
  await initdb('C.UTF-8').catch((error: unknown) => {
    if (!(error instanceof AppError) || !error.detail.includes('invalid locale')) throw error;
    // C.UTF-8 is missing on macOS before 15 and on old Red Hat systems; C sorts the same way.
    return initdb('C');
  });
  await appendFile(join(aside, 'postgresql.conf'), settings(placement, options.purpose, install.major));
  await writeFile(join(aside, 'pg_hba.conf'), '# Only the socket, only by password.\nlocal all all scram-sha-256\n');
  if (placement.as !== undefined) await chown(join(aside, 'pg_hba.conf'), placement.as.uid, placement.as.gid);
  await mustRun(program('postgres'), ['--single', '-j', '-D', aside, 'postgres'], { ...run, input: roleStatements(secrets) });
  await rename(aside, placement.dataFolder);
}

/** Makes both passwords and keeps them in a file that only we may read. */
export async function newSecrets(file: string): Promise<Secrets> {
  const secrets = { owner: randomBytes(24).toString('hex'), reader: randomBytes(24).toString('hex') };
  await writeFile(file, `${JSON.stringify(secrets)}\n`, { mode: 0o600 });
  await chmod(file, 0o600);
  return secrets;
}

/** The passwords of a cluster that exists. @throws AppError DATABASE_UNAVAILABLE when their file is gone */
export async function readSecrets(file: string): Promise<Secrets> {
  const found: unknown = JSON.parse(await readFile(file, 'utf8').catch(() => 'null'));
  if (typeof found === 'object' && found !== null && 'owner' in found && 'reader' in found) {
    const { owner, reader } = found;
    if (typeof owner === 'string' && typeof reader === 'string') return { owner, reader };
  }
  throw new AppError('DATABASE_UNAVAILABLE', {
    detail: `Cannot read ${file}: the passwords of the private cluster are lost; remove it with "graticule cluster drop" and start again`,
  });
}

/** The settings of a private cluster: small, local, and fast to load into. */
function settings(placement: Placement, purpose: 'serve' | 'test', major: number): string {
  const lines = [
    '',
    '# Written by Graticule when it made this cluster.',
    "listen_addresses = ''",
    `port = ${PORT}`,
    `unix_socket_directories = '${placement.socketFolder.replaceAll("'", "''")}'`,
    'unix_socket_permissions = 0700',
    'password_encryption = scram-sha-256',
    `max_connections = ${purpose === 'test' ? 200 : 50}`,
    'shared_buffers = 128MB',
    'work_mem = 16MB',
    'maintenance_work_mem = 128MB',
    // A COPY into a table made in the same transaction then writes no WAL.
    'wal_level = minimal',
    'max_wal_senders = 0',
    'max_wal_size = 1GB',
    'jit = off',
    "timezone = 'UTC'",
    "log_timezone = 'UTC'",
    'logging_collector = off',
    ...(major >= 14 ? ["default_toast_compression = 'lz4'"] : []),
    ...(purpose === 'test' ? ['fsync = off', 'synchronous_commit = off', 'full_page_writes = off'] : []),
    '',
  ];
  return lines.join('\n');
}

/** Makes the reader and sets both passwords (hexadecimal); a blank line between commands, as `postgres --single -j` wants it. */
export function roleStatements(secrets: Secrets): string {
  return [
    `alter role ${OWNER} password '${secrets.owner}';`,
    `create role ${READER} login password '${secrets.reader}';`,
    `alter role ${READER} set default_transaction_read_only = on;`,
    '',
  ].join('\n\n');
}
