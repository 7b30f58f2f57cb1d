import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { Statement } from '../../src/base/sql.ts';

const run = promisify(execFile);

/**
 * Milliseconds, by psql's own clock, that the last of several `COPY (statement) TO STDOUT` takes within one connection:
 * the least that it costs to have the rows out of the database.
 */
export async function timeCopy(statement: Statement, database: string, times = 3): Promise<number> {
  const copy = `copy (${withValues(statement)}) to stdout (format binary)`.replaceAll(/\s+/g, ' ');
  const commands = ['\\o /dev/null', '\\timing on', ...Array.from({ length: times }, () => copy)];
  const args = ['--no-psqlrc', '--quiet', ...commands.flatMap((command) => ['--command', command]), database];
  const { stdout } = await run('psql', args, { env: { ...process.env, PGOPTIONS: '-c jit=off' } });
  const took = [...stdout.matchAll(/^Time: ([\d.]+) ms/gm)].at(-1)?.[1];
  if (took === undefined) throw new Error(`psql told no time: ${stdout.slice(0, 300)}`);
  return Number(took);
}

/** COPY takes no parameters: numbers and text in their places. */
function withValues({ text, values }: Statement): string {
  return text.replaceAll(/\$(\d+)/g, (_, n: string) => {
    const value = values[Number(n) - 1];
    if (typeof value === 'number') return String(value);
    if (typeof value === 'string') return `'${value.replaceAll("'", "''")}'`;
    throw new Error(`A parameter is neither a number nor text: ${String(value)}`);
  });
}
