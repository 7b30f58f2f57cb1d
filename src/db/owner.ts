import pg from 'pg';
import { compile } from '../base/sql.ts';
import type { Sql } from '../base/sql.ts';
import type { DatabaseConnection } from '../config/connection.ts';
import { connect } from './connect.ts';
import type { Connected } from './connect.ts';
import type { Row } from './database.ts';
import { parameterValue } from './parameter-text.ts';

/** A session that may write, for the private cluster and its loader only: it knows no time limit and is never pooled. */
export interface Owner {
  /**
   * Runs one statement, or a script of several without values; gives the rows of the last one as text.
   * @throws the server's error
   */
  run(statement: Sql): Promise<readonly Row[]>;
  /** The connection itself, for COPY. */
  readonly connected: Connected;
  close(): Promise<void>;
}

const AS_TEXT = { getTypeParser: () => (raw: unknown) => raw };

/**
 * Connects as a role that may write.
 * @throws the error of the connection attempt
 */
export async function openOwner(connection: DatabaseConnection): Promise<Owner> {
  const connected = await connect(connection);
  const { client } = connected;
  return {
    connected,
    async run(statement) {
      const { text, values } = compile(statement);
      const query = { text, rowMode: 'array' as const, types: AS_TEXT };
      const result: unknown = await client.query(values.length === 0 ? query : { ...query, values: values.map(parameterValue) });
      const last: unknown = Array.isArray(result) ? result.at(-1) : result;
      return isResult(last) ? last.rows : [];
    },
    close: () => client.end(),
  };
}

function isResult(value: unknown): value is pg.QueryArrayResult<(string | null)[]> {
  return value instanceof pg.Result;
}
