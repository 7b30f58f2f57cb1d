import type pg from 'pg';
import { AppError } from '../base/error.ts';
import type { Connected } from './connect.ts';
import type { Row } from './database.ts';
import type { RowConnection } from './row-connection.ts';
import { sqlstate } from './sqlstate.ts';
import { encodePipeline } from './wire.ts';
import type { Step } from './wire.ts';

/** A result column as RowDescription tells it. */
export interface Field {
  readonly name: string;
  readonly dataTypeID: number;
  readonly format: string;
}

/** What the wanted steps of a pipeline gave, all rows together. */
export interface ExchangeResult {
  readonly fields: readonly Field[];
  readonly rows: Row[];
}

/** One pipeline of statements on the wire, in the form that `pg.Client.query` takes. */
export interface Exchange extends pg.Submittable {
  /** Statements that were answered. */
  readonly completed: number;
}

/** What one round trip sends. */
export interface ExchangeRequest {
  readonly steps: readonly Step[];
  /** Names of prepared statements that the server may forget. */
  readonly dropped: readonly string[];
}

/** Who is told of the outcome. */
interface Settle {
  resolve(result: ExchangeResult): void;
  reject(error: unknown): void;
}

/** Oid of the type bytea, the only one whose values travel in binary. */
export const BYTEA = 17;

/**
 * One round trip: all steps and the Sync in one write, all answers until ReadyForQuery.
 * @throws (rejects with) what cannot be encoded, which leaves the connection as it was, and the server's or the socket's error
 */
export function runExchange(
  { client, connection }: Pick<Connected, 'client' | 'connection'>,
  request: ExchangeRequest,
  begun: (exchange: Exchange) => void = () => undefined,
): Promise<ExchangeResult> {
  return new Promise((resolve, reject) => {
    const exchange = createExchange(connection, request, { resolve, reject });
    begun(exchange);
    client.query(exchange);
  });
}

const NOBODY: Settle = { resolve() {}, reject() {} };

/**
 * The method names of the record are those that pg's client calls. When it is done the record lets go of its rows and of who
 * waits for them: exchanges that are over still hold each other until a full collection, and with them all rows survived
 * the young generation's collector, 10 ms each time where it now takes 0.5 ms.
 */
function createExchange(connection: RowConnection, { steps, dropped }: ExchangeRequest, settle: Settle): Exchange {
  // Before anything is on its way.
  const request = encodePipeline(steps, dropped);
  let waiting = settle;
  let completed = 0;
  let fields: readonly Field[] = [];
  let rows: Row[] = [];
  // What a row cannot be decoded for; thrown where rows arrive, nobody would catch it.
  let unreadable: AppError | undefined;
  const finish = (tell: (told: Settle) => void): void => {
    const told = waiting;
    waiting = NOBODY;
    connection.sink = undefined;
    tell(told);
    rows = [];
  };
  const exchange = {
    get completed() {
      return completed;
    },
    submit() {
      connection.sink = (body, owned) => {
        if (steps[completed]?.wanted !== true || unreadable !== undefined) return;
        const row = readRow(body, owned, fields);
        if (row instanceof AppError) unreadable = row;
        else rows.push(row);
      };
      connection.stream.write(request);
    },
    handleRowDescription(message: { readonly fields: readonly Field[] }) {
      fields = message.fields;
    },
    handleCommandComplete() {
      completed += 1;
    },
    handleEmptyQuery() {
      completed += 1;
    },
    handleReadyForQuery() {
      finish(({ resolve, reject }) => (unreadable === undefined ? resolve({ fields, rows }) : reject(unreadable)));
    },
    handleError(error: unknown) {
      finish(({ reject }) => {
        if (sqlstate(error) === undefined) reject(error);
        else afterServerError(connection, () => reject(error));
      });
    },
  };
  return exchange;
}

/** A row, or why it cannot be read: a value of it is longer than the longest string, 512 MB. */
function readRow(body: Buffer, owned: boolean, fields: readonly Field[]): Row | AppError {
  try {
    return decodeRow(body, owned, fields);
  } catch (cause) {
    return new AppError('CONTENT_TOO_LARGE', { detail: `Cannot read a row of ${body.length} bytes: a value of it is too long`, cause });
  }
}

/** The server has more to say: whether a transaction is open is known with ReadyForQuery, and not before. */
function afterServerError(connection: RowConnection, then: () => void): void {
  const once = (): void => {
    connection.off('readyForQuery', once);
    connection.off('end', once);
    then();
  };
  connection.on('readyForQuery', once);
  connection.on('end', once);
}

/**
 * A row as values in column order. Small binary values are copied, lest a tile of 300 bytes that is kept for a minute
 * keeps the 64 kB that it came in.
 */
function decodeRow(body: Buffer, owned: boolean, fields: readonly Field[]): Row {
  const row: (string | Buffer | null)[] = [];
  let at = 2;
  for (const field of fields) {
    const length = body.readInt32BE(at);
    const start = at + 4;
    at = start + Math.max(length, 0);
    if (length < 0) row.push(null);
    else if (field.dataTypeID !== BYTEA) row.push(body.toString('utf8', start, at));
    else if (field.format !== 'binary') row.push(Buffer.from(body.toString('latin1', start + 2, at), 'hex'));
    else row.push(owned ? body.subarray(start, at) : Buffer.from(body.subarray(start, at)));
  }
  return row;
}
