import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { RasterCollection } from '../../src/catalog/collection.ts';
import { readTimeAxis } from '../../src/services/maps/time-axis.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { CONTEXT, openDiscovered, type Discovered } from '../support/services.ts';

let database: TestDatabase;
let found: Discovered;

/** Tables of rasters with a time column of a type and some values. */
const TABLES: readonly (readonly [name: string, type: string, values: readonly string[]])[] = [
  ['days', 'date', ['2021-02-03', '2020-01-01', '2021-02-03']],
  ['moments', 'timestamptz', ['2020-01-01T12:00:00+02', '2020-01-01T12:00:00.5Z']],
  ['local_moments', 'timestamp', ['2020-01-01T12:00:00']],
  ['odd', 'timestamptz', ['infinity', '-infinity', '0044-03-15 BC', '2020-01-01T00:00:00Z']],
  ['unknown', 'timestamptz', ['-infinity']],
];

beforeAll(async () => {
  database = await createTestDatabase('empty');
  for (const [name, type, values] of TABLES) {
    await database.query(`create table ${name} (rid serial primary key, taken ${type}, rast raster)`);
    await database.query(`comment on table ${name} is '{"datetime": "taken"}'`);
    for (const value of [...values, ...(name === 'odd' ? [null] : [])]) {
      await database.query(
        `insert into ${name} (taken, rast) values ($1, st_addband(st_makeemptyraster(4, 4, 0, 0, 1, -1, 0, 0, 4326), '8BUI'::text, 1))`,
        [value],
      );
    }
  }
  await database.query(`create table many (rid serial primary key, taken timestamptz, rast raster);
    comment on table many is '{"datetime": "taken"}';
    insert into many (taken, rast) select '2020-01-01Z'::timestamptz + n * interval '1 day', st_addband(st_makeemptyraster(4, 4, 0, 0, 1, -1, 0, 0, 4326), '8BUI'::text, 1)
      from generate_series(0, 500) n;
    create table spans (rid serial primary key, since date, until date, rast raster);
    comment on table spans is '{"start": "since", "end": "until"}';
    insert into spans (since, until, rast) values ('2020-01-01', '2020-03-01', st_addband(st_makeemptyraster(4, 4, 0, 0, 1, -1, 0, 0, 4326), '8BUI'::text, 1)),
      ('2020-02-01', '2020-02-10', st_addband(st_makeemptyraster(4, 4, 0, 0, 1, -1, 0, 0, 4326), '8BUI'::text, 1))`);
  found = await openDiscovered(database.reader);
});

afterAll(async () => {
  await found?.database.close();
  await database?.close();
});

function raster(id: string): RasterCollection {
  const collection = found.catalog.collections.get(id);
  if (collection?.kind !== 'raster') throw new Error(`There is no raster ${id}`);
  return collection;
}

const axis = (id: string): ReturnType<typeof readTimeAxis> => readTimeAxis(found.database, raster(id), CONTEXT);

describe('the time axis of a table of rasters', () => {
  test('has each day once, ascending', async () => {
    const [first, last] = ['2020-01-01T00:00:00Z', '2021-02-03T00:00:00Z'];
    expect(await axis('days')).toEqual({ first, last, instants: [first, last], unit: 'day' });
  });

  test('is in UTC with the fractions that there are', async () => {
    const [first, last] = ['2020-01-01T10:00:00Z', '2020-01-01T12:00:00.500000Z'];
    expect(await axis('moments')).toEqual({ first, last, instants: [first, last], unit: 'second' });
    expect((await axis('local_moments'))?.first).toBe('2020-01-01T12:00:00Z');
  });

  test('leaves out what is no time: null, infinite ends, years before 1', async () => {
    const only = '2020-01-01T00:00:00Z';
    expect(await axis('odd')).toEqual({ first: only, last: only, instants: [only], unit: 'second' });
    expect(await axis('unknown')).toBeUndefined();
  });

  test('names no instants where there are too many, or where rows last for a while', async () => {
    expect(await axis('many')).toMatchObject({ first: '2020-01-01T00:00:00Z', last: '2021-05-15T00:00:00Z', instants: undefined });
    expect(await axis('spans')).toEqual({ first: '2020-01-01T00:00:00Z', last: '2020-03-01T00:00:00Z', instants: undefined, unit: 'day' });
  });
});
