import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createVectorTileService } from '../../src/services/vector-tiles/vector-tile-service.ts';
import type { VectorTileService } from '../../src/services/vector-tiles/vector-tile-service.ts';
import { findMatrix, registry } from '../../src/tms/registry.ts';
import { tileAt } from '../../src/tms/tile-grid.ts';
import { createTestDatabase } from '../support/database.ts';
import type { TestDatabase } from '../support/database.ts';
import { decodeVectorTile } from '../http/documents/vector-tile.ts';
import { CONTEXT, openDiscovered } from '../support/services.ts';
import type { Discovered } from '../support/services.ts';

let source: TestDatabase;
let found: Discovered;
let service: VectorTileService;

beforeAll(async () => {
  source = await createTestDatabase('odd');
  await source.query(`
    create table crowd as select n as id, md5(n::text) as name, ST_SetSRID(ST_MakePoint(n % 300 - 150, n / 300 % 120 - 60), 4326)::geometry(Point, 4326) as geom from generate_series(1, 60000) as n;
    create index on crowd using gist (geom);
    create table blocks as select n as id, repeat(md5(n::text), 20) as name, ST_MakeEnvelope(n % 100, n / 100, n % 100 + 0.5 + 3 * (n % 7), n / 100 + 0.5, 4326)::geometry(Polygon, 4326) as geom from generate_series(1, 3000) as n;
    create table detail as select 1 as id, ST_Buffer(ST_SetSRID(ST_MakePoint(0, 0), 4326), 60, 2000)::geometry(Polygon, 4326) as geom;
    create table dust as select n as id, ST_MakeEnvelope(n % 300 - 150, n / 300 * 0.4 - 60, n % 300 - 150 + 0.001 * (n % 9 + 1), n / 300 * 0.4 - 60 + 0.001, 4326)::geometry(Polygon, 4326) as geom from generate_series(1, 60000) as n;
    insert into dust values (0, ST_MakeEnvelope(-40, -20, 20, 20, 4326));
    create index on dust using gist (geom);
    create table specks as select * from dust where id between 1 and 3;
    grant select on crowd, blocks, detail, dust, specks to graticule_reader`);
  found = await openDiscovered(source.reader);
  service = createVectorTileService({ ...found, observe: () => undefined });
});

afterAll(async () => {
  await found?.database.close();
  await source?.close();
});

/** The tile at a place of a tile matrix set's CRS, and what it says. */
async function tileOf(ids: readonly string[], at: { readonly tms?: string; readonly z: string; readonly x: number; readonly y: number }) {
  const tms = registry.get(at.tms ?? 'WebMercatorQuad');
  const matrix = tms === undefined ? undefined : findMatrix(tms, at.z);
  const place = matrix === undefined ? undefined : tileAt(matrix, at.x, at.y);
  if (tms === undefined || matrix === undefined || place === undefined) throw new Error('no such tile');
  const tile = await service.tile({ collections: ids.map((id) => found.vector(id)), tms, matrix, ...place }, CONTEXT);
  return { ...tile, layers: decodeVectorTile(tile.bytes).layers };
}

const ZURICH = { x: 890_000, y: 5_950_000 } as const;
const WORLD = { z: '0', x: 0, y: 0 } as const;

async function features(id: string, at: Parameters<typeof tileOf>[1]) {
  const { layers } = await tileOf([id], at);
  const layer = layers[id];
  return layer === undefined ? [] : Array.from({ length: layer.length }, (_, i) => layer.feature(i));
}

describe('every odd table', () => {
  test('has tiles in every kind of tile matrix set', async () => {
    const places = [
      { z: '0', x: 0, y: 0 },
      { z: '5', ...ZURICH },
      { tms: 'WorldCRS84Quad', z: '0', x: 8, y: 47 },
      { tms: 'WorldCRS84Quad', z: '4', x: 8, y: 47 },
      { tms: 'EuropeanETRS89_LAEAQuad', z: '3', x: 4_200_000, y: 2_700_000 },
      { tms: 'UPSArcticWGS84Quad', z: '1', x: 2_000_000, y: 2_000_000 },
    ];
    let filled = 0;
    for (const collection of found.catalog.collections.values()) {
      if (collection.kind !== 'vector' || ['crowd', 'blocks'].includes(collection.id)) continue;
      for (const at of places) {
        const { layers } = await tileOf([collection.id], at);
        for (const [name, layer] of Object.entries(layers)) {
          expect(name).toBe(collection.id);
          for (let i = 0; i < layer.length; i += 1)
            for (const { x, y } of layer.feature(i).loadGeometry().flat())
              expect(Math.max(Math.abs(x), Math.abs(y))).toBeLessThanOrEqual(4096 + 64);
          filled += layer.length;
        }
      }
    }
    expect(filled).toBeGreaterThan(100);
  }, 60_000);
});

describe('features', () => {
  test('stand where they are', async () => {
    const [town] = await features('odd.not_null', { z: '6', ...ZURICH });
    const size = 40_075_016.685578488 / 64;
    const [[{ x, y } = { x: 0, y: 0 }] = []] = town?.loadGeometry() ?? [];
    expect(x).toBeCloseTo((((8 / 360 + 0.5) * 64) % 1) * 4096, -0.5);
    expect(Math.abs(y - (((20_037_508.342789244 - 5_942_074.07) / size) % 1) * 4096)).toBeLessThanOrEqual(1);
  });

  test('with an integer key up to 2^53 - 1 have it as id, all others a hash that stays; the key is among the properties', async () => {
    const byName = new Map((await features('odd.bigint_key', WORLD)).map((feature) => [feature.properties.name, feature]));
    expect(byName.get('max safe')?.id).toBe(9007199254740991);
    expect(byName.get('zero')?.id ?? 0).toBe(0);
    for (const name of ['two more', 'min', 'minus one']) expect(byName.get(name)?.id).toBeGreaterThan(1_000_000);
    expect(byName.get('zero')?.properties.id).toBe(0);
    const texts = await features('odd.text_key', WORLD);
    expect(new Set(texts.map(({ id }) => id)).size).toBe(texts.length);
    expect(texts.map(({ properties }) => properties.code)).toContain('ü 日本');
    expect((await features('odd.composite_key', WORLD)).every(({ id }) => Number.isSafeInteger(id))).toBe(true);
    expect((await features('odd.no_key', WORLD)).every(({ id }) => id === undefined || id === 0)).toBe(true);
  });

  test('have numbers as numbers, structures and times as text, and no nulls', async () => {
    const [first, second] = (await features('odd.every_type', { z: '5', ...ZURICH })).map(({ properties }) => properties);
    expect(first).toMatchObject({
      c_int: 42,
      c_numeric_10_2: 1234.5,
      c_boolean: true,
      c_timestamptz: '2026-01-31T10:34:56.123456Z',
      c_date: '2026-01-31',
      c_jsonb: '{"big": 12345678901234567890.5, "list": [1, null, "x"]}',
      c_ints: '[1,null,3]',
      c_uuid: 'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11',
      c_bytea: 'AP8Q',
      c_enum: 'blue, dark',
      c_hstore: '{"k": "v", "a b": null}',
      c_int4range: '{"lower":1,"upper":5,"bounds":"[)"}',
      c_composite: '{"street":"Main \\"St\\"","number":5,"since":"2026-01-31T10:00:00+00:00","amount":99999999999999999999.5}',
    });
    expect(first?.c_real).toBeCloseTo(0.1, 6);
    expect(Object.keys(second ?? {})).not.toContain('c_double');
    expect(Object.values(second ?? {})).not.toContain(null);
    expect((await features('odd.huge_numbers', WORLD)).map(({ properties }) => properties.n)).toEqual([undefined, 0]);
  });

  test('columns that are named like what the statement uses itself stay properties', async () => {
    const [feature] = await features('odd.reserved', WORLD);
    expect(feature?.properties).toMatchObject({ f: 'f', geometry: 'g', geometry_: 'h', id: 1, id_: 4, p: 'p', limit: 'l' });
  });

  test('curves, surfaces and invalid polygons are drawn, empty ones are not', async () => {
    const drawn = (await features('odd.geometries', { z: '4', ...ZURICH })).map(({ properties }) => properties.what);
    expect(drawn).toEqual(
      expect.arrayContaining([
        'circularstring',
        'curvepolygon',
        'multisurface',
        'bowtie',
        'self-touching ring',
        'hole outside',
        'nested collection',
        'the whole world',
      ]),
    );
    expect(drawn).not.toContain('empty polygon');
    expect((await features('odd.surfaces', { z: '4', ...ZURICH })).map(({ type }) => type)).toEqual([3, 3, 3, 3]);
  });

  test('come from geographies and from any CRS', async () => {
    expect((await features('odd.geography_points', { z: '5', x: 830_000, y: 5_930_000 })).map(({ properties }) => properties.name)).toEqual(
      ['Bern'],
    );
    expect((await features('odd.geography_any', WORLD)).length).toBeGreaterThan(0);
    expect((await features('odd.lv95_2056', { z: '8', x: 828_000, y: 5_934_000 })).map(({ properties }) => properties.name)).toEqual([
      'Bern',
    ]);
    expect(await features('odd.utm_25832', { z: '3', x: -15_000_000, y: -5_000_000 })).toEqual([]);
    expect((await features('odd.laea_3035', { tms: 'EuropeanETRS89_LAEAQuad', z: '0', x: 4_200_000, y: 2_700_000 })).length).toBe(21);
    expect(
      (await features('odd.poles', { tms: 'UPSArcticWGS84Quad', z: '3', x: 2_000_001, y: 1_999_999 })).map(
        ({ properties }) => properties.name,
      ),
    ).toContain('north');
  });

  test('at the edge of the world do not draw the other side', async () => {
    const east = await features('odd.antimeridian', { z: '5', x: 20_000_000, y: -1_920_000 });
    expect(east.map(({ properties }) => properties.name)).toEqual(expect.arrayContaining(['west of it', 'on it, east', 'cut in two']));
    expect(east.map(({ properties }) => properties.name)).not.toContain('east of it');
  });
});

describe('a tile', () => {
  test('of nothing is empty', async () => {
    expect((await tileOf(['odd.not_null'], { z: '6', x: -15_000_000, y: 0 })).bytes).toHaveLength(0);
    expect((await tileOf(['odd.nothing', 'odd.twin'], { z: '6', x: -15_000_000, y: 0 })).bytes).toHaveLength(0);
  });

  test('of several collections has a layer for each, in their order', async () => {
    expect(Object.keys((await tileOf(['odd.twin', 'odd.nothing', 'odd.no_key'], WORLD)).layers)).toEqual(['odd.twin', 'odd.no_key']);
  });

  test('of too many features keeps some of them, the same each time, and says so', async () => {
    const [first, second] = [await tileOf(['crowd'], WORLD), await tileOf(['crowd'], WORLD)];
    expect(first.bytes.length).toBeLessThanOrEqual(500_000);
    expect(first.bytes.length).toBeGreaterThan(450_000);
    expect(first.truncated).toEqual({ features: 60_000, kept: first.layers.crowd?.length });
    expect(Buffer.from(second.bytes).equals(first.bytes)).toBe(true);
    const fresh = createVectorTileService({ ...found, observe: () => undefined });
    const tms = registry.get('WebMercatorQuad');
    const matrix = tms === undefined ? undefined : findMatrix(tms, '0');
    if (tms === undefined || matrix === undefined) throw new Error('no WebMercatorQuad');
    expect(
      Buffer.from((await fresh.tile({ collections: [found.vector('crowd')], tms, matrix, row: 0, col: 0 }, CONTEXT)).bytes).equals(
        first.bytes,
      ),
    ).toBe(true);
  });

  test('of too many bytes keeps the largest, with their properties', async () => {
    const { bytes, layers, truncated } = await tileOf(['blocks'], WORLD);
    expect(bytes.length).toBeLessThanOrEqual(500_000);
    const layer = layers.blocks;
    const kept = Array.from({ length: layer?.length ?? 0 }, (_, i) => layer?.feature(i).properties ?? {});
    expect(kept.length).toBeGreaterThan(100);
    expect(kept.every(({ id }) => Number(id) % 7 >= 5)).toBe(true);
    expect(kept.every(({ name }) => String(name).length === 640)).toBe(true);
    expect(truncated?.kept).toBe(kept.length);
    expect(truncated?.features).toBeGreaterThan(2_900);
  });

  test('of too many features, all but one below its resolution, keeps that one and has nothing to say', async () => {
    const { layers, truncated } = await tileOf(['dust'], WORLD);
    expect(layers.dust?.length).toBe(1);
    expect(truncated).toBeUndefined();
    expect((await tileOf(['dust', 'crowd'], WORLD)).truncated?.features).toBe(120_001);
  });

  test('of areas that are all too small to be drawn shows them as specks', async () => {
    expect((await features('specks', WORLD)).map(({ properties, type }) => `${String(properties.id)} ${type}`).toSorted()).toEqual([
      '1 3',
      '2 3',
      '3 3',
    ]);
    expect(await features('specks', { z: '3', x: 15_000_000, y: 6_000_000 })).toEqual([]);
  });

  test('of a geometry with thousands of vertices has no more of them than can be seen', async () => {
    const [ring] = await features('detail', WORLD);
    expect(ring?.loadGeometry()[0]?.length).toBeLessThan(1_000);
  });
});
