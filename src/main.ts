import { homedir, tmpdir } from 'node:os';
import { fileURLToPath } from 'node:url';
import { runCli } from './cli/run-cli.ts';

const code = await runCli(process.argv.slice(2), {
  env: process.env,
  packageFolder: fileURLToPath(new URL('..', import.meta.url)),
  home: homedir(),
  temporary: tmpdir(),
  uid: process.getuid?.(),
  interactive: process.stdout.isTTY === true,
  out: (text) => process.stdout.write(text),
  err: (text) => process.stderr.write(text),
  onSignal: (name, listener) => {
    process.on(name, listener);
    return () => process.off(name, listener);
  },
  exit: (status) => process.exit(status),
});
process.exit(code);
