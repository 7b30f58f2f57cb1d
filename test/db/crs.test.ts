import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTransform } from '../../src/crs/create-transform.ts';
import { isGeographic, WGS84 } from '../../src/crs/crs-definition.ts';
import { transformBbox } from '../../src/crs/transform-bbox.ts';
import { registry } from '../../src/tms/registry.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';

// Systems that everybody uses or that a tile matrix set is in, with a part of their area: west, south, east, north.
const AREAS: readonly (readonly [srid: number, west: number, south: number, east: number, north: number])[] = [
  [3857, -180, -85, 180, 85],
  [3395, -180, -80, 180, 84],
  [4258, -30, 35, 40, 70],
  [3035, -10, 35, 30, 70],
  [25832, 6, 47, 12, 56],
  [25833, 12, 47, 18, 56],
  [2154, -4, 42, 8, 51],
  [2056, 6, 46, 10.4, 47.7],
  [5070, -124, 25, -67, 49],
  [3978, -140, 42, -53, 80],
  [2193, 167, -47, 178.5, -34.5],
  [5041, -180, 61, 179, 89],
  [5042, -180, -89, 179, -61],
  [5482, 160, -85, 179, -65],
  [3031, -180, -89, 179, -61],
  [3413, -180, 61, 179, 89],
  [32601, -180, 1, -174, 84],
  [32631, 0, 1, 6, 84],
  [32660, 174, 1, 180, 84],
  [32760, 174, -80, 180, -1],
];

let source: TestDatabase;

beforeAll(async () => {
  source = await createTestDatabase('empty');
});
afterAll(async () => source.close());

interface Reference {
  readonly proj4text: string;
  readonly lonLat: Float64Array;
  readonly xy: Float64Array;
}

// 7 × 7 positions of an area and where this database puts them.
async function ask(srid: number, [west, south, east, north]: readonly number[]): Promise<Reference> {
  const rows = await source.query(
    `select lon, lat, st_x(p) as x, st_y(p) as y, trim(proj4text) as proj4text
     from generate_series(0, 6) i, generate_series(0, 6) j, spatial_ref_sys s,
       lateral (select $2::float8 + ($4::float8 - $2::float8) * i / 6, $3::float8 + ($5::float8 - $3::float8) * j / 6) a (lon, lat),
       lateral st_transform(st_setsrid(st_point(lon, lat), 4326), s.srid) p
     where s.srid = $1 order by j, i`,
    [srid, west, south, east, north],
  );
  return {
    proj4text: String(rows[0]?.['proj4text']),
    lonLat: Float64Array.from(rows.flatMap(({ lon, lat }) => [Number(lon), Number(lat)])),
    xy: Float64Array.from(rows.flatMap(({ x, y }) => [Number(x), Number(y)])),
  };
}

test.each(AREAS)('%i is computed here as the database computes it, there and back', async (srid, ...area) => {
  const { proj4text, lonLat, xy } = await ask(srid, area);
  const system = { srid, proj4text };
  const [there, back] = [createTransform(WGS84, system), createTransform(system, WGS84)];
  const mapped = lonLat.slice();
  there?.(mapped);
  expect(largest(mapped, xy)).toBeLessThan(isGeographic(system) ? 1e-8 : 0.01);
  back?.(mapped);
  expect(largest(mapped, lonLat, 360)).toBeLessThan(1e-7);
});

test.each(AREAS)('the box of an area in %i holds every position of it', async (srid, ...area) => {
  const { proj4text, xy } = await ask(srid, area);
  const system = { srid, proj4text };
  const transform = createTransform(WGS84, system) ?? expect.fail('no transformation');
  const box = transformBbox(area, transform, { fromGeographic: true, toGeographic: isGeographic(system) }) ?? expect.fail('no box');
  // The outline is curves between samples: true to a ten-millionth of the box.
  const slack = Math.max(box[2] - box[0], box[3] - box[1]) * 1e-7;
  const outside = xy.filter((value, i) => value < (box[i % 2] ?? 0) - slack || value > (box[2 + (i % 2)] ?? 0) + slack);
  expect([...outside]).toEqual([]);
});

test('spatial_ref_sys knows the CRS of every tile matrix set', async () => {
  const srids = [...new Set(registry.ids.map((id) => registry.get(id)?.srid))];
  const rows = await source.query('select srid from spatial_ref_sys where srid = any($1::int[])', [srids]);
  expect(rows).toHaveLength(srids.length);
});

// Largest difference; of first members modulo a period, where one is given.
function largest(a: Float64Array, b: Float64Array, period?: number): number {
  const differences = a.map((value, i) => {
    const difference = Math.abs(value - (b[i] ?? Number.NaN));
    return period !== undefined && i % 2 === 0 ? Math.abs(difference - period * Math.round(difference / period)) : difference;
  });
  return Math.max(...differences);
}
