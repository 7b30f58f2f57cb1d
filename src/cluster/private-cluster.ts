import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError } from '../base/error.ts';
import { clusterConnection, type PrivateCluster } from './cluster.ts';
import { isRunning, startServer, stopServer, waitUntilReady } from './control.ts';
import { createCluster, isCreated, OWNER, PORT, READER, readSecrets, type Secrets } from './create-cluster.ts';
import { dockerRuns, openDockerCluster, stopContainer } from './docker.ts';
import { findPostgres, type PostgresInstall, type SearchPlaces, usualPlaces } from './find-postgres.ts';
import { canInstall, installHint, installPostgres, packagedMajor } from './install-postgres.ts';
import { giveLease, leaseHolders, takeLease, withLock } from './lease.ts';
import { type ClusterRequest, clusterId, dataHome, makeFolders, type Placement, placeCluster } from './placement.ts';
import { type Report, step } from './report.ts';

/**
 * Finds PostgreSQL with PostGIS (or installs it, or takes Docker), makes the checkout's cluster when there is none,
 * starts it or adopts the running one, and notes that this process uses it.
 * @throws AppError DATABASE_UNAVAILABLE with the command to type when there is no way to PostgreSQL
 */
export async function openPrivateCluster(request: ClusterRequest, report: Report): Promise<PrivateCluster> {
  const install = await obtainPostgres(request, report, usualPlaces(request.env));
  if (install === 'docker') return openDockerCluster(request, report);
  const placement = await placeCluster(request, install.major);
  await makeFolders(placement, request);
  const secrets = await withLock(placement.folder, () => bringUp(install, placement, request, report));
  const place = { host: placement.socketFolder, port: PORT };
  return {
    description: `PostgreSQL ${install.major}`,
    folder: placement.folder,
    owner: (database) => clusterConnection({ ...place, user: OWNER, password: secrets.owner }, database),
    reader: (database) => clusterConnection({ ...place, user: READER, password: secrets.reader }, database),
    close: () => leave(install, placement, request),
  };
}

/** What there is of a checkout's clusters. */
export interface ClusterStatus {
  readonly folder: string;
  readonly major: number;
  readonly running: boolean;
  /** Numbers of the processes that use it. */
  readonly users: readonly number[];
}

/** The state of every cluster of the checkout, one per PostgreSQL major version. */
export async function clusterStatus(request: ClusterRequest): Promise<readonly ClusterStatus[]> {
  const states: ClusterStatus[] = [];
  for (const { install, placement } of await existingClusters(request)) {
    const running = install !== undefined && (await isRunning(install, placement, { env: request.env }));
    states.push({ folder: placement.folder, major: placement.major, running, users: await leaseHolders(placement.folder) });
  }
  return states;
}

/** Stops every cluster of the checkout, whoever uses it. Gives the folders of those that ran. */
export async function stopClusters(request: ClusterRequest): Promise<readonly string[]> {
  const stopped: string[] = [];
  for (const { install, placement } of await existingClusters(request)) {
    if (install === undefined) continue;
    await withLock(placement.folder, async () => {
      if (!(await isRunning(install, placement, { env: request.env }))) return;
      await stopServer(install, placement, { env: request.env });
      stopped.push(placement.folder);
    });
  }
  const docker = await dockerFolder(request);
  if (docker !== undefined && (await stopContainer(request, false))) stopped.push(docker);
  return stopped;
}

/** Stops and removes every cluster of the checkout with all data in it. @throws AppError when a process still uses one */
export async function dropClusters(request: ClusterRequest): Promise<readonly string[]> {
  const found = await existingClusters(request);
  for (const { placement } of found) {
    const users = await leaseHolders(placement.folder);
    if (users.length > 0) {
      throw new AppError('DATABASE_UNAVAILABLE', {
        detail: `Cannot drop ${placement.folder}: process ${users.join(', ')} still uses it; stop it first`,
      });
    }
  }
  await stopClusters(request);
  for (const { placement } of found) {
    await rm(placement.folder, { recursive: true, force: true });
    await rm(placement.socketFolder, { recursive: true, force: true });
  }
  const docker = await dockerFolder(request);
  if (docker !== undefined) {
    await stopContainer(request, true);
    await rm(docker, { recursive: true, force: true });
  }
  return [...found.map(({ placement }) => placement.folder), ...(docker === undefined ? [] : [docker])];
}

/** PostgreSQL found in `places`, else installed, else Docker. Exported so that its absence can be tested. */
export async function obtainPostgres(request: ClusterRequest, report: Report, places: SearchPlaces): Promise<PostgresInstall | 'docker'> {
  const found = await findPostgres(places, request.env);
  if (found !== undefined) return found;
  if (await canInstall(request.uid)) {
    await installPostgres(request.env, report);
    const installed = await findPostgres(places, request.env);
    if (installed !== undefined) return installed;
  }
  if (await dockerRuns(request.env)) return 'docker';
  throw new AppError('DATABASE_UNAVAILABLE', { detail: installHint(process.platform, await packagedMajor(request.env)) });
}

async function bringUp(install: PostgresInstall, placement: Placement, request: ClusterRequest, report: Report): Promise<Secrets> {
  const { env, purpose } = request;
  if (!(await isCreated(placement))) {
    await step(report, `Creating a private PostgreSQL ${install.major} cluster`, () => createCluster(install, placement, { purpose, env }));
  }
  const secrets = await readSecrets(placement.secretsFile);
  if (await isRunning(install, placement, { env })) await waitUntilReady(placement);
  else await step(report, `Starting PostgreSQL ${install.major}`, () => startServer(install, placement, { env }));
  await takeLease(placement.folder);
  return secrets;
}

async function leave(install: PostgresInstall, placement: Placement, request: ClusterRequest): Promise<void> {
  await withLock(placement.folder, async () => {
    await giveLease(placement.folder);
    if ((await leaseHolders(placement.folder)).length === 0) await stopServer(install, placement, { env: request.env });
  });
}

/** The folder that notes a container of the checkout, when there is one. */
async function dockerFolder(request: ClusterRequest): Promise<string | undefined> {
  const folder = join(dataHome(request), `${await clusterId(request)}-docker`);
  return (await readdir(folder).catch(() => undefined)) === undefined ? undefined : folder;
}

interface ExistingCluster {
  readonly install: PostgresInstall | undefined;
  readonly placement: Placement & { readonly major: number };
}

/** The clusters whose folders are there, each with the programs of its own major version when they still are. */
async function existingClusters(request: ClusterRequest): Promise<readonly ExistingCluster[]> {
  const id = await clusterId(request);
  const names = await readdir(dataHome(request)).catch(() => []);
  const majors = names.filter((name) => name.startsWith(`${id}-`)).map((name) => Number(name.slice(id.length + 1)));
  const places = usualPlaces(request.env);
  const clusters: ExistingCluster[] = [];
  for (const major of majors.filter(Number.isInteger)) {
    const placement = { ...(await placeCluster(request, major)), major };
    const own = { ...places, patterns: places.patterns.map((pattern) => pattern.replace('*', String(major))) };
    const found = await findPostgres(own, request.env);
    clusters.push({ placement, install: found?.major === major ? found : undefined });
  }
  return clusters;
}
