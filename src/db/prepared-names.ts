import type { Step } from './wire.ts';

/** The prepared statements of one connection. */
export interface PreparedNames {
  /** The name of a text, and the text itself when the server has still to parse it. */
  take(text: string): Pick<Step, 'name' | 'parse'>;
  /** Names that the server may forget, once. */
  dropped(): readonly string[];
  /** Steps of a pipeline that failed: whether the server knows their names is not certain. */
  doubt(steps: readonly Step[]): void;
}

/** A backend keeps what it parsed for ever (2,000 statements: 13 MB), so the least used give way. */
const MOST = 100;

/** Keeps the names that a connection's server knows, at most 100; a name is never used for a second text. */
export function createPreparedNames(): PreparedNames {
  const byText = new Map<string, string>();
  let gone: string[] = [];
  let count = 0;
  const drop = (text: string, name: string): void => {
    byText.delete(text);
    gone.push(name);
  };
  return {
    take(text) {
      const known = byText.get(text);
      if (known !== undefined) {
        // Which is the oldest matters once one has to go.
        if (byText.size >= MOST) {
          byText.delete(text);
          byText.set(text, known);
        }
        return { name: known, parse: undefined };
      }
      count += 1;
      const name = `g${count}`;
      byText.set(text, name);
      const [oldest] = byText;
      if (byText.size > MOST && oldest !== undefined) drop(...oldest);
      return { name, parse: text };
    },
    dropped() {
      const names = gone;
      gone = [];
      return names;
    },
    doubt(steps) {
      for (const { name, parse } of steps) if (name !== '' && parse !== undefined) drop(parse, name);
    },
  };
}
