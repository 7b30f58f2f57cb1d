import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { cli } from './world.ts';

describe('graticule catalog', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await createTestDatabase('empty');
    await database.query(`
      create table roads (id int primary key, name text, geom geometry(linestring, 3857));
      create index on roads using gist (geom);
      create table secret (id int primary key, geom geometry(point, 4326));
      revoke select on secret from graticule_reader`);
  });
  afterAll(() => database.close());

  test('lists what is served and says first which database, without its password', async () => {
    const { code, out, err } = await cli(['catalog', database.readerUrl]);
    expect(code).toBe(0);
    expect(out).toContain('roads');
    expect(out).not.toContain('secret');
    expect(err).toMatch(/^Database: postgres:\/\/graticule_reader@/);
    expect(err).toContain(`/${database.name}, named by the command line\n`);
    const password = database.reader.hosts[0]?.password ?? '?';
    expect(err + out).not.toContain(password);
  });

  test('--explain names what is left out, the reason, and the SQL that would change it', async () => {
    const { out } = await cli(['catalog', '--explain'], { DATABASE_URL: database.readerUrl });
    expect(out).toContain('no-select-privilege');
    expect(out).toMatch(/grant select on .*secret.* to .*graticule_reader/i);
  });

  test('--explain --json is JSON and nothing else', async () => {
    const { out } = await cli(['catalog', '--explain', '--json'], { DATABASE_URL: database.readerUrl });
    const findings: unknown = JSON.parse(out);
    expect(findings).toContainEqual(expect.objectContaining({ relation: 'public.secret', code: 'no-select-privilege' }));
  });

  test('a database that does not exist is one message and exit code 1', async () => {
    const url = database.readerUrl.replace(database.name, 'nowhere');
    const { code, err } = await cli(['catalog', url]);
    expect(code).toBe(1);
    expect(err).toContain('nowhere');
    expect(err).not.toMatch(/^\s+at /m);
  });
});
