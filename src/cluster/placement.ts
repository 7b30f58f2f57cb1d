import { createHash } from 'node:crypto';
import { chmod, chown, lstat, mkdir, realpath } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError } from '../base/error.ts';
import { type Environment, type OsUser, runCommand } from './command.ts';

/** Who asks for a cluster and for what. */
export interface ClusterRequest {
  /** The folder whose cluster it is: the checkout or the installed package. */
  readonly checkout: string;
  /** What it is for; each has a cluster of its own. `test` trades durability for speed. */
  readonly purpose: 'serve' | 'test';
  readonly env: Environment;
  /** Home and temporary folder of the caller, and its user number (undefined on Windows). */
  readonly home: string;
  readonly temporary: string;
  readonly uid: number | undefined;
}

/** The folders of one cluster and the user who owns them. */
export interface Placement {
  readonly folder: string;
  readonly dataFolder: string;
  readonly socketFolder: string;
  readonly logFile: string;
  readonly secretsFile: string;
  /** The user that the server runs as when it is not ourselves. */
  readonly as: OsUser | undefined;
}

/** Room for `/.s.PGSQL.5432` within the 103 bytes that macOS has for a socket's path. */
const SOCKET_FOLDER_BYTES = 88;

/** Where the cluster of a checkout lives: one per checkout, PostgreSQL major version and purpose. Makes nothing. */
export async function placeCluster(request: ClusterRequest, major: number): Promise<Placement> {
  const as = request.uid === 0 ? await postgresUser(request.env) : undefined;
  const id = await clusterId(request);
  const folder = join(dataHome(request), `${id}-${major}`);
  return {
    folder,
    as,
    dataFolder: join(folder, 'data'),
    socketFolder: socketFolder(request, folder, `${id}-${major}`),
    logFile: join(folder, 'postgresql.log'),
    secretsFile: join(folder, 'secrets.json'),
  };
}

/** `<12 hex digits of the checkout's path>`, with `-test` for the cluster of the tests. */
export async function clusterId(request: ClusterRequest): Promise<string> {
  const path = await realpath(request.checkout);
  const hash = createHash('sha256').update(path).digest('hex').slice(0, 12);
  return request.purpose === 'test' ? `${hash}-test` : hash;
}

/** The folder of all clusters: `/var/lib/graticule` for root, the XDG data folder for everyone else. */
export function dataHome(request: ClusterRequest): string {
  if (request.uid === 0) return '/var/lib/graticule';
  const xdg = request.env['XDG_DATA_HOME'];
  return join(xdg !== undefined && xdg.startsWith('/') ? xdg : join(request.home, '.local', 'share'), 'graticule');
}

/** Makes the folders of a cluster, closed to everyone but the server's user. */
export async function makeFolders(placement: Placement, request: ClusterRequest): Promise<void> {
  await mkdir(dataHome(request), { recursive: true });
  for (const folder of [placement.folder, placement.socketFolder]) {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const owner = placement.as ?? { uid: request.uid ?? -1, gid: -1 };
    const found = await lstat(folder);
    const ours = found.uid === owner.uid || found.uid === request.uid;
    // A folder below /tmp could have been made by somebody else to listen in.
    if (!found.isDirectory() || (request.uid !== undefined && !ours)) {
      throw new AppError('DATABASE_UNAVAILABLE', { detail: `Cannot use ${folder}: it belongs to another user` });
    }
    if (placement.as !== undefined) await chown(folder, placement.as.uid, placement.as.gid);
    await chmod(folder, 0o700);
  }
}

function socketFolder(request: ClusterRequest, folder: string, name: string): string {
  const inside = join(folder, 'run');
  if (Buffer.byteLength(inside) <= SOCKET_FOLDER_BYTES) return inside;
  const outside = join(request.temporary, `graticule-${request.uid ?? 'user'}-${name}`);
  return Buffer.byteLength(outside) <= SOCKET_FOLDER_BYTES ? outside : join('/tmp', `graticule-${request.uid ?? 'user'}-${name}`);
}

/** PostgreSQL refuses to run as root; its packages bring a user of their own. */
async function postgresUser(env: Environment): Promise<OsUser> {
  const [uid, gid] = await Promise.all(
    ['-u', '-g'].map(async (flag) => {
      const result = await runCommand('id', [flag, 'postgres'], { env });
      return result.code === 0 ? Number(result.stdout.trim()) : undefined;
    }),
  );
  if (uid === undefined || gid === undefined) {
    throw new AppError('DATABASE_UNAVAILABLE', {
      detail: 'Cannot start PostgreSQL as root: there is no user "postgres" to run it; make one, or start as an ordinary user',
    });
  }
  return { uid, gid };
}
