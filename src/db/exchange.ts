import type pg from 'pg';
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

/** One pipeline of statements on the wire, in the form that `pg.Client.query` takes, and its outcome. */
export interface Exchange extends pg.Submittable {
  readonly result: Promise<ExchangeResult>;
  /** Statements that were answered. */
  readonly completed: number;
}

/** Oid of the type bytea, the only one whose values travel in binary. */
export const BYTEA = 17;

/**
 * Prepares one round trip: all steps and the Sync in one write, all answers until ReadyForQuery. The method names of the
 * record are those that pg's client calls.
 */
export function createExchange(connection: RowConnection, steps: readonly Step[], dropped: readonly string[]): Exchange {
  // Before anything is on its way: what cannot be encoded must leave the connection as it was.
  const request = encodePipeline(steps, dropped);
  let completed = 0;
  let fields: readonly Field[] = [];
  const rows: Row[] = [];
  let settle: { resolve(result: ExchangeResult): void; reject(error: unknown): void } = { resolve() {}, reject() {} };
  const result = new Promise<ExchangeResult>((resolve, reject) => {
    settle = { resolve, reject };
  });
  const exchange = {
    result,
    get completed() {
      return completed;
    },
    submit() {
      connection.sink = (body, owned) => {
        if (steps[completed]?.wanted === true) rows.push(decodeRow(body, owned, fields));
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
      connection.sink = undefined;
      settle.resolve({ fields, rows });
    },
    handleError(error: unknown) {
      connection.sink = undefined;
      if (sqlstate(error) === undefined) settle.reject(error);
      else afterServerError(connection, () => settle.reject(error));
    },
  };
  return exchange;
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
