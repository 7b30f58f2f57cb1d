import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

/** True where a missing program is a failure and not a reason to skip. */
const MUST_BE_THERE = process.env['CI'] !== undefined || process.env['GRATICULE_CI'] !== undefined;

/** The path of a program; undefined where it is not installed. */
export function findProgram(name: string): string | undefined {
  const folders = (process.env['PATH'] ?? '').split(':').filter((folder) => folder !== '');
  return folders.map((folder) => join(folder, name)).find((path) => existsSync(path));
}

/**
 * The tests of a program, or where it is absent one skipped test that says what to install; in CI that one fails.
 * What may be absent in CI too is `optional`.
 */
export function withProgram(
  program: { readonly name: string; readonly path: string | undefined; readonly install: string; readonly optional?: boolean },
  tests: (path: string) => void,
): void {
  if (program.path !== undefined) {
    tests(program.path);
    return;
  }
  const sentence = `${program.name} is not installed: ${program.install}`;
  if (MUST_BE_THERE && program.optional !== true) {
    test(sentence, () => expect.fail(sentence));
    return;
  }
  test.skip(sentence, () => undefined);
}

/** Runs a program to its end and gives what it printed. @throws Error with its output when it fails */
export async function run(path: string, args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<string> {
  return (await runBoth(path, args, env)).stdout;
}

/** The same with what it printed as errors and warnings. */
export async function runBoth(
  path: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<{ readonly stdout: string; readonly stderr: string }> {
  const options = { env: { ...process.env, ...env }, maxBuffer: 1 << 26, timeout: 60_000 };
  return promisify(execFile)(path, [...args], options);
}
