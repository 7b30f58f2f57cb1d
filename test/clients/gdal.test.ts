import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { startServerOn, startTestServer, type TestServer } from '../support/server.ts';
import { findProgram, run, runBoth, withProgram } from './program.ts';

interface GeoJson {
  readonly features: readonly { readonly id: number; readonly properties: Readonly<Record<string, unknown>> }[];
}

interface RasterInfo {
  readonly size: readonly [number, number];
  readonly bands: readonly { readonly mean: number; readonly stdDev: number; readonly min: number; readonly max: number }[];
}

withProgram({ name: 'GDAL', path: findProgram('ogr2ogr'), install: 'apt-get install gdal-bin' }, (ogr2ogr) => {
  let database: TestDatabase;
  let server: TestServer;
  const folder = mkdtempSync(join(tmpdir(), 'graticule-gdal-'));
  // A folder of its own for what the WMS drivers keep of tiles: else answers come from an older run.
  const env = { GDAL_DEFAULT_WMS_CACHE_PATH: join(folder, 'cache'), GDAL_PAM_ENABLED: 'NO', CPL_DEBUG: 'OFF' };
  const tool = (name: string): string => join(dirname(ogr2ogr), name);

  beforeAll(async () => {
    database = await createTestDatabase('empty');
    await database.query(readFileSync(new URL('../../conformance/fixture.sql', import.meta.url), 'utf8'));
    server = await startTestServer({ database });
  });

  afterAll(async () => {
    await server?.close();
    await database?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const features = async (...options: readonly string[]): Promise<GeoJson> => {
    const file = join(folder, 'out.geojson');
    rmSync(file, { force: true });
    await run(ogr2ogr, ['-f', 'GeoJSON', file, `OAPIF:${server.root}`, ...options], env);
    const collection: GeoJson = JSON.parse(readFileSync(file, 'utf8'));
    return collection;
  };

  const statistics = async (source: string, ...options: readonly string[]): Promise<RasterInfo> => {
    const file = join(folder, 'out.tif');
    rmSync(file, { force: true });
    await run(tool('gdal_translate'), ['-q', '-of', 'GTiff', ...options, source, file], env);
    const info: RasterInfo = JSON.parse(await run(tool('gdalinfo'), ['-json', '-stats', file], env));
    return info;
  };

  describe('GDAL reads features', () => {
    test('the list of collections and the schema of one', async () => {
      const list = await run(tool('ogrinfo'), ['-ro', '-q', `OAPIF:${server.root}`], env);
      for (const id of ['places', 'journeys', 'regions', 'islands', 'parcels']) expect(list).toContain(id);
      const summary = await run(tool('ogrinfo'), ['-ro', '-so', `OAPIF:${server.root}`, 'places'], env);
      expect(summary).toContain('Feature Count: 400');
      expect(summary).toContain('Geometry: Point');
      expect(summary).toMatch(/^name: String/m);
      expect(summary).toMatch(/^population: Integer/m);
      expect(summary).toMatch(/^height: Real/m);
    });

    test('all pages of a collection, each feature once', async () => {
      const { features: found } = await features('places', '-oo', 'PAGE_SIZE=70');
      expect(found.length).toBe(400);
      expect(new Set(found.map((feature) => feature.properties['name'])).size).toBe(400);
    });

    test('those in a box', async () => {
      const [row] = await database.query(
        `select count(*)::int as n from places where st_intersects(geom, st_makeenvelope(0, 0, 90, 60, 4326))`,
      );
      const { features: found } = await features('places', '-spat', '0', '0', '90', '60');
      expect(found.length).toBe(row?.['n']);
      expect(found.length).toBeGreaterThan(10);
    });

    test('those with an attribute value', async () => {
      const { features: found } = await features('places', '-where', `kind = 'farm'`);
      expect(found.length).toBe(133);
      expect(new Set(found.map((feature) => feature.properties['kind']))).toEqual(new Set(['farm']));
    });

    test('a collection whose storage system is national, in degrees', async () => {
      const summary = await run(tool('ogrinfo'), ['-ro', '-so', `OAPIF:${server.root}`, 'parcels'], env);
      expect(summary).toContain('Feature Count: 120');
      const extent = /Extent: \(([-\d.]+), ([-\d.]+)\) - \(([-\d.]+), ([-\d.]+)\)/.exec(summary);
      expect(Number(extent?.[1])).toBeCloseTo(9, 1);
      expect(Number(extent?.[2])).toBeCloseTo(48.7, 0);
    });
  });

  test('GDAL opens every odd table, whatever its name, key, types and geometry', { timeout: 120_000 }, async () => {
    const odd = await startServerOn('odd');
    try {
      const listed: { readonly collections: readonly { readonly id: string; readonly itemType?: string }[] } = await (
        await fetch(`${odd.root}/collections?limit=1000`)
      ).json();
      const { stdout, stderr } = await runBoth(tool('ogrinfo'), ['-ro', '-al', '-q', `OAPIF:${odd.root}`, '-oo', 'PAGE_SIZE=100'], env);
      const opened = [...stdout.matchAll(/^Layer name: (.*)$/gm)].map((match) => match[1]);
      const features = listed.collections.filter((collection) => collection.itemType === 'feature').map((collection) => collection.id);
      expect(features.length).toBeGreaterThan(20);
      expect(opened).toEqual(expect.arrayContaining(features.filter((id) => !id.includes('\n'))));
      // This GDAL takes rasters for features, whatever their itemType, and has no integers beyond 64 bits; nothing else may go wrong.
      const complaints = stderr.split('\n').filter((line) => /^(ERROR|Warning)/.test(line));
      const others = complaints.filter((line) => !/is a raster: it has no features|HTTP error code : 404|64bit integer range/.test(line));
      expect(others).toEqual([]);
    } finally {
      await odd.close();
    }
  });

  describe('GDAL reads raster map tiles', () => {
    test('through OGC API Tiles', { timeout: 60_000 }, async () => {
      const source = `OGCAPI:${server.root}/collections/elevation`;
      const info = await statistics(source, '-oo', 'API=TILES', '-oo', 'CACHE=NO', '-outsize', '720', '360');
      expect(info.size).toEqual([720, 360]);
      expect(info.bands[0]?.stdDev).toBeGreaterThan(5);
    });

    test('by the XYZ template', { timeout: 60_000 }, async () => {
      const file = join(folder, 'xyz.xml');
      writeFileSync(file, xyzDescription(`${server.root}/xyz/elevation/\${z}/\${x}/\${y}.png`));
      const info = await statistics(file, '-outsize', '512', '512');
      expect(info.size).toEqual([512, 512]);
      expect(info.bands[0]?.stdDev).toBeGreaterThan(5);
    });
  });

  describe('GDAL reads a vector tile', () => {
    test('with its features, their attributes and keys', async () => {
      const file = join(folder, '1.mvt');
      const answer = await fetch(`${server.root}/collections/places/tiles/WebMercatorQuad/1/0/1?f=mvt`);
      expect(answer.status).toBe(200);
      writeFileSync(file, Buffer.from(await answer.arrayBuffer()));
      const options = ['-oo', 'X=1', '-oo', 'Y=0', '-oo', 'Z=1', '-oo', 'METADATA_FILE='];
      const text = await run(tool('ogrinfo'), ['-ro', '-al', `MVT:${file}`, ...options], env);
      const [row] = await database.query(`select count(*)::int as n from places where st_x(geom) > 0 and st_y(geom) between 0 and 85`);
      const count = Number(/Feature Count: (\d+)/.exec(text)?.[1]);
      expect(count).toBeGreaterThanOrEqual(Number(row?.['n']));
      expect(text).toMatch(/^Layer name: places$/m);
      expect(text).toMatch(/name \(String\) = Place \d+/);
    });
  });
});

/** A WMS driver description of tiles in the Google order, 8 levels. */
function xyzDescription(template: string): string {
  const size = 20_037_508.342789244;
  return `<GDAL_WMS>
  <Service name="TMS"><ServerUrl>${template}</ServerUrl></Service>
  <DataWindow>
    <UpperLeftX>-${size}</UpperLeftX><UpperLeftY>${size}</UpperLeftY><LowerRightX>${size}</LowerRightX><LowerRightY>-${size}</LowerRightY>
    <TileLevel>7</TileLevel><TileCountX>1</TileCountX><TileCountY>1</TileCountY><YOrigin>top</YOrigin>
  </DataWindow>
  <Projection>EPSG:3857</Projection><BlockSizeX>256</BlockSizeX><BlockSizeY>256</BlockSizeY><BandsCount>4</BandsCount>
</GDAL_WMS>
`;
}
