import { AppError } from '../base/error.ts';
import { MessageWriter } from './message-writer.ts';

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
const PORTAL = '';
/** Enough for the settings and a tile's statement that is prepared. */
const USUAL_BYTES = 1024;

/**
 * The messages of several statements and one Sync, to be sent in one write (PostgreSQL documentation, §55.2.4). Without
 * BEGIN they are one implicit transaction: it ends with the Sync, whatever happens.
 */
export function encodePipeline(steps: readonly Step[], dropped: readonly string[] = []): Buffer {
  const out = new MessageWriter(USUAL_BYTES);
  for (const name of dropped) out.begin('C').cstring(`S${name}`).end();
  for (const step of steps) {
    if (step.parse !== undefined) out.begin('P').cstring(step.name).cstring(step.parse).int16(0).end();
    bind(out, step);
    if (step.wanted) out.begin('D').cstring(`P${PORTAL}`).end();
    // 0 rows at most: all of them.
    out.begin('E').cstring(PORTAL).int16(0).int16(0).end();
  }
  out.begin('S').end();
  return out.bytes;
}

/** Buffers travel in binary, everything else as text; the server infers the types. */
function bind(out: MessageWriter, { name, values, formats }: Step): void {
  if (values.length > MAX_VALUES) {
    // The count is a 16-bit number on the wire: one more would be read as none.
    throw new AppError('FILTER_TOO_COMPLEX', { detail: `Cannot bind ${values.length} values: at most ${MAX_VALUES} are possible` });
  }
  out.begin('B').cstring(PORTAL).cstring(name).int16(values.length);
  for (const value of values) out.int16(Buffer.isBuffer(value) ? 1 : 0);
  out.int16(values.length);
  for (const value of values) out.value(value);
  out.int16(formats.length);
  for (const format of formats) out.int16(format);
  out.end();
}
