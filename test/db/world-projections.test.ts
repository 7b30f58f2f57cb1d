import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTransform } from '../../src/crs/create-transform.ts';
import { WGS84 } from '../../src/crs/crs-definition.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';

// ESRI's projections of the whole world (the sphere's, 53nnn, and WGS 84's, 54nnn) and EPSG's, with how far from PROJ in
// metres: Robinson's is a table, of which PROJ and proj4 keep different digits.
const WORLDS: readonly (readonly [srid: number, metres: number])[] = [
  ...[53001, 53002, 53003, 53008, 53009, 53010, 53011, 53012, 53013, 53014, 53015, 53016, 53018, 53019, 53022, 53029].map(
    (srid) => [srid, 0.01] as const,
  ),
  ...[53032, 53035, 53036, 53037, 53042, 53043, 53046, 53074, 53075].map((srid) => [srid, 0.01] as const),
  ...[54001, 54002, 54003, 54008, 54009, 54010, 54011, 54012, 54013, 54014, 54015, 54016, 54018, 54019, 54022, 54024, 54029].map(
    (srid) => [srid, 0.01] as const,
  ),
  ...[4087, 54034, 54035, 54036, 54037, 54042, 54043, 54046, 54052, 54053, 54074, 54075, 8857, 8858, 8859].map(
    (srid) => [srid, 0.01] as const,
  ),
  [53030, 0.5],
  [54030, 0.5],
];

let source: TestDatabase;

beforeAll(async () => {
  source = await createTestDatabase('empty');
});
afterAll(async () => source.close());

/** Positions all over the globe, short of the map's edges by a little, and where this database puts them. */
async function ask(srid: number): Promise<{ readonly proj4text: string; readonly lonLat: Float64Array; readonly xy: Float64Array }> {
  const rows = await source.query(
    `select lon, lat, st_x(p) as x, st_y(p) as y, trim(proj4text) as proj4text
     from spatial_ref_sys s, generate_series(-179.9, 179.9, 17.99) away, generate_series(-89.9, 89.9, 8.99) lat,
       lateral (select mod((540 + away + coalesce(substring(proj4text from 'lon_0=([-0-9.]+)')::numeric, 0)), 360) - 180) l (lon),
       lateral st_transform(st_setsrid(st_point(lon, lat), 4326), s.srid) p
     where s.srid = $1`,
    [srid],
  );
  return {
    proj4text: String(rows[0]?.['proj4text']),
    lonLat: Float64Array.from(rows.flatMap(({ lon, lat }) => [Number(lon), Number(lat)])),
    xy: Float64Array.from(rows.flatMap(({ x, y }) => [Number(x), Number(y)])),
  };
}

test.each(WORLDS)('all of the globe lies in %i where the database has it, and comes back', async (srid, metres) => {
  const { proj4text, lonLat, xy } = await ask(srid);
  const there = createTransform(WGS84, { srid, proj4text }) ?? expect.fail('no transformation');
  const mapped = lonLat.slice();
  there(mapped);
  expect(Math.max(...mapped.map((value, i) => Math.abs(value - (xy[i] ?? Number.NaN))))).toBeLessThan(metres);
  const back = createTransform({ srid, proj4text }, WGS84) ?? expect.fail('no transformation');
  back(mapped);
  expect(Math.max(...mapped.map((value, i) => Math.abs(value - (lonLat[i] ?? Number.NaN))))).toBeLessThan(1e-4);
});

// The equal-area cylinder goes round.
const OUTLINED = WORLDS.map(([srid]) => srid).filter((srid) => srid !== 54034);

test.each(OUTLINED)('beyond the outline of %i there is nothing', async (srid) => {
  const { proj4text, xy } = await ask(srid);
  const back = createTransform({ srid, proj4text }, WGS84) ?? expect.fail('no transformation');
  const [x, y] = [xy.filter((_, i) => i % 2 === 0), xy.filter((_, i) => i % 2 === 1)];
  const [west, south, east, north] = [Math.min(...x) * 1.2, Math.min(...y) * 1.2, Math.max(...x) * 1.2, Math.max(...y) * 1.2];
  const rim = Array.from({ length: 21 }, (_, i) => i / 20).flatMap((part) => {
    const [across, up] = [west + part * (east - west), south + part * (north - south)];
    return [across, south, across, north, west, up, east, up];
  });
  const mapped = Float64Array.from(rim);
  back(mapped);
  expect(mapped.every(Number.isNaN)).toBe(true);
});
