import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Bbox } from '../../src/base/bbox.ts';
import { parseDatetime } from '../../src/base/interval.ts';
import type { FeatureQuery } from '../../src/services/features/feature-query.ts';
import { createFeatureService } from '../../src/services/features/feature-service.ts';
import type { FeatureService } from '../../src/services/features/feature-service.ts';
import { createTestDatabase } from '../support/database.ts';
import type { TestDatabase } from '../support/database.ts';
import { CONTEXT, openDiscovered } from '../support/services.ts';
import type { Discovered } from '../support/services.ts';

let source: TestDatabase;
let found: Discovered;
let service: FeatureService;

beforeAll(async () => {
  source = await createTestDatabase('odd');
  await source.query(`
    create table round_globe (id int primary key, geom geography(Polygon, 4326));
    insert into round_globe values (1, 'POLYGON((179 0,-179 0,-179 2,179 2,179 0))'), (2, 'POLYGON((0 80,120 80,-120 80,0 80))'), (3, 'POLYGON((8 46,9 46,9 47,8 47,8 46))');
    create index on round_globe using gist (geom);
    grant select on round_globe to graticule_reader`);
  found = await openDiscovered(source.reader);
  service = createFeatureService(found);
});

afterAll(async () => {
  await found?.database.close();
  await source?.close();
});

async function texts(id: string, query: Partial<FeatureQuery> = {}): Promise<readonly string[]> {
  const page = await service.page(found.vector(id), { limit: 1000, offset: 0, equals: [], ...query }, CONTEXT);
  if (page.kind !== 'whole') throw new Error('expected a page in one piece');
  return page.features;
}

const ids = async (id: string, query: Partial<FeatureQuery> = {}): Promise<readonly unknown[]> =>
  (await texts(id, query)).map((text) => JSON.parse(text).id);
const within = (id: string, bbox: Bbox): Promise<readonly unknown[]> => ids(id, { bbox });
const during = (id: string, datetime: string): Promise<readonly unknown[]> => ids(id, { datetime: parseDatetime(datetime) });
const where = (id: string, name: string, value: string): Promise<readonly unknown[]> => {
  const property = found.vector(id).properties.find((candidate) => candidate.name === name);
  if (property === undefined) throw new Error(`${id} has no property ${name}`);
  return ids(id, { equals: [{ property, value }] });
};

describe('every odd table', () => {
  test('is served as JSON, whole, in boxes, and feature by feature', async () => {
    const boxes: readonly Bbox[] = [
      [-180, -90, 180, 90],
      [170, -20, -170, 20],
      [8, 47, 9, 48],
      [-180, -90, 180, -60],
      [-10, 80, 10, 90],
      [0, 0, 0, 0],
    ];
    let features = 0;
    for (const collection of found.catalog.collections.values()) {
      if (collection.kind !== 'vector') continue;
      for (const bbox of boxes) await expect(within(collection.id, bbox), `${collection.id} in ${bbox.join(',')}`).resolves.toBeDefined();
      for (const text of await texts(collection.id)) {
        const { id, type } = JSON.parse(text);
        expect(type).toBe('Feature');
        features += 1;
        expect(id === undefined).toBe(collection.key.length === 0);
        if (id === undefined || id === '') continue;
        // The digits of a bigint, which JSON.parse would round.
        const digits = /^\{"type":"Feature","id":(-?\d+),/.exec(text)?.[1];
        expect(await service.feature(collection, digits ?? String(id), CONTEXT), `${collection.id}/${id}`).toBe(text);
      }
    }
    expect(features).toBeGreaterThan(200);
  });
});

describe('values', () => {
  test('are what the contract says', async () => {
    const [first = '', second = ''] = await texts('odd.every_type');
    for (const piece of [
      '"c_bigint":9007199254740993',
      '"c_numeric":12345678901234567890.123456789',
      '"c_numeric_10_2":1234.50',
      '"c_real":0.1',
      '"c_bytea":"AP8Q"',
      '"c_timestamp":"2026-01-31T12:34:56.123456Z"',
      '"c_timestamptz":"2026-01-31T10:34:56.123456Z"',
      '"c_json":{"b": 1, "a": 12345678901234567890, "a": 2}',
      '"c_jsonb":{"big": 12345678901234567890.5, "list": [1, null, "x"]}',
      '"c_hstore":{"k": "v", "a b": null}',
      '"c_xml":"<a b=\\"c\\">&amp;</a>"',
      '"c_int8range":{"lower":9007199254740993,"upper":null,"bounds":"[)"}',
      '"c_tstzrange":{"lower":"2026-01-01T00:00:00Z","upper":null,"bounds":"[)"}',
      '"c_reals":[1.5,null,null]',
      '"c_nested":[[1,2],[3,4]]',
      '"c_timestamps":["2026-01-31T12:34:56.5Z",null]',
      '"c_timestamptzs":["2026-01-31T10:34:56Z",null]',
      '"c_byteas":["AP8=",null]',
      '"c_jsonbs":[{"a": 12345678901234567890}]',
      '"c_ranges":[{"lower":1,"upper":3,"bounds":"[)"},{"lower":null,"upper":null,"bounds":"empty"}]',
      '"amount":99999999999999999999.5',
      '"c_generated":2',
    ])
      expect(first).toContain(piece);
    expect(JSON.parse(first).properties.c_text).toBe('quote " backslash \\ newline \n tab \t \u0001 é 🌍');
    expect(JSON.parse(second).properties).toMatchObject({
      c_numeric: null,
      c_real: null,
      c_double: null,
      c_date: null,
      c_timestamp: null,
      c_timestamp_0: '0044-03-15T12:00:00 BC',
      c_hstore: {},
      c_bytea: '',
    });
  });

  test('a row of nulls has every member', async () => {
    const properties: Readonly<Record<string, unknown>> = JSON.parse((await texts('odd.every_type'))[3] ?? '').properties;
    expect(Object.keys(properties)).toHaveLength(found.vector('odd.every_type').properties.length);
    expect(Object.entries(properties).filter(([, value]) => value !== null)).toEqual([
      ['id', 4],
      ['c_generated', 8],
    ]);
  });

  test('three hundred columns are more than a function takes', async () => {
    const { properties } = JSON.parse((await texts('odd.wide'))[0] ?? '');
    expect(properties).toMatchObject({ column_1: 1, column_2: null, column_300: 300 });
  });

  test('names that could be SQL, markup or members of every object stay names', async () => {
    expect(JSON.parse((await texts(`odd.'; drop table students; --`))[0] ?? '').properties['</script><b>']).toBe(
      '</script><script>alert(1)</script>',
    );
    expect((await texts('odd.__proto__'))[0]).toContain('"constructor":"a","__proto__":"b","toString":"c"');
  });
});

describe('geometries', () => {
  const geometries = async (id: string): Promise<ReadonlyMap<string, unknown>> =>
    new Map((await texts(id)).map((text) => JSON.parse(text)).map(({ properties, geometry }) => [properties.what, geometry]));

  test('are what GeoJSON has: no curves, surfaces, empty ones or collections in collections', async () => {
    const odd = new Map([...(await geometries('odd.geometries')), ...(await geometries('odd.surfaces'))]);
    for (const what of ['null', 'empty point', 'empty polygon', 'empty collection']) expect(odd.get(what)).toBeNull();
    expect(odd.get('multi with empty part')).toEqual({ type: 'MultiPoint', coordinates: [[8, 47]] });
    expect(odd.get('nested collection')).toEqual({
      type: 'MultiPoint',
      coordinates: [
        [8, 47],
        [8, 47],
        [9, 48],
      ],
    });
    expect(odd.get('curvepolygon')).toMatchObject({ type: 'Polygon' });
    expect(odd.get('tin')).toMatchObject({ type: 'MultiPolygon' });
    expect(odd.get('polyhedral surface')).toMatchObject({ type: 'MultiPolygon' });
    expect(odd.get('bowtie')).toEqual({
      type: 'Polygon',
      coordinates: [
        [
          [8, 47],
          [9, 48],
          [9, 47],
          [8, 48],
          [8, 47],
        ],
      ],
    });
  });

  test('keep heights and drop measures', async () => {
    expect((await texts('odd.points_z'))[0]).toContain('"coordinates":[8,47,432.5]');
    expect((await texts('odd.lines_m'))[0]).toContain('"coordinates":[[8,47],[9,48]]');
    expect((await texts('odd.polygons_zm'))[0]).toContain('"coordinates":[[[8,47,1],[9,47,1],[9,48,1],[8,47,1]]]');
  });

  test('with coordinates that no JSON number or projection has are null, and the rows beside them stay', async () => {
    const bad = await geometries('odd.bad_coordinates');
    expect(bad.get('good')).toEqual({ type: 'Point', coordinates: [8, 47] });
    for (const what of ['NaN', 'infinite', 'NaN in a line']) expect(bad.get(what)).toBeNull();
    const laea = await geometries('odd.bad_laea');
    expect(laea.get('good')).toEqual({ type: 'Point', coordinates: [10, 52] });
    expect(laea.get('far outside')).toBeNull();
  });

  test('come in CRS84 from any CRS', async () => {
    const [lon, lat] = JSON.parse((await texts('odd.lv95_2056'))[0] ?? '').geometry.coordinates;
    expect(lon).toBeCloseTo(7.4386, 3);
    expect(lat).toBeCloseTo(46.9511, 3);
    expect((await texts('odd.geography_points'))[0]).toContain('"coordinates":[7.45,46.95]');
  });
});

describe('bbox', () => {
  test('is a true intersection, not one of boxes', async () => {
    // The line from (8, 47) to (9, 48) passes by this corner of its own box.
    const met = await within('odd.geometries', [8.7, 47.1, 8.95, 47.3]);
    expect(met).not.toContain(7);
    expect(met).toContain(9);
  });

  test('features without geometry match every box, empty ones match none', async () => {
    expect(await within('odd.geometries', [100, 0, 101, 1])).toEqual([1, 27]);
    expect(await within('odd.geometries', [-180, -90, 180, 90])).not.toContain(2);
    expect(await within('odd.all_null', [0, 0, 1, 1])).toEqual([1, 2]);
  });

  test('crossing the antimeridian returns both sides and nothing between', async () => {
    expect(await within('odd.antimeridian', [179, -20, -179, -10])).toEqual([1, 2, 3, 4, 5, 6, 7]);
    expect(await within('odd.antimeridian', [-1, -1, 1, 1])).toEqual([8]);
    expect(await within('odd.pacific_3832', [170, -1, -170, 1])).toEqual([170, 180, 190]);
  });

  test('edges belong to the box', async () => {
    expect(await within('odd.bigint_key', [1, 1, 2, 2])).toHaveLength(2);
    expect(await within('odd.twin', [2, 2, 2, 2])).toEqual([2]);
  });

  test('finds features of projected collections, and none where their CRS ends', async () => {
    expect(await within('odd.laea_3035', [3.2, 45.2, 5.5, 45.8])).toEqual([3, 4, 5]);
    expect(await within('odd.laea_3035', [-180, -90, 179, 90])).toHaveLength(21);
    expect(await within('odd.utm_25832', [7, 47, 9, 50])).toEqual([1]);
    expect(await within('odd.utm_25832', [-170, -80, -100, -10])).toEqual([]);
    expect(await within('odd.mercator_3857', [-180, -90, 0.5, 90])).toEqual([1]);
    expect(await within('odd.antarctic_3031', [-180, -90, 180, -85])).toEqual([1]);
    expect(await within('odd.antarctic_3031', [-64, -66.5, -58, -60])).toEqual([2]);
    expect(await within('odd.arctic_3995', [-180, 89, 180, 90])).toEqual([1]);
  });

  test('finds geographies, at the pole and at the dateline too; none has no place', async () => {
    expect(await within('odd.geography_points', [7, 46, 8, 47])).toEqual([1, 4]);
    expect(await within('round_globe', [179.9, 0.5, 180, 1])).toEqual([1]);
    expect(await within('round_globe', [-180, 0.5, -179.5, 1])).toEqual([1]);
    expect(await within('round_globe', [-10, 89, 10, 90])).toEqual([2]);
    expect(await within('round_globe', [8.5, 46.5, 8.6, 46.6])).toEqual([3]);
    expect(await within('odd.geography_points', [-10, 85, 10, 90])).toEqual([2, 4]);
    expect(await within('odd.geography_points', [170, -5, -170, 5])).toEqual([3, 4]);
  });
});

describe('datetime', () => {
  test('intervals are closed and precise to the microsecond; rows without time always match', async () => {
    expect(await during('odd.temporal_timestamp', '2026-01-31T23:59:59.999999Z')).toEqual([1]);
    expect(await during('odd.temporal_timestamp', '2026-01-31T23:59:59.999999Z/2026-02-01T00:00:00Z')).toEqual([1, 2]);
    expect(await during('odd.temporal_timestamp', '../2026-01-01T00:00:00Z')).toEqual([3]);
    expect(await during('odd.temporal_timestamptz', '2026-01-31T10:00:00Z')).toEqual([1, 4]);
    expect(await during('odd.temporal_timestamptz', '2026-01-31T12:00:00.000001Z/..')).toEqual([2, 3, 4]);
  });

  test('a date is its whole day', async () => {
    expect(await during('odd.temporal_date', '2026-01-31')).toEqual([1, 3]);
    expect(await during('odd.temporal_date', '2026-01-31T15:00:00Z')).toEqual([1, 3]);
    expect(await during('odd.temporal_date', '2026-02-01T00:00:00Z/..')).toEqual([2, 3]);
  });

  test('two columns bound an interval, open where they are null', async () => {
    expect(await during('odd.temporal_pair', '2026-01-31T00:00:00Z')).toEqual([1, 4]);
    expect(await during('odd.temporal_pair', '2026-03-01T00:00:00Z/..')).toEqual([2, 4]);
    expect(await during('odd.temporal_pair', '../2020-01-01T00:00:00Z')).toEqual([3, 4]);
  });
});

describe('equality', () => {
  test.each([
    ['c_smallint', '-7', [1]],
    ['c_bigint', '9007199254740993', [1]],
    ['c_numeric', '12345678901234567890.123456789', [1]],
    ['c_real', '0.1', [1]],
    ['c_double', '0.1', [1]],
    ['c_boolean', 'true', [1]],
    ['c_text', 'NaN', [3]],
    ['c_text', '', [2]],
    ['c_uuid', 'A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11', [1]],
    ['c_date', '2026-01-31', [1]],
    ['c_timestamp', '2026-01-31T12:34:56.123456Z', [1]],
    ['c_timestamptz', '2026-01-31T12:34:56.123456+02:00', [1]],
    ['c_bytea', 'AP8Q', [1]],
    ['c_enum', 'blue, dark', [1]],
    ['c_char', 'ab', [1]],
    ['c_inet', '::1', [2]],
    ['c_interval', 'not an interval', []],
    ['c_jsonb', 'null', [2]],
  ])('%s equals %j in rows %j', async (name, value, rows) => expect(await where('odd.every_type', name, value)).toEqual(rows));

  test('a value that the type cannot have is refused before it reaches the database', async () => {
    await expect(where('odd.every_type', 'c_int', 'abc')).rejects.toMatchObject({
      code: 'INVALID_PARAMETER',
      detail: 'Cannot parse c_int "abc": expected an integer',
    });
  });
});

describe('single features', () => {
  test.each([
    ['odd.composite_key', 'a\\,b,2', 'comma'],
    ['odd.composite_key', '\\\\\\,,4', 'both'],
    ['odd.text_key', 'a/b', '2'],
    ['odd.bigint_key', '9007199254740993', 'two more'],
  ])('%s/%s is found', async (id, key, name) =>
    expect(JSON.parse((await service.feature(found.vector(id), key, CONTEXT)) ?? '{}').properties?.name).toBe(name),
  );
  test.each([
    ['odd.bigint_key', '9007199254740994'],
    ['odd.bigint_key', '0.0'],
    ['odd.bigint_key', '9223372036854775808'],
    ['odd.uuid_key', 'x'],
    ['odd.composite_key', 'a'],
    ['odd.no_key', '1'],
    ['odd.text_key', 'nobody'],
  ])('%s/%s is not', async (id, key) => expect(await service.feature(found.vector(id), key, CONTEXT)).toBeUndefined());
});

describe('pages', () => {
  const page = (id: string, limit: number, offset: number) => service.page(found.vector(id), { limit, offset, equals: [] }, CONTEXT);

  test('know how many there are and whether more follow', async () => {
    expect(await page('odd.no_key', 10, 0)).toMatchObject({ totals: { numberReturned: 10, numberMatched: 25, hasMore: true } });
    expect(await page('odd.no_key', 10, 20)).toMatchObject({ totals: { numberReturned: 5, numberMatched: 25, hasMore: false } });
    expect(await page('odd.no_key', 25, 0)).toMatchObject({ totals: { numberReturned: 25, numberMatched: 25, hasMore: false } });
    expect(await page('odd.no_key', 10, 1000)).toMatchObject({
      features: [],
      totals: { numberReturned: 0, numberMatched: 25, hasMore: false },
    });
    expect(await page('odd.nothing', 10, 0)).toMatchObject({
      features: [],
      totals: { numberReturned: 0, numberMatched: 0, hasMore: false },
    });
  });

  test('without a key neither overlap nor leave out', async () => {
    const names = new Set<unknown>();
    for (let offset = 0; offset < 25; offset += 5) {
      const { features } = { features: [], ...(await page('odd.no_key', 5, offset)) };
      for (const text of features) names.add(JSON.parse(text).properties.name);
    }
    expect(names.size).toBe(25);
  });

  test('that nobody reads give their connection back when told to return', async () => {
    for (let i = 0; i < 10; i += 1) {
      const streamed = await page('odd.every_type', 5000, 0);
      if (streamed.kind !== 'streamed') throw new Error('expected a stream');
      await streamed.batches.return?.();
    }
    expect(await page('odd.twin', 10, 0)).toMatchObject({ totals: { numberReturned: 1 } });
  });

  test('above a thousand rows come in batches, their totals at the end', async () => {
    await source.query(`create table many as select n as id, ST_SetSRID(ST_MakePoint(n / 1000.0, 0), 4326)::geometry(Point, 4326) as geom from generate_series(1, 12345) as n;
      alter table many add primary key (id); grant select on many to graticule_reader`);
    const fresh = await openDiscovered(source.reader);
    try {
      const streamed = await createFeatureService(fresh).page(fresh.vector('many'), { limit: 10_000, offset: 0, equals: [] }, CONTEXT);
      if (streamed.kind !== 'streamed') throw new Error('expected a stream');
      expect(() => streamed.totals()).toThrow();
      const seen: string[] = [];
      for await (const batch of streamed.batches) seen.push(...batch);
      expect(seen).toHaveLength(10_000);
      expect(JSON.parse(seen.at(-1) ?? '').id).toBe(10_000);
      expect(streamed.totals()).toEqual({ numberReturned: 10_000, numberMatched: undefined, hasMore: true });
    } finally {
      await fresh.database.close();
    }
  });
});
