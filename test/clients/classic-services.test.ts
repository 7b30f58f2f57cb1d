import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startClassicService, type ClassicService } from '../http/classic/service.ts';
import { findProgram, run, withProgram } from './program.ts';

/** Debian's interpreter: the one on the PATH may be another, without OWSLib and QGIS. */
const PYTHON = '/usr/bin/python3';
const COLORS = { nw: [255, 0, 0], ne: [0, 255, 0], sw: [0, 0, 255], se: [255, 255, 0] };

/** Positions half a degree from the middle of the four quarters, in longitude and latitude. */
const PLACES = { nw: [9.5, 50.5], ne: [10.5, 50.5], sw: [9.5, 49.5], se: [10.5, 49.5] } as const;

let service: ClassicService;
let server: ClassicService['server'];
const folder = mkdtempSync(join(tmpdir(), 'graticule-classic-'));

beforeAll(async () => {
  service = await startClassicService({ env: { GRATICULE_CONTACT_NAME: 'A. Mapper', GRATICULE_CONTACT_EMAIL: 'maps@example.org' } });
  ({ server } = service);
});

afterAll(async () => {
  await service?.close();
  rmSync(folder, { recursive: true, force: true });
});

const script = (name: string): string => fileURLToPath(new URL(name, import.meta.url));

function resultOf(printed: string): Readonly<Record<string, unknown>> {
  const result: Readonly<Record<string, unknown>> = JSON.parse(/^RESULT (.*)$/m.exec(printed)?.[1] ?? '{}');
  return result;
}

withProgram({ name: 'GDAL', path: findProgram('gdalinfo'), install: 'apt-get install gdal-bin' }, (gdalinfo) => {
  // A folder of its own for what the drivers keep of tiles: else answers come from an older run.
  const env = { GDAL_DEFAULT_WMS_CACHE_PATH: join(folder, 'cache'), GDAL_PAM_ENABLED: 'NO', CPL_DEBUG: 'OFF' };
  const tool = (name: string): string => join(dirname(gdalinfo), name);

  /** Colours at the four places of a picture that GDAL has read. */
  const colors = async (file: string): Promise<unknown> => {
    const found: Record<string, readonly number[]> = {};
    for (const [name, [longitude, latitude]] of Object.entries(PLACES)) {
      const printed = await run(tool('gdallocationinfo'), ['-valonly', '-wgs84', file, String(longitude), String(latitude)], env);
      found[name] = printed.trim().split(/\s+/).slice(0, 3).map(Number);
    }
    return found;
  };

  describe('GDAL', () => {
    test('lists the layers of a WMS and reads one', { timeout: 60_000 }, async () => {
      const list = await run(gdalinfo, [`WMS:${server.root}/wms`], env);
      expect(list).toContain('LAYERS=quarters');
      const name = /SUBDATASET_\d+_NAME=(WMS:\S*LAYERS=quarters\S*)/.exec(list)?.[1] ?? '';
      const file = join(folder, 'wms.tif');
      // It prefers JPEG, whose colours are not exact.
      await run(tool('gdal_translate'), ['-q', '-outsize', '400', '0', `${name}&FORMAT=image/png`, file], env);
      expect(await colors(file)).toEqual(COLORS);
    });

    test.each([
      ['EPSG:4326', '1.3.0', ['9', '51', '11', '49']],
      ['EPSG:3857', '1.3.0', ['1000000', '6640000', '1230000', '6270000']],
      ['EPSG:3035', '1.3.0', ['4221000', '3092000', '4421000', '2892000']],
      ['EPSG:32632', '1.1.1', ['471000', '5638000', '671000', '5438000']],
    ] as const)('finds the same places in %s of WMS %s', { timeout: 60_000 }, async (crs, version, box) => {
      const [left, top, right, bottom] = box;
      const [key, axes] = version === '1.3.0' ? ['CRS', crs === 'EPSG:4326' || crs === 'EPSG:3035' ? 'yxYX' : 'xyXY'] : ['SRS', 'xyXY'];
      const service = `<Service name="WMS"><Version>${version}</Version><ServerUrl>${server.root}/wms?</ServerUrl><${key}>${crs}</${key}><ImageFormat>image/png</ImageFormat><Layers>quarters</Layers><BBoxOrder>${axes}</BBoxOrder></Service>`;
      const window = `<DataWindow><UpperLeftX>${left}</UpperLeftX><UpperLeftY>${top}</UpperLeftY><LowerRightX>${right}</LowerRightX><LowerRightY>${bottom}</LowerRightY><SizeX>300</SizeX><SizeY>300</SizeY></DataWindow>`;
      const source = `<GDAL_WMS>${service}${window}<Projection>${crs}</Projection><BandsCount>3</BandsCount><BlockSizeX>300</BlockSizeX><BlockSizeY>300</BlockSizeY></GDAL_WMS>`;
      const file = join(folder, `${crs.replace(':', '')}.tif`);
      await run(tool('gdal_translate'), ['-q', source, file], env);
      expect(await colors(file)).toEqual(COLORS);
    });

    test.each(['WebMercatorQuad', 'WorldCRS84Quad'])('reads tiles of %s by WMTS', { timeout: 60_000 }, async (set) => {
      const source = `WMTS:${server.root}/wmts/1.0.0/WMTSCapabilities.xml,layer=quarters,tilematrixset=${set},style=default`;
      const file = join(folder, `${set}.tif`);
      await run(tool('gdal_translate'), ['-q', '-outsize', '400', '0', source, file], env);
      expect(await colors(file)).toEqual(COLORS);
    });

    test.each(['UTM32WGS84Quad', 'EuropeanETRS89_LAEAQuad'])('reads tiles of %s, which it asks for', { timeout: 60_000 }, async (set) => {
      const address = `${server.root}/wmts/1.0.0/WMTSCapabilities.xml?TileMatrixSets=${set}`;
      const file = join(folder, `${set}.tif`);
      await run(
        tool('gdal_translate'),
        ['-q', '-outsize', '400', '0', `WMTS:${address},layer=quarters,tilematrixset=${set},style=default`, file],
        env,
      );
      expect(await colors(file)).toEqual(COLORS);
    });

    test.each([
      ['application/vnd.ogc.gml', '2'],
      ['application/gml+xml; version=3.1', '3.1'],
      ['application/gml+xml; version=3.2', '3.2'],
    ])('reads what lies under a pixel as %s', { timeout: 60_000 }, async (format, version) => {
      const map = { SERVICE: 'WMS', VERSION: '1.3.0', LAYERS: 'quarters,a,b & <c>/é', STYLES: '', CRS: 'EPSG:4326', BBOX: '49,9,51,11' };
      const pixel = {
        REQUEST: 'GetFeatureInfo',
        QUERY_LAYERS: map.LAYERS,
        WIDTH: '40',
        HEIGHT: '40',
        I: '10',
        J: '10',
        INFO_FORMAT: format,
      };
      const file = join(folder, `info-${version}.gml`);
      writeFileSync(file, (await service.ask('/wms', { ...map, ...pixel })).body);
      const printed = await run(tool('ogrinfo'), ['-al', file], env);
      expect(printed).toContain('Layer name: quarters');
      expect(printed).toMatch(/b1 \(Integer\) = 255/);
      expect(printed).toMatch(/layer \(String\) = a,b & <c>\/é/);
      // A pixel is a twentieth of a degree; in the middle of the tenth from the north-west.
      expect(printed).toMatch(/POINT \(9\.525 50\.475\)/);
    });
  });
});

const owslib = { name: 'OWSLib', path: hasModule('owslib.wms'), install: 'apt-get install python3-owslib', optional: true };

withProgram(owslib, (python) => {
  test('OWSLib reads the capabilities of WMS 1.3.0 and 1.1.1 and of WMTS, maps, tiles and values', { timeout: 60_000 }, async () => {
    const found = resultOf(await run(python, [script('./owslib_classic.py'), server.root]));
    const layers = ['a,b & <c>/é', 'quarters', 'scenes', 'slope'];
    for (const service of ['1.3.0', '1.1.1', 'wmts']) expect(found[service], service).toEqual(layers);
    expect(found['styles']).toEqual(expect.arrayContaining(['viridis', 'default']));
    expect(found['times']).toContain('2020-05-01T00:00:00Z');
    expect(found['box']).toEqual([8, 48, 12, 52]);
    expect(found['pictures']).toEqual(['image/png', 'image/png', 'image/png', 'image/png']);
    expect(found['contact']).toEqual(['A. Mapper', 'maps@example.org']);
    expect(found['provider']).toBe('A. Mapper');
    expect(found['info']).toBe('Layer quarters\n  b1 = 255\n  b2 = 0\n  b3 = 0\n');
  });
});

const qgis = { name: 'QGIS', path: hasModule('qgis.core'), install: 'apt-get install python3-qgis qgis-providers', optional: true };

withProgram(qgis, (python) => {
  test('QGIS draws the same places by WMS in three CRSs and by WMTS in two sets, and asks for values', { timeout: 90_000 }, async () => {
    const env = { QT_QPA_PLATFORM: 'offscreen', QGIS_CUSTOM_CONFIG_PATH: folder, XDG_RUNTIME_DIR: folder };
    const found = resultOf(await run(python, [script('./qgis_classic.py'), server.root], env));
    for (const source of ['EPSG:4326', 'EPSG:3857', 'EPSG:3035', 'WebMercatorQuad', 'WorldCRS84Quad'])
      expect(found[source], source).toEqual(COLORS);
    expect(found['identified']).toContain('255');
    expect(found['features']).toEqual([expect.objectContaining({ b1: '255', b2: '0', b3: '0' })]);
  });
});

/** Debian's Python where it has a module. */
function hasModule(name: string): string | undefined {
  if (!existsSync(PYTHON)) return undefined;
  try {
    execFileSync(PYTHON, ['-c', `import ${name}`], { stdio: 'ignore', timeout: 30_000 });
    return PYTHON;
  } catch {
    return undefined;
  }
}
