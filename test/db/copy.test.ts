import { afterAll, beforeAll, expect, test } from 'vitest';
import { ident, sql } from '../../src/base/sql.ts';
import { copyRows } from '../../src/db/copy.ts';
import { openOwner } from '../../src/db/owner.ts';
import type { Owner } from '../../src/db/owner.ts';
import { createTestDatabase } from '../support/database.ts';
import type { TestDatabase } from '../support/database.ts';

let source: TestDatabase;
let owner: Owner;

beforeAll(async () => {
  source = await createTestDatabase('empty');
  owner = await openOwner(source.owner);
  await owner.run(sql`create schema s; create table s.${ident('we"ird')} (id int primary key, "Text" text)`);
});

afterAll(async () => {
  await owner.close();
  await source.close();
});

const target = { table: ['s', 'we"ird'], columns: ['id', 'Text'] };

test('a script runs whole and gives the rows of its last statement; values are bound', async () => {
  expect(await owner.run(sql`select 1; select 2, null`)).toEqual([['2', null]]);
  expect(await owner.run(sql`select ${[1, 2]}::int[], ${'x'}::text`)).toEqual([['{1,2}', 'x']]);
  await expect(owner.run(sql`select 1 / 0`)).rejects.toThrow('division by zero');
});

test('every text survives the copy: tabs, newlines, backslashes, null, empty, Unicode', async () => {
  const texts = ['plain', 'a\tb', 'a\nb', 'a\r\nb', 'back\\slash', '\\N', '\\.', '', null, 'é€😀'];
  await copyRows(
    owner,
    target,
    texts.map((text, i) => [String(i), text]),
  );
  expect(await owner.run(sql`select "Text" from s.${ident('we"ird')} order by id`)).toEqual(texts.map((text) => [text]));
});

test('a hundred thousand rows from an async source arrive', async () => {
  async function* rows() {
    for (let i = 100; i < 100_100; i += 1) yield [String(i), 'x'.repeat(i % 200)];
  }
  await copyRows(owner, target, rows());
  expect(await owner.run(sql`select count(*), sum(length("Text")) from s.${ident('we"ird')} where id >= 100`)).toEqual([
    ['100000', '9950000'],
  ]);
});

test('a refused row and a source that throws leave nothing, and the session goes on', async () => {
  const before = await owner.run(sql`select count(*) from s.${ident('we"ird')}`);
  await expect(
    copyRows(owner, target, [
      ['-1', 'new'],
      ['0', 'twice'],
    ]),
  ).rejects.toThrow('duplicate key');
  function* throwing() {
    yield ['-2', 'new'];
    throw new Error('no more');
  }
  await expect(copyRows(owner, target, throwing())).rejects.toThrow('no more');
  await expect(copyRows(owner, { table: ['absent'], columns: ['a'] }, [['1']])).rejects.toThrow('absent');
  expect(await owner.run(sql`select count(*) from s.${ident('we"ird')}`)).toEqual(before);
});
