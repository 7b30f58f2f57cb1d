import { randomUUID } from 'node:crypto';
import { link, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { AppError } from '../base/error.ts';

const LOCK_TIMEOUT_MS = 300_000;

/**
 * Runs `work` while no other process does so for the same folder: the folder's `lock` file names the process that holds
 * it, and one left by a dead process is taken over.
 * @throws AppError DATABASE_UNAVAILABLE when a living process holds it for five minutes
 */
export async function withLock<T>(folder: string, work: () => Promise<T>): Promise<T> {
  const lock = join(folder, 'lock');
  const own = join(folder, `lock.${randomUUID()}`);
  await writeFile(own, await processMark(process.pid), { mode: 0o600 });
  const deadline = Date.now() + LOCK_TIMEOUT_MS;
  try {
    while (!(await takeLock(lock, own))) {
      if (Date.now() > deadline) {
        throw new AppError('DATABASE_UNAVAILABLE', { detail: `Cannot use ${folder}: another process has held ${lock} for five minutes` });
      }
      await sleep(100);
    }
    try {
      return await work();
    } finally {
      await rm(lock, { force: true });
    }
  } finally {
    await rm(own, { force: true });
  }
}

/** Notes that this process uses the cluster of a folder. */
export async function takeLease(folder: string): Promise<void> {
  await mkdir(join(folder, 'leases'), { recursive: true, mode: 0o700 });
  await writeFile(join(folder, 'leases', String(process.pid)), await processMark(process.pid), { mode: 0o600 });
}

/** Takes back this process's note. */
export async function giveLease(folder: string): Promise<void> {
  await rm(join(folder, 'leases', String(process.pid)), { force: true });
}

/** The living processes that use the cluster of a folder; notes of dead ones are removed. */
export async function leaseHolders(folder: string): Promise<readonly number[]> {
  const names = await readdir(join(folder, 'leases')).catch(() => []);
  const holders: number[] = [];
  for (const name of names) {
    const file = join(folder, 'leases', name);
    if (await isAlive(await readFile(file, 'utf8').catch(() => ''))) holders.push(Number(name));
    else await rm(file, { force: true });
  }
  return holders;
}

/** Links our file to the lock's name, which fails when it is taken; a dead holder's file is moved away first. */
async function takeLock(lock: string, own: string): Promise<boolean> {
  const made = await link(own, lock).then(
    () => true,
    () => false,
  );
  if (made) return true;
  const holder = await readFile(lock, 'utf8').catch(() => undefined);
  if (holder === undefined || (await isAlive(holder))) return false;
  const aside = `${own}.stale`;
  await rename(lock, aside).catch(() => undefined);
  // Between reading and moving, somebody else may have done the same and taken the lock: then give it back.
  if ((await readFile(aside, 'utf8').catch(() => holder)) !== holder) await link(aside, lock).catch(() => undefined);
  await rm(aside, { force: true });
  return false;
}

/** Process number and start time: a number alone may have been given to another process since. */
async function processMark(pid: number): Promise<string> {
  return `${pid} ${(await startTime(pid)) ?? '-'}`;
}

async function isAlive(mark: string): Promise<boolean> {
  const [pid, started] = mark.split(' ');
  if (pid === undefined || !/^\d+$/.test(pid)) return false;
  try {
    process.kill(Number(pid), 0);
  } catch (error) {
    // EPERM: it lives, but belongs to somebody else.
    if (!(error instanceof Error && 'code' in error && error.code === 'EPERM')) return false;
  }
  const now = await startTime(Number(pid));
  return started === undefined || started === '-' || now === undefined || now === started;
}

/** Field 22 of Linux's /proc/<pid>/stat (the second field, the name, may hold spaces); undefined on other systems. */
async function startTime(pid: number): Promise<string | undefined> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => undefined);
  return stat?.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
}
