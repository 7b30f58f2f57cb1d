import type { Sql } from '../../src/base/sql.ts';
import type { Database } from '../../src/db/database.ts';

/** The same database, telling which statements it is given. */
export function recording(database: Database, record: (statement: Sql) => void): Database {
  const rows: Database['rows'] = (statement, options) => {
    record(statement);
    return database.rows(statement, options);
  };
  return { ...database, available: true, pooled: false, rows };
}
