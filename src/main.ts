import { closeSync, openSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { fileURLToPath } from 'node:url';
import { allowGarbage } from './base/heap-growth.ts';
import { runCli } from './cli/run-cli.ts';

// Whoever read our output may leave; that is no reason to end.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);

allowGarbage();

const code = await runCli(process.argv.slice(2), {
  env: process.env,
  packageFolder: fileURLToPath(new URL('..', import.meta.url)),
  home: homedir(),
  temporary: tmpdir(),
  uid: process.getuid?.(),
  interactive: process.stdout.isTTY === true,
  hasTerminal: () => {
    try {
      closeSync(openSync('/dev/tty', 'r'));
      return true;
    } catch {
      return false;
    }
  },
  out: (text) => process.stdout.write(text),
  err: (text) => process.stderr.write(text),
  onSignal: (name, listener) => {
    process.on(name, listener);
    return () => process.off(name, listener);
  },
  exit: (status) => process.exit(status),
});
process.exit(code);
