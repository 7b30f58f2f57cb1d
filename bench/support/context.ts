import type { Databases } from './databases.ts';

/** What a bench is given. */
export interface BenchContext {
  readonly env: NodeJS.ProcessEnv;
  readonly databases: Databases;
  /** Rounds that count, for each way and each tile or page. */
  readonly rounds: number;
  /** Says on standard error what is being measured. */
  tell(what: string): void;
}

/** One figure of a bench. */
export interface Row {
  readonly what: string;
  /** In words: `1/18`, `7.2 ×`, `not measured: …`. */
  readonly result: string;
  readonly target: string;
  /** Undefined where there is no target, or nothing was measured. */
  readonly met: boolean | undefined;
  /** Medians behind the figure. */
  readonly details?: string;
}

/** A bench: what it is called on the command line, its heading, and how it is run. */
export interface Bench {
  readonly name: string;
  readonly title: string;
  /** One or two sentences on what was compared with what, and how. */
  readonly method: string;
  run(context: BenchContext): Promise<readonly Row[]>;
}

/** A row for what could not be measured here. */
export function notMeasured(what: string, target: string, why: string): Row {
  return { what, target, result: `not measured: ${why}`, met: undefined };
}

/** Milliseconds with as many digits as they deserve. */
export function ms(value: number): string {
  return `${value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toFixed(2)} ms`;
}
