import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ClusterRequest, makeFolders, placeCluster } from '../../../src/cluster/placement.ts';

describe('placeCluster', () => {
  let checkout: string;
  const request = (changes: Partial<ClusterRequest> = {}): ClusterRequest => ({
    checkout,
    purpose: 'serve',
    env: {},
    home: '/home/somebody',
    temporary: '/tmp',
    uid: 12345,
    ...changes,
  });
  beforeAll(async () => {
    checkout = await mkdtemp(join(tmpdir(), 'graticule-place-'));
  });
  afterAll(() => rm(checkout, { recursive: true }));

  test('is under the home folder, one per checkout, version and purpose', async () => {
    const { folder } = await placeCluster(request(), 15);
    expect(folder).toMatch(/^\/home\/somebody\/\.local\/share\/graticule\/[0-9a-f]{12}-15$/);
    expect((await placeCluster(request(), 16)).folder).not.toBe(folder);
    expect((await placeCluster(request({ purpose: 'test' }), 15)).folder).toMatch(/-test-15$/);
    expect((await placeCluster(request({ checkout: tmpdir() }), 15)).folder).not.toBe(folder);
  });

  test('follows XDG_DATA_HOME when it is absolute', async () => {
    expect((await placeCluster(request({ env: { XDG_DATA_HOME: '/data' } }), 15)).folder).toMatch(/^\/data\/graticule\//);
    expect((await placeCluster(request({ env: { XDG_DATA_HOME: 'data' } }), 15)).folder).toMatch(/^\/home\/somebody\//);
  });

  test('keeps the path of the socket short enough for the operating system', async () => {
    const short = await placeCluster(request(), 15);
    expect(short.socketFolder).toBe(`${short.folder}/run`);
    const long = await placeCluster(request({ home: `/home/${'x'.repeat(90)}` }), 15);
    expect(long.socketFolder).toMatch(/^\/tmp\/graticule-12345-/);
    const longer = await placeCluster(request({ home: `/home/${'x'.repeat(90)}`, temporary: `/var/${'y'.repeat(90)}` }), 15);
    expect(Buffer.byteLength(`${longer.socketFolder}/.s.PGSQL.5432`)).toBeLessThanOrEqual(103);
  });

  test('refuses a folder that belongs to somebody else', async () => {
    const own = process.getuid?.() ?? 0;
    const placement = {
      folder: join(checkout, 'made'),
      dataFolder: join(checkout, 'made', 'data'),
      socketFolder: '/proc/1',
      logFile: join(checkout, 'log'),
      secretsFile: join(checkout, 'secrets'),
      as: { uid: own, gid: process.getgid?.() ?? 0 },
    };
    const foreign = { ...placement, as: { uid: 54321, gid: 54321 }, socketFolder: '/' };
    await expect(makeFolders(foreign, request({ uid: 12345, env: { XDG_DATA_HOME: checkout } }))).rejects.toThrow(
      'belongs to another user',
    );
  });
});
