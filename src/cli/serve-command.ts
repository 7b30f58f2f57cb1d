import { once } from 'node:events';
import type { Config } from '../config/config.ts';
import { readConfig } from '../config/read-config.ts';
import { type RunningServer, startServer } from '../server/lifecycle.ts';
import type { Command, CommandInput, World } from './command.ts';
import { type OpenChoice, openDatabaseChoice, withDatabase } from './open-database-choice.ts';

/** `graticule start`: serves the database that the environment names, else the private cluster with the demo data. */
export const startCommand: Command = {
  name: 'start',
  usage: 'start',
  summary: 'serves the database that DATABASE_URL or PG* name, else a private one with demo data',
  flags: {},
  configured: true,
  maximumPositionals: 0,
  run: serve,
};

/** `graticule serve [<database>]`. */
export const serveCommand: Command = {
  name: 'serve',
  usage: 'serve [<database>]',
  summary: 'serves a database: postgres://user@host/name, or libpq keywords and values',
  flags: {},
  configured: true,
  maximumPositionals: 1,
  run: serve,
};

async function serve({ flags, positionals }: CommandInput, world: World): Promise<number> {
  const config = readConfig({ flags: withDatabase(flags, positionals[0]), env: world.env });
  const stop = awaitStop(world);
  try {
    const choice = await openDatabaseChoice(config, world, { write: world.out, redraw: world.interactive }, stop.signal);
    try {
      await serveUntilStopped(config, choice, stop, world);
    } finally {
      await choice.close();
    }
    return 0;
  } catch (error) {
    // What fails because it was stopped has not failed.
    if (stop.signal.aborted) return 0;
    throw error;
  } finally {
    stop.forget();
  }
}

async function serveUntilStopped(config: Config, choice: OpenChoice, stop: Stop, world: World): Promise<void> {
  stop.signal.throwIfAborted();
  const server = await startServer({ config, connection: choice.connection, onTry: (message) => world.err(`${message}\n`) });
  // A closed terminal sends the same signal as `kill -HUP`; nobody would see that we go on.
  const forget = world.onSignal('SIGHUP', () => (world.interactive && !world.hasTerminal() ? stop.now() : void server.refresh()));
  try {
    if (!stop.signal.aborted) {
      world.out(welcome(server));
      await once(stop.signal, 'abort');
    }
    world.out('Stopping …\n');
  } finally {
    forget();
    await server.close();
  }
}

function welcome({ urls }: RunningServer): string {
  return ['', `  Start here   ${urls.root}`, `  Map          ${urls.viewer}`, `  API          ${urls.api}`, '', ''].join('\n');
}

interface Stop {
  readonly signal: AbortSignal;
  now(): void;
  forget(): void;
}

/** npm passes on the Ctrl-C that the terminal has already sent us: the same one comes twice. */
const SAME_SIGNAL_MS = 500;

/** Waits for Ctrl-C or SIGTERM; the second one ends the process at once, whatever is still open. */
function awaitStop(world: World): Stop {
  const controller = new AbortController();
  let first = 0;
  const onStop = (code: number) => (): void => {
    if (controller.signal.aborted && performance.now() - first > SAME_SIGNAL_MS) world.exit(code);
    if (!controller.signal.aborted) first = performance.now();
    controller.abort();
  };
  const off = [world.onSignal('SIGINT', onStop(130)), world.onSignal('SIGTERM', onStop(143))];
  return { signal: controller.signal, now: () => controller.abort(), forget: () => off.forEach((forget) => forget()) };
}
