import { BYTEA } from './exchange.ts';
import type { Field } from './exchange.ts';

/** What is known of a statement's text from the times that it ran, on any connection. */
export interface KnownStatement {
  /** False: it has not been run before. */
  readonly seen: boolean;
  /** Result formats to ask for, by column; none: all text. */
  readonly formats: readonly number[];
}

/** The statements that were run, by their text; bounded. */
export interface StatementMemory {
  /** What is known before this use, which is noted. */
  use(text: string): KnownStatement;
  /** Learns the formats from the columns of a result. */
  learn(text: string, fields: readonly Field[]): void;
  forget(text: string): void;
}

const MOST = 2000;
const UNKNOWN: KnownStatement = { seen: false, formats: [] };

/**
 * Remembers which columns of a statement are bytea, so that from its second run on they travel in binary: the formats
 * must be asked for before the server has told the types, and asking first would cost a round trip.
 */
export function createStatementMemory(): StatementMemory {
  const known = new Map<string, KnownStatement>();
  const put = (text: string, statement: KnownStatement): void => {
    known.delete(text);
    known.set(text, statement);
    if (known.size <= MOST) return;
    const [oldest] = known.keys();
    if (oldest !== undefined) known.delete(oldest);
  };
  return {
    use(text) {
      const before = known.get(text);
      // Which is the oldest matters once one has to go.
      if (before === undefined || known.size >= MOST) put(text, before ?? { seen: true, formats: [] });
      return before ?? UNKNOWN;
    },
    learn(text, fields) {
      const before = known.get(text);
      if (before === undefined) return;
      const formats: readonly number[] = fields.map((field) => (field.dataTypeID === BYTEA ? 1 : 0));
      const wanted = formats.includes(1) ? formats : [];
      if (wanted.join() !== before.formats.join()) known.set(text, { ...before, formats: wanted });
    },
    forget: (text) => known.delete(text),
  };
}
