import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { giveLease, leaseHolders, takeLease, withLock } from '../../../src/cluster/lease.ts';

describe('leases and locks of a cluster', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'graticule-lease-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  test('a lease counts while its process lives and until it is given back', async () => {
    await takeLease(folder);
    expect(await leaseHolders(folder)).toEqual([process.pid]);
    await giveLease(folder);
    expect(await leaseHolders(folder)).toEqual([]);
  });

  test('the lease of a dead process, or of a number given to another process since, does not count', async () => {
    const child = spawn('true');
    await new Promise((resolve) => child.once('exit', resolve));
    await mkdir(join(folder, 'leases'));
    await writeFile(join(folder, 'leases', String(child.pid)), `${child.pid} 1`);
    await writeFile(join(folder, 'leases', '1'), '1 99999999999999');
    expect(await leaseHolders(folder)).toEqual([]);
    expect(await readdir(join(folder, 'leases'))).toEqual([]);
  });

  test('two that want the lock take turns', async () => {
    const order: string[] = [];
    const first = withLock(folder, async () => {
      order.push('first in');
      await sleep(150);
      order.push('first out');
    });
    await sleep(30);
    await Promise.all([first, withLock(folder, async () => void order.push('second'))]);
    expect(order).toEqual(['first in', 'first out', 'second']);
  });

  test('a lock left by a dead process is taken over', async () => {
    const child = spawn('true');
    await new Promise((resolve) => child.once('exit', resolve));
    await writeFile(join(folder, 'lock'), `${child.pid} 1`);
    expect(await withLock(folder, async () => 'done')).toBe('done');
    expect(await readdir(folder)).toEqual([]);
  });

  test('the lock is free again after a failure', async () => {
    await expect(withLock(folder, () => Promise.reject(new Error('broken')))).rejects.toThrow('broken');
    expect(await withLock(folder, async () => 'done')).toBe('done');
  });
});
