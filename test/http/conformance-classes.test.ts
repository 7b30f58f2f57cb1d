import { readFileSync } from 'node:fs';
import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import { validate } from '../../src/model/validate.ts';
import { serveTables } from '../support/served-tables.ts';
import { send, type WireAnswer } from './bad-inputs/wire.ts';
import { isRecord, targetOf } from './documents/crawl.ts';
import { decodeVectorTile } from './documents/vector-tile.ts';

type Document = Readonly<Record<string, unknown>>;

const server = serveTables(readFileSync(new URL('../../conformance/fixture.sql', import.meta.url), 'utf8'));

async function get(target: string, accept = '*/*'): Promise<WireAnswer> {
  return send(server.root, { target, headers: { Accept: accept } });
}

async function read(target: string): Promise<Document> {
  const answer = await get(target, 'application/json');
  expect(answer.status, target).toBe(200);
  const document: unknown = JSON.parse(answer.body.toString('utf8'));
  return isRecord(document) ? document : {};
}

function list(document: Document, member: string): readonly Document[] {
  const value = document[member];
  if (!Array.isArray(value)) throw new Error(`${member} is no array`);
  return value.filter(isRecord);
}

describe('Common Part 1', () => {
  test('unknown and invalid parameters are 400 on every entry resource', async () => {
    for (const path of ['/', '/conformance', '/api', '/collections', '/collections/places', '/tileMatrixSets', '/tiles']) {
      expect((await get(`${path}?nope=1`)).status, path).toBe(400);
      expect((await get(`${path}?f=nope`)).status, path).toBe(400);
    }
  });
});

describe('Common Part 2', () => {
  test('collections are paged without loss', async () => {
    const all = list(await read('/collections'), 'collections').map((collection) => collection['id']);
    expect(all.length).toBeGreaterThan(8);
    const paged: unknown[] = [];
    for (let target: string | undefined = '/collections?limit=4'; target !== undefined;) {
      const page = await read(target);
      paged.push(...list(page, 'collections').map((collection) => collection['id']));
      const next: unknown = list(page, 'links').find((link) => link['rel'] === 'next')?.['href'];
      target = typeof next === 'string' ? targetOf(next) : undefined;
    }
    expect(paged).toEqual(all);
  });
});

describe('HTML', () => {
  test('every resource with a page gives it to a browser', async () => {
    const browser = 'text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8';
    const paths = [
      '/',
      '/conformance',
      '/api',
      '/collections',
      '/collections/places',
      '/collections/places/items',
      '/collections/places/items/1',
      '/collections/places/schema',
      '/collections/places/tiles',
      '/tiles',
      '/tileMatrixSets',
      '/tileMatrixSets/WebMercatorQuad',
    ];
    for (const path of paths) {
      const answer = await get(path, browser);
      expect(answer.status, path).toBe(200);
      expect(answer.headers['content-type'], path).toBe('text/html; charset=utf-8');
      const text = answer.body.toString('utf8');
      expect(text, path).toMatch(/^<!doctype html>/i);
      expect(text, path).toMatch(/<html[^>]* lang="/);
      expect(text, path).toMatch(/<title>[^<]+<\/title>/);
    }
  });
});

describe('Schemas', () => {
  test('the schema of a collection names key, geometry, time and every property', async () => {
    const schema = await read('/collections/journeys/schema');
    const properties = isRecord(schema['properties']) ? schema['properties'] : {};
    expect(Object.keys(properties).sort()).toEqual(['id', 'length_km', 'started', 'track', 'vehicle']);
    expect(properties).toMatchObject({
      id: { 'x-ogc-role': 'id', type: 'integer' },
      track: { 'x-ogc-role': 'primary-geometry', format: expect.stringMatching(/^geometry-/) },
      started: { 'x-ogc-role': 'primary-instant', type: 'string', format: 'date-time' },
      vehicle: { type: 'string', format: 'uuid' },
      length_km: { type: 'number' },
    });
    expect(schema['$schema']).toBe('https://json-schema.org/draft/2020-12/schema');
    expect(String(schema['$id'])).toContain('/collections/journeys/schema');
  });

  test('features have exactly the properties that the schema returns', async () => {
    for (const id of ['places', 'journeys', 'regions', 'parcels', 'sightings']) {
      const schema = await read(`/collections/${id}/schema`);
      const all = Object.entries(isRecord(schema['properties']) ? schema['properties'] : {}).filter(([, property]) => isRecord(property));
      const keys = all.filter(([, property]) => isRecord(property) && property['x-ogc-role'] === 'id').map(([name]) => name);
      const returned = all.filter(
        ([, property]) =>
          isRecord(property) && property['writeOnly'] !== true && !/^(id|primary-geometry)$/.test(String(property['x-ogc-role'])),
      );
      for (const feature of list(await read(`/collections/${id}/items?limit=20`), 'features')) {
        const properties = isRecord(feature['properties']) ? Object.keys(feature['properties']) : [];
        // The key stands as the feature's id; that it stands among the properties too is no rule.
        expect(properties.filter((name) => !keys.includes(name)).sort(), id).toEqual(returned.map(([name]) => name).sort());
      }
    }
  });
});

describe('Tiles', () => {
  test('a tile set has its matrix set, its limits and templates that lead to tiles', async () => {
    for (const path of [
      '/collections/places/tiles/WebMercatorQuad',
      '/tiles/WebMercatorQuad',
      '/collections/elevation/map/tiles/WorldCRS84Quad',
    ]) {
      const tileset = await read(path);
      expect(validate('tileSet', tileset), path).toEqual([]);
      expect(tileset['tileMatrixSetURI'], path).toMatch(/^http:\/\/www\.opengis\.net\/def\/tilematrixset\/OGC\/1\.0\/W/);
      const limits = list(tileset, 'tileMatrixSetLimits');
      const links = list(tileset, 'links');
      const rels = links.map((link) => link['rel']);
      expect(rels, path).toEqual(expect.arrayContaining(['self', 'item', 'http://www.opengis.net/def/rel/ogc/1.0/tiling-scheme']));
      for (const link of links.filter(({ rel }) => rel === 'item')) {
        expect(link['templated'], path).toBe(true);
        const { tileMatrix, minTileRow, maxTileCol } = limits[1] ?? {};
        const target = targetOf(String(link['href'])).replace('{tileMatrix}', String(tileMatrix)).replace('{tileRow}', String(minTileRow));
        const inside = await get(target.replace('{tileCol}', String(maxTileCol)));
        expect(inside.status, target).toBe(200);
        expect(String(inside.headers['content-type']), target).toBe(link['type']);
      }
    }
  });

  test('a dataset tile has the layers that collections selects, in that order', async () => {
    const layers = async (query: string): Promise<readonly string[]> => {
      const answer = await get(`/tiles/WebMercatorQuad/0/0/0?f=mvt${query}`);
      expect(answer.status).toBe(200);
      return Object.keys(decodeVectorTile(answer.body).layers);
    };
    expect(await layers('&collections=regions,places')).toEqual(['regions', 'places']);
    expect(await layers('&collections=places,regions')).toEqual(['places', 'regions']);
    expect(await layers('')).toEqual(expect.arrayContaining(['places', 'regions', 'islands']));
  });

  test('a vector tile is MVT with y down from the top left corner', async () => {
    const answer = await get('/collections/places/tiles/WebMercatorQuad/0/0/0');
    expect(answer.headers['content-type']).toBe('application/vnd.mapbox-vector-tile');
    const layer = decodeVectorTile(answer.body).layers['places'];
    expect(layer?.extent).toBe(4096);
    const feature = Array.from({ length: layer?.length ?? 0 }, (_, i) => layer?.feature(i)).find((f) => f?.id === 5);
    const [row] = await server.database.query(
      'select name, kind, population, st_x(geom) as lon, st_y(geom) as lat from places where id = 5',
    );
    expect(feature?.properties).toMatchObject({ name: row?.['name'], kind: row?.['kind'], population: row?.['population'] });
    const point = feature?.loadGeometry()[0]?.[0];
    const lat = (Number(row?.['lat']) * Math.PI) / 180;
    expect(point?.x).toBeCloseTo(((Number(row?.['lon']) + 180) / 360) * 4096, -0.4);
    expect(point?.y).toBeCloseTo(((1 - Math.log(Math.tan(lat) + 1 / Math.cos(lat)) / Math.PI) / 2) * 4096, -0.4);
  });

  test.each(['png', 'jpeg'])('a map tile is a picture of the size of its matrix, as %s', async (f) => {
    const answer = await get(`/collections/elevation/map/tiles/WebMercatorQuad/1/0/1?f=${f}`);
    expect(answer.status).toBe(200);
    expect(answer.headers['content-type']).toBe(`image/${f}`);
    const { format, width, height } = await sharp(answer.body).metadata();
    expect({ format, width, height }).toEqual({ format: f, width: 256, height: 256 });
    const { channels } = await sharp(answer.body).stats();
    expect(channels[0]?.stdev).toBeGreaterThan(3);
  });
});

describe('Tile matrix sets', () => {
  test('every one of the list is there, with its own uri, and obeys the schema', { timeout: 60_000 }, async () => {
    const sets = list(await read('/tileMatrixSets'), 'tileMatrixSets');
    expect(sets.length).toBeGreaterThanOrEqual(69);
    expect(sets.map((set) => set['id'])).toEqual(
      expect.arrayContaining(['WebMercatorQuad', 'WorldCRS84Quad', 'EuropeanETRS89_LAEAQuad', 'WGS1984Quad', 'NZTM2000Quad']),
    );
    for (const entry of sets) {
      const set = await read(`/tileMatrixSets/${String(entry['id'])}`);
      expect(validate('tileMatrixSet', set), String(entry['id'])).toEqual([]);
      expect(set['uri'], String(entry['id'])).toBe(entry['uri']);
      expect(set['crs'], String(entry['id'])).toEqual(entry['crs']);
    }
  });

  test('rows of CDB1GlobalGrid and GNOSISGlobalGrid coalesce columns', async () => {
    for (const id of ['CDB1GlobalGrid', 'GNOSISGlobalGrid']) {
      const matrices = list(await read(`/tileMatrixSets/${id}`), 'tileMatrices');
      const widths = matrices.flatMap((matrix) =>
        matrix['variableMatrixWidths'] === undefined ? [] : list(matrix, 'variableMatrixWidths'),
      );
      expect(widths.length, id).toBeGreaterThan(0);
      for (const width of widths) {
        expect(Number(width['coalesce']), id).toBeGreaterThanOrEqual(2);
        expect(Number(width['maxTileRow']), id).toBeGreaterThanOrEqual(Number(width['minTileRow']));
      }
    }
  });
});

describe('Resources that no link leads to', () => {
  test.each([
    ['/health', 'application/json'],
    ['/problems/out-of-range', 'text/html; charset=utf-8'],
    ['/xyz/places/0/0/0.mvt', 'application/vnd.mapbox-vector-tile'],
    ['/xyz/places/0/0/0.pbf', 'application/vnd.mapbox-vector-tile'],
    ['/xyz/elevation/1/0/0.png', 'image/png'],
    ['/xyz/elevation/1/0/0@2x.png', 'image/png'],
    ['/xyz/elevation/1/0/0.webp', 'image/webp'],
  ])('%s answers with %s', async (target, type) => {
    const answer = await get(target);
    expect(answer.status, answer.body.toString('utf8').slice(0, 200)).toBe(200);
    expect(answer.headers['content-type']).toBe(type);
    expect(answer.body.length).toBeGreaterThan(10);
  });

  test('XYZ tiles outside the data are blank, outside the matrix 404', async () => {
    const blank = await get('/xyz/picture/3/0/0.png');
    expect(blank.status).toBe(200);
    expect((await sharp(blank.body).stats()).channels.at(-1)?.max).toBe(0);
    const empty = await get('/xyz/parcels/6/0/0.mvt');
    expect(empty.status).toBe(200);
    expect(empty.body.length).toBe(0);
    expect((await get('/xyz/picture/3/8/0.png')).status).toBe(404);
  });
});
