import { spawn, type ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { createHttpClient } from './http-client.ts';

/** A program that was started for a bench. */
export interface Spawned {
  readonly pid: number;
  /** What it has written so far. */
  output(): string;
  /** True while it has not ended. */
  isRunning(): boolean;
  stop(): Promise<void>;
}

/** A program and what it gets. */
export interface Program {
  readonly command: string;
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

/** Starts a program with its output kept. */
export function start({ command, args, env = {} }: Program): Spawned {
  const child = spawn(command, args, { env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
  let text = '';
  const keep = (chunk: Buffer): void => {
    text = (text + chunk.toString()).slice(-4000);
  };
  child.stdout.on('data', keep);
  child.stderr.on('data', keep);
  child.on('error', (error) => keep(Buffer.from(error.message)));
  return { pid: child.pid ?? 0, output: () => text, isRunning: () => !hasEnded(child), stop: () => stop(child) };
}

/**
 * Waits until a URL answers with 200 and gives the milliseconds that it took.
 * @throws Error with the program's output when it ends, and after a minute
 */
export async function untilServed(url: string, program: Spawned, everyMs = 25): Promise<number> {
  const started = performance.now();
  const client = createHttpClient();
  try {
    while (performance.now() - started < 60_000 && program.isRunning()) {
      const answer = await client.ask(url).catch(() => undefined);
      if (answer?.status === 200) return performance.now() - started;
      await sleep(everyMs);
    }
  } finally {
    client.close();
  }
  throw new Error(`${url} does not answer: ${program.output()}`);
}

/** A port that nobody listens on at the moment. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      const port = typeof address === 'object' && address !== null ? address.port : 0;
      server.close(() => resolve(port));
    });
  });
}

/** Resident memory of a process in megabytes (Linux). */
export function residentMegabytes(pid: number): number {
  return megabytes(pid, 'VmRSS');
}

/** The most resident memory that a process has had so far, in megabytes (Linux, proc(5)). */
export function mostResidentMegabytes(pid: number): number {
  return megabytes(pid, 'VmHWM');
}

function megabytes(pid: number, name: 'VmRSS' | 'VmHWM'): number {
  const [, kilobytes] = new RegExp(`${name}:\\s+(\\d+)`).exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  return Number(kilobytes) / 1024;
}

const TICKS_PER_SECOND = 100;

/** CPU time that a process has used, in milliseconds (Linux; proc(5): utime and stime in ticks of 10 ms). */
export function cpuMs(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
  return ((Number(fields[11]) + Number(fields[12])) * 1000) / TICKS_PER_SECOND;
}

function stop(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    if (hasEnded(child)) {
      resolve();
      return;
    }
    const last = setTimeout(() => child.kill('SIGKILL'), 10_000);
    child.once('exit', () => {
      clearTimeout(last);
      resolve();
    });
    child.kill('SIGTERM');
  });
}

function hasEnded(child: ChildProcess): boolean {
  return child.exitCode !== null || child.signalCode !== null;
}
