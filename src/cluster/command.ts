import { spawn } from 'node:child_process';
import { AppError } from '../base/error.ts';

/** The environment variables of a process by name. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** A user of the operating system by number. */
export interface OsUser {
  readonly uid: number;
  readonly gid: number;
}

/** How a command runs. */
export interface CommandOptions {
  readonly env: Environment;
  /** The user it runs as; our own when absent. */
  readonly as?: OsUser | undefined;
  /** What it reads from its standard input; nothing when absent. */
  readonly input?: string;
  readonly timeoutMs?: number;
}

/** What a command left behind. `code` is undefined when it could not be started or was killed. */
export interface CommandResult {
  readonly code: number | undefined;
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * Runs a program to its end and never throws for its failure. It runs in `/` (a server must not keep somebody's folder
 * busy, and another user may not enter ours), in the C locale, and without the caller's `PG*` variables, which would
 * point PostgreSQL's programs at another server.
 */
export function runCommand(program: string, args: readonly string[], options: CommandOptions): Promise<CommandResult> {
  return new Promise((resolve) => {
    const child = spawn(program, args, {
      cwd: '/',
      // Out of reach of the terminal's Ctrl-C: an initdb or apt-get that has begun is let finish, then we stop in order.
      detached: true,
      env: cleanEnvironment(options.env),
      stdio: [options.input === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'],
      ...(options.as === undefined ? {} : { uid: options.as.uid, gid: options.as.gid }),
      ...(options.timeoutMs === undefined ? {} : { timeout: options.timeoutMs }),
    });
    const stdout: Buffer[] = [];
    const stderr: Buffer[] = [];
    child.stdout?.on('data', (chunk: Buffer) => stdout.push(chunk));
    child.stderr?.on('data', (chunk: Buffer) => stderr.push(chunk));
    const end = (code: number | null, problem?: string): void =>
      resolve({ code: code ?? undefined, stdout: text(stdout), stderr: problem ?? text(stderr) });
    child.on('error', (error) => end(null, error.message));
    child.on('close', (code) => end(code));
    // A server that a program leaves behind may keep our pipes open for as long as it lives.
    child.on('exit', (code) => setTimeout(() => end(code), 250).unref());
    child.stdin?.on('error', () => undefined);
    child.stdin?.end(options.input);
  });
}

/**
 * Runs a program that has to succeed and gives its output.
 * @throws AppError DATABASE_UNAVAILABLE with the last lines that the program wrote
 */
export async function mustRun(program: string, args: readonly string[], options: CommandOptions): Promise<string> {
  const result = await runCommand(program, args, options);
  if (result.code === 0) return result.stdout;
  throw new AppError('DATABASE_UNAVAILABLE', {
    detail: `Cannot run ${program} ${args[0] ?? ''}: exit code ${result.code ?? 'none'}\n${lastLines(result.stderr || result.stdout)}`,
  });
}

/** The last ten lines of a text. */
export function lastLines(output: string): string {
  return output.trimEnd().split('\n').slice(-10).join('\n');
}

function cleanEnvironment(env: Environment): Record<string, string> {
  const clean: Record<string, string> = {};
  for (const [name, value] of Object.entries(env)) {
    if (value !== undefined && !name.startsWith('PG')) clean[name] = value;
  }
  return { ...clean, LC_ALL: 'C' };
}

function text(chunks: readonly Buffer[]): string {
  return Buffer.concat(chunks).toString('utf8');
}
