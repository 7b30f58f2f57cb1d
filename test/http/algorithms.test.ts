import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import { ALGORITHMS } from '../../src/raster/algorithms/registry.ts';
import { serveTables } from '../support/served-tables.ts';

/** Half of the world in metres of Web Mercator, and a tile of zoom 10. */
const HALF = 20037508.342789244;
const TILE = (2 * HALF) / 1024;

/** Mountains of 160 × 160 cells of 300 m over the corner of four tiles in Norway, as four rows. */
const ORIGIN = { column: 540, row: 290 };
const MOUNTAINS = `
  create table mountains (rid serial primary key, rast raster);
  insert into mountains (rast) select st_tile(st_mapalgebra(
    st_addband(st_makeemptyraster(160, 160, ${-HALF + ORIGIN.column * TILE} - 24000, ${HALF - ORIGIN.row * TILE} + 24000, 300, -300, 0, 0, 3857), '32BF'::text, 0, null),
    1, '32BF', '900 + 700 * sin([rast.x] / 9.0) * cos([rast.y] / 7.0) + ([rast.x] * 7 + [rast.y] * 3) % 11'), 80, 80);
  create index on mountains using gist (st_convexhull(rast));
  select addrasterconstraints('mountains'::name, 'rast'::name);
  analyze`;

const server = serveTables(MOUNTAINS);
const { get } = server;

const body = async (target: string): Promise<Record<string, unknown>> => JSON.parse((await get(target)).body.toString());

describe('the registry of algorithms', () => {
  test('lists all with links that answer', async () => {
    const document = await body('/algorithms?f=json');
    expect(document['algorithms']).toEqual(
      [...ALGORITHMS.values()].map(({ name, title, description }) =>
        expect.objectContaining({
          id: name,
          title,
          description,
          links: expect.arrayContaining([expect.objectContaining({ rel: 'item' })]),
        }),
      ),
    );
    expect((await get('/algorithms?f=html')).body.toString()).toContain('Colour relief');
  });

  test('describes one as TiTiler does: inputs, outputs, parameters', async () => {
    expect(await body('/algorithms/slope?f=json')).toMatchObject({
      id: 'slope',
      title: 'Slope',
      inputs: { nbands: 1 },
      outputs: { nbands: 1, kind: 'values', min: [0], max: [90] },
      parameters: { z_exaggeration: { type: 'number', minimum: 1e-6, maximum: 1e6, default: 1 }, unit: { enum: ['degree', 'percent'] } },
    });
    const html = (await get('/algorithms/hillshade?f=html')).body.toString();
    expect(html).toContain('angle_altitude');
    expect(html).toContain('algorithm=hillshade');
  });

  test.each([...ALGORITHMS.keys()])('has a document and a page of %s', async (name) => {
    const [json, html] = [await get(`/algorithms/${name}?f=json`), await get(`/algorithms/${name}?f=html`)];
    expect([json.status, html.status]).toEqual([200, 200]);
    expect(html.body.toString()).not.toMatch(/undefined|\[object/);
  });

  test.each(['nope', 'constructor', '__proto__', 'Slope'])('has no %s', async (name) => {
    expect((await get(`/algorithms/${name}`)).status).toBe(404);
  });
});

interface Decoded {
  readonly data: Buffer;
  readonly info: { readonly width: number; readonly height: number };
}

async function picture(target: string): Promise<Decoded> {
  const answer = await get(target);
  expect(answer.status, answer.body.toString('latin1').slice(0, 300)).toBe(200);
  return sharp(answer.body).ensureAlpha().raw().toBuffer({ resolveWithObject: true });
}

const tile = (column: number, row: number, query: string): Promise<Decoded> =>
  picture(`/collections/mountains/map/tiles/WebMercatorQuad/10/${row}/${column}?f=png&${query}`);

describe('pictures of algorithms', () => {
  const queries = ['hillshade', 'slope', 'aspect', 'contours', 'relief', 'tri', 'tpi', 'roughness', 'terrainrgb', 'terrarium'].flatMap(
    (name) => ['bilinear', 'cubic'].map((resampling) => `algorithm=${name}&resampling=${resampling}`),
  );

  test.each(queries)('have no step between tiles: %s', async (query) => {
    const { column, row } = ORIGIN;
    const box = [-HALF + (column - 1) * TILE, HALF - (row + 1) * TILE, -HALF + (column + 1) * TILE, HALF - (row - 1) * TILE];
    const crs = 'crs=EPSG:3857&bbox-crs=EPSG:3857';
    const map = await picture(`/collections/mountains/map?f=png&width=512&height=512&${crs}&bbox=${box.join()}&${query}`);
    const opaque = map.data.filter((value, k) => k % 4 === 3 && value > 0).length;
    expect(opaque).toBeGreaterThan(90_000);
    for (const [right, down] of [
      [0, 0],
      [1, 0],
      [0, 1],
      [1, 1],
    ] as const) {
      const part = await tile(column - 1 + right, row - 1 + down, query);
      for (let line = 0; line < 256; line += 1) {
        const from = ((line + down * 256) * 512 + right * 256) * 4;
        expect(part.data.subarray(line * 1024, line * 1024 + 1024).equals(map.data.subarray(from, from + 1024)), `line ${line}`).toBe(true);
      }
    }
  });

  test('of heights decode to heights', async () => {
    const { data } = await tile(ORIGIN.column, ORIGIN.row, 'algorithm=terrainrgb&resampling=nearest');
    const pixel = TILE / 256;
    for (const [column, row] of [
      [3, 3],
      [40, 100],
      [120, 77],
    ] as const) {
      const at = (row * 256 + column) * 4;
      const [red = 0, green = 0, blue = 0] = data.subarray(at, at + 3);
      const x = -HALF + ORIGIN.column * TILE + (column + 0.5) * pixel;
      const y = HALF - ORIGIN.row * TILE - (row + 0.5) * pixel;
      const point = `st_setsrid(st_makepoint(${x}, ${y}), 3857)`;
      const [found] = await server.database.query(
        `select st_value(rast, ${point}) as height from mountains where st_intersects(rast, ${point})`,
      );
      const height = -10000 + (red * 65536 + green * 256 + blue) / 10;
      expect(Math.abs(height - Number(found?.['height']))).toBeLessThanOrEqual(0.0501);
    }
  });

  test.each([
    ['algorithm=nope', 'expected one of hillshade'],
    ['algorithm=constructor', 'expected one of hillshade'],
    ['algorithm=hillshade&algorithm_params={"azimuth":999}', 'expected a number from 0 to 360'],
    ['algorithm=hillshade&algorithm_params={"sun":1}', 'expected azimuth, angle_altitude'],
    ['algorithm=hillshade&algorithm_params=[1]', 'algorithm'],
    ['algorithm=hillshade&algorithm_params={', 'algorithm_params'],
    ['algorithm=normalizedIndex', 'at least 2 bands, got 1'],
    ['expression=b2', 'b2'],
    ['expression=b1%2B', 'position 4'],
    ['expression=constructor(b1)', 'expected a function'],
    [`expression=${'('.repeat(500)}b1${')'.repeat(500)}`, 'levels of nesting'],
  ])('are refused with a reason: %s', async (query, reason) => {
    const answer = await get(
      `/collections/mountains/map?f=png&width=64&height=64&${query.replaceAll('"', '%22').replaceAll('{', '%7B').replaceAll('}', '%7D')}`,
    );
    expect(answer.status).toBe(400);
    expect(answer.body.toString()).toContain(reason);
  });
});
