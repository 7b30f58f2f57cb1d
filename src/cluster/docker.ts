import { chmod, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { AppError } from '../base/error.ts';
import { clusterConnection, type PrivateCluster } from './cluster.ts';
import { type Environment, mustRun, runCommand } from './command.ts';
import { newSecrets, OWNER, READER, readSecrets, roleStatements, type Secrets } from './create-cluster.ts';
import { giveLease, leaseHolders, takeLease, withLock } from './lease.ts';
import { type ClusterRequest, clusterId, dataHome } from './placement.ts';
import { type Report, step } from './report.ts';

const IMAGE = 'postgis/postgis:17-3.5';
const READY_MS = 120_000;

/** Whether Docker is there, runs, and may be used by us. */
export async function dockerRuns(env: Environment): Promise<boolean> {
  const result = await runCommand('docker', ['info', '--format', '{{.ServerVersion}}'], { env, timeoutMs: 10_000 });
  return result.code === 0 && result.stdout.trim() !== '';
}

/**
 * The private cluster as a container. A socket in a shared folder does not work with Docker's virtual machines, so it
 * listens on one loopback port of Docker's choice, and every connection there needs its password.
 * @throws AppError DATABASE_UNAVAILABLE
 */
export async function openDockerCluster(request: ClusterRequest, report: Report): Promise<PrivateCluster> {
  const name = await containerName(request);
  const folder = join(dataHome(request), `${await clusterId(request)}-docker`);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await chmod(folder, 0o700);
  const secretsFile = join(folder, 'secrets.json');
  const { env } = request;
  const { secrets, port } = await withLock(folder, async () => {
    if ((await runCommand('docker', ['container', 'inspect', name], { env })).code !== 0) {
      const made = await newSecrets(secretsFile);
      await step(report, `Fetching ${IMAGE}`, () => mustRun('docker', ['pull', '--quiet', IMAGE], { env }));
      await step(report, 'Creating a private cluster in Docker', () => mustRun('docker', createArguments(name, made), { env }));
    }
    const known = await readSecrets(secretsFile);
    await step(report, 'Starting PostgreSQL in Docker', () => startContainer(name, known, env));
    await takeLease(folder);
    return { secrets: known, port: publishedPort(await mustRun('docker', ['port', name, '5432/tcp'], { env })) };
  });
  const place = { host: '127.0.0.1', port };
  return {
    description: IMAGE,
    folder,
    owner: (database) => clusterConnection({ ...place, user: OWNER, password: secrets.owner }, database),
    reader: (database) => clusterConnection({ ...place, user: READER, password: secrets.reader }, database),
    close: () =>
      withLock(folder, async () => {
        await giveLease(folder);
        if ((await leaseHolders(folder)).length === 0) await runCommand('docker', ['stop', name], { env });
      }),
  };
}

/** Stops the checkout's container; removes it with its data when asked. Gives whether there was one. */
export async function stopContainer(request: ClusterRequest, remove: boolean): Promise<boolean> {
  const name = await containerName(request);
  const { env } = request;
  if ((await runCommand('docker', ['container', 'inspect', name], { env, timeoutMs: 10_000 })).code !== 0) return false;
  await mustRun('docker', ['stop', name], { env });
  if (remove) await mustRun('docker', ['rm', '--volumes', name], { env });
  return true;
}

/** The arguments that make the container: one loopback port, password authentication on every way in. */
export function createArguments(name: string, secrets: Secrets): readonly string[] {
  return [
    'create',
    '--name',
    name,
    '--publish',
    '127.0.0.1::5432',
    '--env',
    `POSTGRES_USER=${OWNER}`,
    '--env',
    `POSTGRES_PASSWORD=${secrets.owner}`,
    '--env',
    'POSTGRES_DB=postgres',
    '--env',
    'POSTGRES_INITDB_ARGS=-E UTF8 --locale=C.UTF-8 --auth=scram-sha-256',
    '--shm-size',
    '256m',
    IMAGE,
  ];
}

/** The port in `127.0.0.1:49153`, the first line of `docker port`. @throws AppError DATABASE_UNAVAILABLE */
export function publishedPort(output: string): number {
  const port = Number(/^127\.0\.0\.1:(\d+)$/m.exec(output)?.[1]);
  if (Number.isInteger(port)) return port;
  throw new AppError('DATABASE_UNAVAILABLE', { detail: `Cannot find the port of the private cluster in "${output.trim()}"` });
}

async function containerName(request: ClusterRequest): Promise<string> {
  return `graticule-${await clusterId(request)}`;
}

/** Starts the container, waits for its server (the image starts one twice), and makes the roles when they are missing. */
async function startContainer(name: string, secrets: Secrets, env: Environment): Promise<void> {
  await mustRun('docker', ['start', name], { env });
  const psql = ['exec', '-i', '-e', `PGPASSWORD=${secrets.owner}`, name, 'psql', '-h', '127.0.0.1', '-U', OWNER, '-d', 'postgres', '-qtA'];
  const deadline = Date.now() + READY_MS;
  for (;;) {
    const query = `select count(*) from pg_roles where rolname = '${READER}'`;
    const result = await runCommand('docker', [...psql, '-c', query], { env, timeoutMs: 10_000 });
    if (result.code === 0 && result.stdout.trim() === '1') return;
    if (result.code === 0) await mustRun('docker', [...psql, '-v', 'ON_ERROR_STOP=1', '-1'], { env, input: roleStatements(secrets) });
    else if (Date.now() > deadline)
      throw new AppError('DATABASE_UNAVAILABLE', { detail: `Cannot reach PostgreSQL in container ${name}: ${result.stderr.trim()}` });
    else await sleep(500);
  }
}
