import type { Environment } from '../cluster/command.ts';

/** What a command is given of the world: everything that a process has, so that commands can be run without one. */
export interface World {
  readonly env: Environment;
  /** Folder of the checkout or the installed package. */
  readonly packageFolder: string;
  readonly home: string;
  readonly temporary: string;
  readonly uid: number | undefined;
  /** Whether standard output is a terminal, where lines can be drawn over. */
  readonly interactive: boolean;
  /** Whether the terminal that we were started from is still open. */
  hasTerminal(): boolean;
  /** Standard output: results, and what people want to see while they wait. */
  out(text: string): void;
  /** Standard error: warnings and errors. */
  err(text: string): void;
  /** Calls back on each signal until the returned function is called. */
  onSignal(name: 'SIGINT' | 'SIGTERM' | 'SIGHUP', listener: () => void): () => void;
  /** Ends the process at once. */
  exit(code: number): void;
}

/** Flags and arguments as `parseArgs` of node:util splits them. */
export interface CommandInput {
  readonly flags: Readonly<Record<string, string | boolean | undefined>>;
  readonly positionals: readonly string[];
}

/** One command of the program. */
export interface Command {
  readonly name: string;
  /** `serve [<database url>]`. */
  readonly usage: string;
  readonly summary: string;
  /** Flags of its own, besides those of the configuration when `configured`. */
  readonly flags: Readonly<Record<string, { readonly type: 'string' | 'boolean'; readonly doc: string }>>;
  /** Whether it reads the configuration and so takes all of its flags. */
  readonly configured: boolean;
  readonly maximumPositionals: number;
  /** Gives the exit code. */
  run(input: CommandInput, world: World): Promise<number>;
}
