import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { AppError } from '../base/error.ts';
import { type CommandOptions, lastLines, runCommand } from './command.ts';
import type { PostgresInstall } from './find-postgres.ts';
import type { Placement } from './placement.ts';

/** A stale `postmaster.pid` and the shared memory of a killed server go away within seconds. */
const RETRY_MS = 10_000;
const READY_MS = 60_000;

/** Whether the cluster's server runs. */
export async function isRunning(install: PostgresInstall, placement: Placement, options: CommandOptions): Promise<boolean> {
  const result = await control(install, placement, options, ['status']);
  return result.code === 0;
}

/**
 * Starts the cluster's server, detached from our process group so that Ctrl-C does not reach it before we are done.
 * @throws AppError DATABASE_UNAVAILABLE with the end of its log
 */
export async function startServer(install: PostgresInstall, placement: Placement, options: CommandOptions): Promise<void> {
  const deadline = Date.now() + RETRY_MS;
  const args = ['start', '-w', '-t', String(READY_MS / 1000), '-s', '-l', placement.logFile];
  for (;;) {
    const result = await control(install, placement, options, args);
    if (result.code === 0) return;
    if (Date.now() > deadline) {
      const log = await readFile(placement.logFile, 'utf8').catch(() => result.stderr);
      throw new AppError('DATABASE_UNAVAILABLE', { detail: `Cannot start the private cluster in ${placement.folder}:\n${lastLines(log)}` });
    }
    await sleep(500);
  }
}

/** Waits until a server that is already running takes connections (after a crash it first replays its log). */
export async function waitUntilReady(placement: Placement): Promise<void> {
  const deadline = Date.now() + READY_MS;
  for (;;) {
    // Line 8 of postmaster.pid is the server's state, written by itself.
    const lines = (await readFile(join(placement.dataFolder, 'postmaster.pid'), 'utf8').catch(() => '')).split('\n');
    if (lines[7]?.trim() === 'ready') return;
    if (Date.now() > deadline) {
      throw new AppError('DATABASE_UNAVAILABLE', {
        detail: `Cannot use the private cluster in ${placement.folder}: it runs but takes no connections`,
      });
    }
    await sleep(100);
  }
}

/** Stops the server at once but cleanly: open transactions are rolled back. @throws AppError DATABASE_UNAVAILABLE */
export async function stopServer(install: PostgresInstall, placement: Placement, options: CommandOptions): Promise<void> {
  if (!(await isRunning(install, placement, options))) return;
  const result = await control(install, placement, options, ['stop', '-w', '-m', 'fast', '-t', '60', '-s']);
  if (result.code !== 0 && (await isRunning(install, placement, options))) {
    throw new AppError('DATABASE_UNAVAILABLE', {
      detail: `Cannot stop the private cluster in ${placement.folder}: ${result.stderr.trim()}`,
    });
  }
}

function control(
  install: PostgresInstall,
  placement: Placement,
  options: CommandOptions,
  args: readonly string[],
): ReturnType<typeof runCommand> {
  const [verb = 'status', ...rest] = args;
  return runCommand(join(install.binFolder, 'pg_ctl'), [verb, '-D', placement.dataFolder, ...rest], { ...options, as: placement.as });
}
