import { AppError } from '../base/error.ts';

/** One statement of a pipeline: parsed when it is new to the connection, bound, described when its rows are wanted, executed. */
export interface Step {
  /** Name of the prepared statement; empty: the unnamed one. */
  readonly name: string;
  /** SQL to parse first; undefined when the connection knows `name` already. */
  readonly parse: string | undefined;
  readonly values: readonly (string | Buffer | null)[];
  /** Result formats by column: 0 text, 1 binary; none: all text. */
  readonly formats: readonly number[];
  readonly wanted: boolean;
}

const MAX_VALUES = 65_535;
const EMPTY_PORTAL = cstring('');
const ZERO = int16(0);
const ONE = int16(1);
const NULL = int32(-1);
const DESCRIBE_PORTAL = message('D', [Buffer.from('P\0')]);
const EXECUTE_ALL = message('E', [Buffer.alloc(5)]);
const SYNC = message('S', []);

/**
 * The messages of several statements and one Sync, to be sent in one write (PostgreSQL documentation, §55.2.4). Without
 * BEGIN they are one implicit transaction: it ends with the Sync, whatever happens.
 */
export function encodePipeline(steps: readonly Step[], dropped: readonly string[] = []): Buffer {
  const parts: Buffer[] = dropped.map((name) => message('C', [cstring(`S${name}`)]));
  for (const step of steps) {
    if (step.parse !== undefined) parts.push(message('P', [cstring(step.name), cstring(step.parse), ZERO]));
    parts.push(bind(step));
    if (step.wanted) parts.push(DESCRIBE_PORTAL);
    parts.push(EXECUTE_ALL);
  }
  parts.push(SYNC);
  return Buffer.concat(parts);
}

/** Buffers travel in binary, everything else as text; the server infers the types. */
function bind(step: Step): Buffer {
  const { values, formats } = step;
  if (values.length > MAX_VALUES) {
    // The count is a 16-bit number on the wire: one more would be read as none.
    throw new AppError('FILTER_TOO_COMPLEX', { detail: `Cannot bind ${values.length} values: at most ${MAX_VALUES} are possible` });
  }
  const parts = [EMPTY_PORTAL, cstring(step.name), int16(values.length)];
  for (const value of values) parts.push(Buffer.isBuffer(value) ? ONE : ZERO);
  parts.push(int16(values.length));
  for (const value of values) {
    if (value === null) parts.push(NULL);
    else {
      const bytes = typeof value === 'string' ? Buffer.from(value) : value;
      parts.push(int32(bytes.length), bytes);
    }
  }
  parts.push(int16(formats.length), ...formats.map((format) => (format === 1 ? ONE : ZERO)));
  return message('B', parts);
}

function message(code: string, parts: readonly Buffer[]): Buffer {
  const length = parts.reduce((sum, part) => sum + part.length, 4);
  return Buffer.concat([Buffer.from(code), int32(length), ...parts], length + 1);
}

function cstring(text: string): Buffer {
  // A NUL would end the string early and break the framing of everything after it.
  if (text.includes('\0')) throw new Error('SQL text contains NUL');
  return Buffer.from(`${text}\0`);
}

function int16(value: number): Buffer {
  return Buffer.from([value >> 8, value]);
}

function int32(value: number): Buffer {
  return Buffer.from([value >> 24, value >> 16, value >> 8, value]);
}
