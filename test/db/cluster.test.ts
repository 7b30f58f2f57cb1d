import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import pg from 'pg';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';

describe('a test database', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await createTestDatabase('empty');
  });
  afterAll(() => database.close());

  test('has PostGIS and postgis_raster', async () => {
    const rows = await database.query(`select extname from pg_extension where extname like 'postgis%' order by 1`);
    expect(rows).toEqual([{ extname: 'postgis' }, { extname: 'postgis_raster' }]);
  });

  test('lets the reader read what the owner makes, and nothing else', async () => {
    await database.query('create table t as select 1 as n');
    const reader = new pg.Client({ connectionString: database.readerUrl });
    await reader.connect();
    try {
      expect((await reader.query('select n, current_user as who from t')).rows).toEqual([{ n: 1, who: 'graticule_reader' }]);
      await reader.query('set default_transaction_read_only = off');
      await expect(reader.query('insert into t values (2)')).rejects.toThrow('permission denied');
      await expect(reader.query('create table mine (n int)')).rejects.toThrow('permission denied');
    } finally {
      await reader.end();
    }
  });
});
