import { once } from 'node:events';
import { compile, ident, join, sql } from '../base/sql.ts';
import type { Owner } from './owner.ts';
import type { RowConnection } from './row-connection.ts';

/** Where rows are copied to: a table's name by parts, and columns in the order of the values. */
export interface CopyTarget {
  readonly table: readonly string[];
  readonly columns: readonly string[];
}

/** A row to copy: each value as PostgreSQL's input text of its column's type, null for null. */
export type CopyRow = readonly (string | null)[];

const CHUNK_BYTES = 65_536;
const ESCAPES: Readonly<Record<string, string>> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' };

/**
 * Writes rows by `COPY … FROM STDIN`, as fast as the server takes them; nothing of it stays when a row is refused or
 * `rows` throws.
 * @throws the server's error, or that of `rows`
 */
export async function copyRows(owner: Owner, target: CopyTarget, rows: Iterable<CopyRow> | AsyncIterable<CopyRow>): Promise<void> {
  const { client, connection } = owner.connected;
  const columns = join(target.columns.map((column) => ident(column)));
  const { text } = compile(sql`copy ${ident(target.table)} (${columns}) from stdin`);
  let failure: unknown;
  let settle: { resolve(): void; reject(error: unknown): void } = { resolve() {}, reject() {} };
  const done = new Promise<void>((resolve, reject) => {
    settle = { resolve, reject };
  });
  const state = { refused: false };
  client.query({
    submit: () => connection.query(text),
    handleCopyInResponse() {
      send(connection, rows, state).catch((error: unknown) => {
        failure = error;
        connection.sendCopyFail('The rows could not be read');
      });
    },
    handleCommandComplete() {},
    handleReadyForQuery: () => settle.resolve(),
    handleError(error: unknown) {
      state.refused = true;
      settle.reject(failure ?? error);
    },
  });
  await done;
}

async function send(
  connection: RowConnection,
  rows: Iterable<CopyRow> | AsyncIterable<CopyRow>,
  state: { readonly refused: boolean },
): Promise<void> {
  let text = '';
  const flush = async (): Promise<void> => {
    if (text === '') return;
    connection.sendCopyFromChunk(Buffer.from(text));
    text = '';
    if (connection.stream.writableNeedDrain) await once(connection.stream, 'drain');
  };
  for await (const row of rows) {
    if (state.refused) return;
    text += `${row.map(copyText).join('\t')}\n`;
    if (text.length >= CHUNK_BYTES) await flush();
  }
  await flush();
  if (!state.refused) connection.endCopyFrom();
}

function copyText(value: string | null): string {
  if (value === null) return '\\N';
  return value.replace(/[\\\t\n\r]/g, (character) => ESCAPES[character] ?? character);
}
