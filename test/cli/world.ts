import { homedir, tmpdir } from 'node:os';
import { fileURLToPath } from 'node:url';
import { runCli } from '../../src/cli/run-cli.ts';

/** What a command printed and how it ended. */
export interface CliResult {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** Runs a command in this process, with an environment of its own. */
export async function cli(argv: readonly string[], env: Readonly<Record<string, string | undefined>> = {}): Promise<CliResult> {
  let out = '';
  let err = '';
  const code = await runCli(argv, {
    env: { PATH: process.env['PATH'], ...env },
    packageFolder: fileURLToPath(new URL('../..', import.meta.url)),
    home: homedir(),
    temporary: tmpdir(),
    uid: process.getuid?.(),
    interactive: false,
    hasTerminal: () => false,
    out: (text) => void (out += text),
    err: (text) => void (err += text),
    onSignal: () => () => undefined,
    exit: (status) => {
      throw new Error(`exit ${status}`);
    },
  });
  return { code, out, err };
}
