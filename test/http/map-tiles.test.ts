import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { pixelsOf, serveTables, type Pixels } from '../support/served-tables.ts';

// Map tiles: how many pixels they have, and what is cut away by features. An island of one colour on 40° × 20°.

/** The world in Mollweide's ellipse: two tiles side by side, whose corners lie outside. */
const ELLIPSE = {
  id: 'Ellipse',
  crs: 'http://www.opengis.net/def/crs/ESRI/0/54009',
  orderedAxes: ['E', 'N'],
  tileMatrices: [
    {
      id: '0',
      scaleDenominator: 70_469.125 / 0.00028,
      cellSize: 70_469.125,
      pointOfOrigin: [-18_040_096, 9_020_048],
      tileWidth: 256,
      tileHeight: 256,
      matrixWidth: 2,
      matrixHeight: 1,
    },
  ],
};
const folder = mkdtempSync(join(tmpdir(), 'graticule-map-tiles-'));
const ellipse = join(folder, 'ellipse.json');
writeFileSync(ellipse, JSON.stringify(ELLIPSE));
afterAll(() => rmSync(folder, { recursive: true }));

const server = serveTables(
  `create table island (rid int primary key, rast raster);
     insert into island select 1, st_addband(st_makeemptyraster(40, 20, -60, 30, 1, -1, 0, 0, 4326), array[
       row(1, '8BUI', 10, null), row(2, '8BUI', 20, null), row(3, '8BUI', 30, null)]::addbandarg[]);
     create table waves (rid int primary key, rast raster);
     insert into waves select 1, st_mapalgebra(st_addband(st_makeemptyraster(360, 180, -180, 90, 1, -1, 0, 0, 4326), '8BUI'::text, 0, null), 1, '8BUI',
       '(([rast.x] * 37 + [rast.y] * 91) % 23) * 11');
     select addrasterconstraints(t, 'rast'::name) from unnest(array['island', 'waves']::name[]) t;
     create table shape (id int primary key, geom geometry(Geometry, 4326));
     insert into shape values (1, st_makeenvelope(-50, 15, -40, 25, 4326)), (2, st_setsrid(st_makepoint(-40, 20), 4326)),
       (3, st_segmentize(st_makeenvelope(-50, 15, -40, 25, 4326), 0.0005)), (4, st_makeenvelope(100, 15, 110, 25, 4326)),
       (6, 'SRID=4326;MULTIPOLYGON(((177 -2, 180 -2, 180 2, 177 2, 177 -2)), ((-180 -2, -178 -2, -178 2, -180 2, -180 -2)))')`,
  { env: { GRATICULE_TILE_MATRIX_SETS: ellipse } },
);
const { get } = server;

const pixelsAt = async (target: string): Promise<Pixels> => pixelsOf(await get(target));

// The tile from 90° W to 0° and from the equator to 90° N, 0.3515625° a pixel.
const TILE = '/collections/island/map/tiles/WorldCRS84Quad/1/0/1';
/** The pixel of a tile of 256 at a place. */
const pixelAt = (longitude: number, latitude: number): readonly [number, number] => [
  Math.floor((longitude + 90) / 0.3515625),
  Math.floor((90 - latitude) / 0.3515625),
];

describe('the pixels of a map tile', () => {
  // 1 : 139,770,566 with pixels of 0.28 mm.
  const scale = 139770566.00717944;

  test.each([
    [`?scale-denominator=${scale}`, [256, 256]],
    [`?scale-denominator=${scale / 2}`, [512, 512]],
    [`?scale-denominator=${scale * 4}`, [64, 64]],
    [`?scale-denominator=${scale}&mm-per-pixel=0.14`, [512, 512]],
    ['@2x', [512, 512]],
    ['@2x?tilesize=100', [200, 200]],
    ['@2x?width=64', [128, 512]],
    [`@2x?scale-denominator=${scale * 2}`, [256, 256]],
    ['?buffer=3', [262, 262]],
    ['@2x?buffer=3', [518, 518]],
    ['@2x?buffer=0.5', [513, 513]],
  ])('%s', async (rest, size) => {
    const { size: found, at } = await pixelsAt(`${TILE}${rest}`);
    expect(found).toEqual(size);
    const [column, row] = pixelAt(-45, 20);
    expect(at(Math.round((column * found[0]) / 256), Math.round((row * found[1]) / 256))).toEqual([10, 20, 30, 255]);
  });

  test('each pixel of a tile @2x is what the map shows there', async () => {
    const dense = await pixelsAt(`${TILE}@2x`);
    const map = await pixelsAt('/collections/island/map?bbox=-90,0,0,90&crs=[OGC:CRS84]&width=512&height=512');
    for (let row = 330; row < 470; row += 7)
      for (let column = 160; column < 410; column += 5) expect(dense.at(column, row)).toEqual(map.at(column, row));
  });

  // What `padding` is for in TiTiler: a tile that knows what lies beyond its edges looks the same there as one that is cut out of more.
  test.each(['nearest', 'bilinear', 'cubic', 'cubic_spline', 'lanczos', 'average', 'mode', 'min', 'max', 'median', 'sum'])(
    'no edge shows with %s, with or without padding',
    async (resampling) => {
      for (const tile of ['/collections/waves/map/tiles/WorldCRS84Quad/4/5/12', '/collections/waves/map/tiles/WebMercatorQuad/2/1/1']) {
        const look = `resampling=${resampling}&rescale=0,255&categorical=false`;
        const [plain, padded, wide] = await Promise.all(
          ['', '&padding=16', '&buffer=16'].map((more) => pixelsAt(`${tile}?${look}${more}`)),
        );
        for (let i = 0; i < 256; i += 1) {
          for (const [column, row] of [
            [i, 0],
            [i, 1],
            [i, 255],
            [0, i],
            [254, i],
            [255, i],
          ] as const) {
            expect(plain?.at(column, row)).toEqual(wide?.at(column + 16, row + 16));
            expect(padded?.at(column, row)).toEqual(plain?.at(column, row));
          }
        }
      }
    },
  );

  test.each([
    ['?scale-denominator=1000', 413],
    [`?scale-denominator=${scale}&width=100`, 400],
    [`?scale-denominator=${scale}&tilesize=100`, 400],
    ['?scale-denominator=0', 400],
    ['@3x', 400],
    ['@2x@2x', 400],
  ])('%s is refused', async (rest, status) => {
    expect((await get(`${TILE}${rest}`)).status).toBe(status);
  });

  test('the tileset carries what is said of its tiles into their addresses', async () => {
    const document: { readonly links: readonly { readonly rel: string; readonly href: string }[] } = JSON.parse(
      (await get(`/collections/island/map/tiles/WorldCRS84Quad?clip=shape/1&scale-denominator=${scale / 2}`)).body.toString(),
    );
    const template = document.links.find(({ rel }) => rel === 'item')?.href ?? '';
    const target = template.replace(server.root, '').replace('{tileMatrix}', '1').replace('{tileRow}', '0').replace('{tileCol}', '1');
    const { size, at } = await pixelsAt(target);
    expect(size).toEqual([512, 512]);
    expect([at(2 * pixelAt(-45, 20)[0], 2 * pixelAt(-45, 20)[1])[3], at(2 * pixelAt(-30, 20)[0], 2 * pixelAt(-30, 20)[1])[3]]).toEqual([
      255, 0,
    ]);
  });
});

describe('the background of a map tile', () => {
  // Corners outside of the ellipse, and a place inside of it where the island is not.
  test.each([
    ['', [0, 0, 0, 0], [0, 0, 0, 0]],
    ['bgcolor=0x102030', [16, 32, 48, 255], [16, 32, 48, 255]],
    ['bgcolor=0x102030&void-color=red', [255, 0, 0, 255], [16, 32, 48, 255]],
    ['bgcolor=0x102030&void-transparent=true', [0, 0, 0, 0], [16, 32, 48, 255]],
    ['void-color=red&void-transparent=false', [255, 0, 0, 255], [0, 0, 0, 0]],
    ['transparent=false', [255, 255, 255, 255], [255, 255, 255, 255]],
  ])('%s', async (query, outside, inside) => {
    for (const path of ['/collections/island/map/tiles/Ellipse/0/0/0?', '/map/tiles/Ellipse/0/0/0?collections=island&']) {
      const { at } = await pixelsAt(`${path}${query}`);
      expect([at(3, 3), at(3, 252), at(128, 200)]).toEqual([outside, outside, inside]);
    }
  });
});

describe('a map tile clipped by a feature', () => {
  const paths = [`${TILE}?`, '/map/tiles/WorldCRS84Quad/1/0/1?collections=island&'];

  test('shows only what lies within it, or around it', async () => {
    for (const path of paths) {
      const cut = await pixelsAt(`${path}clip=shape/1`);
      expect([cut.at(...pixelAt(-45, 20)), cut.at(...pixelAt(-49.5, 24.5))]).toEqual([
        [10, 20, 30, 255],
        [10, 20, 30, 255],
      ]);
      for (const [longitude, latitude] of [
        [-51, 20],
        [-39, 20],
        [-45, 26],
        [-45, 14],
      ] as const) {
        expect(cut.at(...pixelAt(longitude, latitude))[3]).toBe(0);
      }
      const around = await pixelsAt(`${path}clip=shape/2&clip-buffer=300km`);
      expect([-40, -38, -36].map((longitude) => around.at(...pixelAt(longitude, 20))[3])).toEqual([255, 255, 0]);
    }
  });

  test('is the same as the map of its place', async () => {
    const tile = await pixelsAt(`${TILE}?clip=shape/2&clip-buffer=500km`);
    const map = await pixelsAt(
      '/collections/island/map?bbox=-90,0,0,90&crs=[OGC:CRS84]&width=256&height=256&clip=shape/2&clip-buffer=500km',
    );
    for (let row = 160; row < 240; row += 1)
      for (let column = 90; column < 200; column += 3) expect(tile.at(column, row)).toEqual(map.at(column, row));
  });

  test('also as XYZ, in Web Mercator', async () => {
    // The tile from the equator north and Greenwich west: -45° is its middle, 20° N lies at 0.1135 of its height above its foot.
    const { at } = await pixelsAt('/xyz/island/1/0/0.png?clip=shape/1');
    const row = 255 - Math.floor(256 * 0.1135);
    expect(at(191, row)).toEqual([10, 20, 30, 255]);
    const column = (longitude: number): number => Math.floor(((longitude + 180) / 180) * 256);
    expect([-52, -49, -41, -38].map((longitude) => at(column(longitude), row)[3])).toEqual([0, 255, 255, 0]);
  });

  test('is blank where nothing of the feature lies, within the limits of the data', async () => {
    expect((await pixelsAt(`${TILE}?clip=shape/4`)).at(...pixelAt(-45, 20))[3]).toBe(0);
  });

  test.each([
    ['clip=shape/2', 400],
    ['clip=shape/3', 413],
    ['clip=shape/9', 400],
    ['clip=nope/1', 400],
    ['clip-buffer=5m', 400],
    ['clip=shape/1&clip-buffer=far', 400],
  ])('%s is refused', async (query, status) => {
    for (const path of [...paths, '/xyz/island/1/0/0.png?']) expect((await get(`${path}${query}`)).status, path).toBe(status);
  });

  test('changes as soon as the feature does, on tiles and maps', async () => {
    const targets = [`${TILE}?clip=shape/5`, '/collections/island/map?bbox=-90,0,0,90&crs=[OGC:CRS84]&width=256&height=256&clip=shape/5'];
    const shown = async (): Promise<readonly (readonly (number | undefined)[])[]> =>
      Promise.all(
        targets.map(async (target) => {
          const { at } = await pixelsAt(target);
          return [-55, -45, -25].map((longitude) => at(...pixelAt(longitude, 20))[3]);
        }),
      );
    await server.database.query('insert into shape values (5, st_makeenvelope(-58, 12, -50, 28, 4326))');
    expect(await shown()).toEqual([
      [255, 0, 0],
      [255, 0, 0],
    ]);
    const [before] = await Promise.all(targets.map((target) => get(target)));
    expect(before?.headers['cache-control']).toBe('no-cache');
    await server.database.query('update shape set geom = st_makeenvelope(-50, 12, -40, 28, 4326) where id = 5');
    expect(await shown()).toEqual([
      [0, 255, 0],
      [0, 255, 0],
    ]);
    const [tag] = [String(before?.headers['etag'])];
    expect((await get(targets[0] ?? '', { 'If-None-Match': tag })).status).toBe(200);
    const after = await get(targets[0] ?? '');
    expect((await get(targets[0] ?? '', { 'If-None-Match': String(after.headers['etag']) })).status).toBe(304);
    await server.database.query('delete from shape where id = 5');
    expect((await get(targets[0] ?? '')).status).toBe(400);
  });
});

describe('a feature on both sides of the antimeridian', () => {
  // Fiji, nearly: from 177° to -178°; a pixel is a tenth of a degree.
  test.each([
    '/collections/waves/map?bbox=175,-5,-175,5&crs=[OGC:CRS84]&width=100&height=100',
    '/collections/waves/map?bbox=-185,-5,-175,5&crs=[OGC:CRS84]&width=100&height=100',
    '/collections/waves/map?bbox=175,-5,-175,5&crs=EPSG:3857&width=100&height=100',
    '/collections/waves/bbox/175,-5,-175,5/100x100.png?f=png',
  ])('cuts the whole of it out of %s', async (target) => {
    const { at } = await pixelsAt(`${target}&clip=shape/6`);
    const opaque = [10, 15, 25, 45, 55, 65, 75, 90].map((column) => at(column, 50)[3] === 255);
    expect(opaque).toEqual([false, false, true, true, true, true, false, false]);
    expect([at(45, 20)[3], at(55, 80)[3]]).toEqual([0, 0]);
  });
});
