import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ANONYMOUS } from '../../src/base/principal.ts';
import { findCollection } from '../../src/catalog/catalog.ts';
import type { RasterCollection } from '../../src/catalog/collection.ts';
import { discover } from '../../src/catalog/discover.ts';
import { createSampleMemory } from '../../src/catalog/open-columns.ts';
import type { Database } from '../../src/db/database.ts';
import { openDatabase } from '../../src/db/open-database.ts';
import { createRasterService, type RasterService } from '../../src/services/rasters/raster-service.ts';
import { findProgram, run, withProgram } from '../clients/program.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';

// Maps of the whole world, held against gdalwarp: the samples of one band are their longitudes, of the other their
// latitudes, so that a map tells of each of its pixels where it was taken from, whatever the kernel.

interface World {
  readonly name: string;
  /** As GDAL and PROJ know it. */
  readonly crs: string;
  readonly srid: number;
  readonly bbox: readonly [number, number, number, number];
  /** Pixels of the longer side. */
  readonly side: number;
}

const WORLDS: readonly World[] = [
  { name: 'Robinson', crs: 'ESRI:54030', srid: 54_030, bbox: [-17_200_000, -8_800_000, 17_200_000, 8_800_000], side: 620 },
  { name: 'Mollweide', crs: 'ESRI:54009', srid: 54_009, bbox: [-18_200_000, -9_200_000, 18_200_000, 9_200_000], side: 640 },
  { name: 'Winkel Tripel', crs: 'ESRI:54042', srid: 54_042, bbox: [-16_600_000, -10_200_000, 16_600_000, 10_200_000], side: 600 },
  { name: 'Eckert IV', crs: 'ESRI:54012', srid: 54_012, bbox: [-17_000_000, -8_600_000, 17_000_000, 8_600_000], side: 600 },
  { name: 'interrupted Goode', crs: 'ESRI:54052', srid: 54_052, bbox: [-20_200_000, -8_800_000, 20_200_000, 8_800_000], side: 700 },
  { name: 'Equal Earth', crs: 'EPSG:8857', srid: 8857, bbox: [-19_000_000, -9_000_000, 19_000_000, 9_000_000], side: 640 },
  { name: 'Equal Earth of the Pacific', crs: 'EPSG:8859', srid: 8859, bbox: [-17_500_000, -8_500_000, 17_500_000, 8_500_000], side: 640 },
  { name: 'the Arctic', crs: 'EPSG:3413', srid: 3413, bbox: [-12_900_000, -12_900_000, 12_900_000, 12_900_000], side: 500 },
  { name: 'the Antarctic', crs: 'EPSG:3031', srid: 3031, bbox: [-12_900_000, -12_900_000, 12_900_000, 12_900_000], side: 500 },
  { name: 'equal areas around Europe', crs: 'EPSG:3035', srid: 3035, bbox: [-9_000_000, -10_000_000, 17_000_000, 17_000_000], side: 500 },
  { name: 'two points, by PROJ', crs: 'ESRI:54031', srid: 54_031, bbox: [-16_000_000, -15_400_000, 16_000_000, 15_400_000], side: 500 },
];

/** Half a degree a sample. */
const TABLE = `
  create table world (rid int primary key, rast raster);
  insert into world
    select 1, st_addband(
      st_mapalgebra(empty, 1, '32BF', '-180.25 + [rast.x] / 2.0', -999),
      st_mapalgebra(empty, 1, '32BF', '90.25 - [rast.y] / 2.0', -999))
    from (select st_addband(st_makeemptyraster(720, 360, -180, 90, 0.5, -0.5, 0, 0, 4326), '32BF'::text, 0, -999) as empty) as made;
  analyze world;`;

const context = { signal: AbortSignal.timeout(300_000), principal: ANONYMOUS };

let source: TestDatabase;
let database: Database;
let collection: RasterCollection;
let rasters: RasterService;

beforeAll(async () => {
  source = await createTestDatabase('empty');
  await source.query(TABLE);
  database = await openDatabase({
    connection: source.reader,
    poolSize: 2,
    statementTimeoutMs: 30_000,
    streamLimitMs: 60_000,
    observe: () => undefined,
  });
  const options = { include: [], exclude: [], nonSpatialTables: false };
  const { catalog } = await discover(database, options, createSampleMemory(), context.signal);
  const found = findCollection(catalog, 'world');
  if (found?.kind !== 'raster') throw new Error('no raster');
  collection = found;
  rasters = createRasterService({ database });
});

afterAll(async () => {
  await database?.close();
  await source?.close();
});

interface Positions {
  readonly longitudes: ArrayLike<number>;
  readonly latitudes: ArrayLike<number>;
}

function sizeOf({ bbox: [west, south, east, north], side }: World): { readonly width: number; readonly height: number } {
  const longer = Math.max(east - west, north - south);
  return { width: Math.round((side * (east - west)) / longer), height: Math.round((side * (north - south)) / longer) };
}

async function ours(world: World): Promise<Positions> {
  const target = rasters.target({ srid: world.srid, bbox: world.bbox, ...sizeOf(world) });
  const values = await rasters.values({ collection, target, bands: [0, 1], resampling: 'bilinear' }, context);
  const [longitudes, latitudes] = values?.bands ?? [];
  if (longitudes === undefined || latitudes === undefined) throw new Error('nothing drawn');
  return { longitudes, latitudes };
}

async function theirs(program: string, world: World): Promise<Positions> {
  const folder = await mkdtemp(join(tmpdir(), 'graticule-world-'));
  try {
    const [row] = await source.query(
      `set postgis.gdal_enabled_drivers = 'GTiff'; select st_asgdalraster(rast, 'GTiff') as tiff from world`,
    );
    const tiff = row?.['tiff'];
    if (!Buffer.isBuffer(tiff)) throw new Error('no GeoTIFF');
    const [from, to] = [join(folder, 'world.tif'), join(folder, 'map.img')];
    await writeFile(from, tiff);
    const { width, height } = sizeOf(world);
    const place = ['-t_srs', world.crs, '-te', ...world.bbox.map(String), '-ts', String(width), String(height), '-et', '0.125'];
    const how = [
      '-r',
      'bilinear',
      '-dstnodata',
      '-999',
      '-ot',
      'Float64',
      '-of',
      'ENVI',
      '-wo',
      'SAMPLE_GRID=YES',
      '-wo',
      'SOURCE_EXTRA=5',
    ];
    // Without it GDAL repeats the world beyond an outline, as PROJ does.
    await run(program, ['-q', '--config', 'CHECK_WITH_INVERT_PROJ', 'YES', ...place, ...how, from, to]);
    const numbers = new Float64Array(new Uint8Array(await readFile(to)).buffer).map((value) => (value === -999 ? Number.NaN : value));
    return { longitudes: numbers.subarray(0, width * height), latitudes: numbers.subarray(width * height) };
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** Shares of the pixels: on one map only of those on either; elsewhere than in the other, beyond a tenth of a degree. */
function compare(a: Positions, b: Positions): { readonly drawn: number; readonly alone: number; readonly elsewhere: number } {
  let [either, alone, elsewhere] = [0, 0, 0];
  for (let i = 0; i < a.longitudes.length; i += 1) {
    const [x, y, u, v] = [a.longitudes[i] ?? NaN, a.latitudes[i] ?? NaN, b.longitudes[i] ?? NaN, b.latitudes[i] ?? NaN];
    if (Number.isNaN(x) && Number.isNaN(u)) continue;
    either += 1;
    if (Number.isNaN(x) || Number.isNaN(u)) alone += 1;
    else if (Math.abs(y - v) > 0.1 || Math.abs(x - u) * Math.cos((y * Math.PI) / 180) > 0.1) elsewhere += 1;
  }
  return { drawn: either / a.longitudes.length, alone: alone / either, elsewhere: elsewhere / either };
}

withProgram({ name: 'gdalwarp', path: findProgram('gdalwarp'), install: 'apt-get install gdal-bin' }, (program) => {
  describe('the world as gdalwarp draws it', () => {
    test.each(WORLDS)('$name', async (world) => {
      const found = compare(await ours(world), await theirs(program, world));
      expect(found.drawn).toBeGreaterThan(0.4);
      // Pixels on the outline, half of whose ground lies beyond it.
      expect(found.alone).toBeLessThan(0.01);
      // Where the two ends of the world meet, longitudes are averaged over the jump by one and not by the other.
      expect(found.elsewhere).toBeLessThan(0.01);
    });
  });
});
