import { describe, expect, test } from 'vitest';
import { compile, sql } from '../../../../src/base/sql.ts';
import type { GeometryColumn } from '../../../../src/catalog/collection.ts';
import { pageStatement } from '../../../../src/services/features/page-statement.ts';
import { selectionCondition } from '../../../../src/services/features/selection.ts';
import { property, vectorCollection } from './fixtures.ts';

const geometry: GeometryColumn = {
  name: 'geom',
  type: 'geometry',
  geometryType: 'POINT',
  srid: 4326,
  hasZ: false,
  hasM: false,
  indexed: true,
  nullable: false,
};

describe('selectionCondition', () => {
  test('nothing asked for is everything', () =>
    expect(compile(selectionCondition(vectorCollection(), { equals: [] }))).toEqual({ text: 'true', values: [] }));

  test('a box asks the index first and then exactly', () => {
    const area = { kind: 'parts', parts: [{ bbox: [5, 45, 6, 46], index: [[5, 45, 6, 46]] }] } as const;
    const { text, values } = compile(selectionCondition(vectorCollection({ geometry }), { area, equals: [] }));
    expect(text).toBe(
      '((("geom" && ST_MakeEnvelope($1::float8, $2::float8, $3::float8, $4::float8, $5::int)) and ST_Intersects("geom", ST_MakeEnvelope($6::float8, $7::float8, $8::float8, $9::float8, $10::int))))',
    );
    expect(values).toEqual([5, 45, 6, 46, 4326, 5, 45, 6, 46, 4326]);
  });

  test('rows without geometry match every box unless there can be none', () => {
    const area = { kind: 'everywhere' } as const;
    expect(compile(selectionCondition(vectorCollection({ geometry }), { area, equals: [] })).text).not.toContain('is null');
    expect(compile(selectionCondition(vectorCollection(), { area, equals: [] })).text).toContain('"geom" is null');
  });

  test("an area of another CRS is compared in CRS84 and looked for in the column's", () => {
    const area = { kind: 'parts', parts: [{ bbox: [5, 45, 6, 46], index: [[3900000, 2500000, 4000000, 2600000]] }] } as const;
    const { text, values } = compile(selectionCondition(vectorCollection({ geometry: { ...geometry, srid: 3035 } }), { area, equals: [] }));
    expect(text).toContain('ST_Intersects(ST_Transform("geom", 4326), ');
    expect(values.slice(0, 5)).toEqual([3900000, 2500000, 4000000, 2600000, 3035]);
  });

  test('an instant keeps rows without time, a date stands for its day, the year 0 is 1 BC', () => {
    const temporal = { start: 'day', end: 'day', type: 'date' } as const;
    const collection = vectorCollection({ temporal, properties: [property('day', 'date')] });
    const datetime = { start: '0000-03-01T12:00:00Z', end: '2026-01-31T23:59:59.999999Z' };
    expect(compile(selectionCondition(collection, { datetime, equals: [] }))).toEqual({
      text: '((("day" <= $1 or "day" is null)) and (("day" >= $2 or "day" is null)))',
      values: ['2026-01-31', '0001-03-01 BC'],
    });
  });

  test("the collection's own predicate always holds", () =>
    expect(
      compile(
        selectionCondition(vectorCollection({ predicate: sql`kind = ${'a'}` }), {
          equals: [{ property: property('n', 'int4'), value: '1' }],
        }),
      ),
    ).toEqual({
      text: '(kind = $1) and ("n" = $2)',
      values: ['a', '1'],
    }));
});

describe('pageStatement', () => {
  test('rows are chosen in a subquery and written outside of it', () => {
    const { text, values } = compile(pageStatement(vectorCollection(), { equals: [], limit: 10, offset: 20 }));
    expect(text).toMatch(
      /from \(select "id", "name", "geom" from "public"."towns" where true order by "id" limit \$\d+ offset \$\d+\) as p$/,
    );
    expect(text.indexOf('ST_AsGeoJSON')).toBeLessThan(text.indexOf('from (select'));
    expect(values).toEqual([10, 10, 10_001, 11, 20]);
  });

  test('without a key tables come in physical order, views as they come', () => {
    const plan = { equals: [], limit: 1, offset: 0 };
    const statement = (kind: 'table' | 'view' | 'partitioned') =>
      compile(pageStatement(vectorCollection({ key: [], relation: { oid: 1, schema: 's', name: 't', kind } }), plan)).text;
    expect(statement('table')).toContain('order by ctid');
    expect(statement('partitioned')).toContain('order by tableoid, ctid');
    expect(statement('view')).not.toContain('order by');
    expect(statement('table')).toContain(`concat('{"type":"Feature",', '', '"geometry":'`);
  });
});
