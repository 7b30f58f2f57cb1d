import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { encodeValues, streamValues, type ValueFormat, type ValueOptions, type WindowSize } from '../../src/image/encode-values.ts';
import type { ValueCrs, ValueImage, ValueWindow } from '../../src/image/values.ts';
import type { PixelTypeName } from '../../src/raster/wkb.ts';
import { makeImage, PIXEL_TYPES, RANGES } from '../unit/image/images.ts';
import { firstDifference } from '../unit/image/read-tiff.ts';
import { findProgram, run, withProgram } from './program.ts';

interface Info {
  readonly size: readonly [number, number];
  readonly geoTransform: readonly number[];
  readonly coordinateSystem?: { readonly wkt: string };
  readonly metadata: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly bands: readonly {
    readonly type: string;
    readonly noDataValue?: number | string;
    readonly description?: string;
    readonly unit?: string;
    readonly scale?: number;
    readonly offset?: number;
    readonly colorInterpretation: string;
    readonly overviews?: readonly { readonly size: readonly [number, number] }[];
    readonly mask?: { readonly flags: readonly string[] };
  }[];
}

/** Names that GDAL has for the types of files; signed bytes are bytes with a remark before version 3.7. */
const GDAL_TYPES: Readonly<Record<PixelTypeName, readonly string[]>> = {
  '1BB': ['Byte'],
  '2BUI': ['Byte'],
  '4BUI': ['Byte'],
  '8BSI': ['Byte', 'Int8'],
  '8BUI': ['Byte'],
  '16BSI': ['Int16'],
  '16BUI': ['UInt16'],
  '32BSI': ['Int32'],
  '32BUI': ['UInt32'],
  '32BF': ['Float32'],
  '64BF': ['Float64'],
};

withProgram({ name: 'GDAL', path: findProgram('gdal_translate'), install: 'apt-get install gdal-bin' }, (translate) => {
  const folder = mkdtempSync(join(tmpdir(), 'graticule-geotiff-'));
  const env = { GDAL_PAM_ENABLED: 'NO', CPL_DEBUG: 'OFF' };
  const tool = (name: string): string => join(dirname(translate), name);
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const write = async (image: ValueImage, format: ValueFormat, options?: ValueOptions): Promise<string> => {
    const { bytes, extension } = await encodeValues(image, format, options);
    const file = join(folder, `file.${extension}`);
    writeFileSync(file, bytes);
    return file;
  };

  const infoOf = async (file: string): Promise<Info> => {
    const info: Info = JSON.parse(await run(tool('gdalinfo'), ['-json', file], env));
    return info;
  };

  /** All bands one after the other as GDAL reads them, or their `mask`. */
  const read = async (file: string, what: 'bands' | 'mask', ...options: readonly string[]): Promise<readonly number[]> => {
    const result = join(folder, 'read.img');
    const choice = what === 'mask' ? ['-b', 'mask'] : [];
    await run(translate, ['-q', '-of', 'ENVI', '-co', 'INTERLEAVE=BSQ', '-ot', 'Float64', ...choice, ...options, file, result], env);
    return [...new Float64Array(new Uint8Array(readFileSync(result)).buffer)];
  };

  /** Signed bytes that GDAL before 3.7 takes for unsigned ones. */
  const signed = (values: readonly number[], pixelType: PixelTypeName): readonly number[] =>
    pixelType === '8BSI' ? values.map((value) => (value > 127 ? value - 256 : value)) : values;

  describe.each(PIXEL_TYPES)('%s', (pixelType) => {
    test.each([
      { compression: 'deflate', predictor: pixelType.endsWith('F') ? 'floating-point' : 'horizontal' },
      { compression: 'lzw', predictor: pixelType.endsWith('F') ? 'floating-point' : 'horizontal' },
      { compression: 'deflate', predictor: 'none' },
      { compression: 'none', predictor: 'none' },
    ] as const)('GDAL reads the numbers, nodata and place: $compression, predictor $predictor', async (tiff) => {
      const nodata = pixelType.endsWith('F') ? -9999.5 : RANGES[pixelType][1];
      const image = makeImage({ pixelType, width: 301, height: 207, bands: 2, nodata, holes: true });
      const file = await write(image, 'geotiff', { tiff: { ...tiff, tileWidth: 128, tileHeight: 128 } });
      const info = await infoOf(file);
      expect(info.size).toEqual([301, 207]);
      expect(info.geoTransform).toEqual([500_000, 10, 0, 5_000_000, 0, -10]);
      expect(info.coordinateSystem?.wkt).toContain('ID["EPSG",25832]');
      for (const [i, band] of info.bands.entries()) {
        expect(GDAL_TYPES[pixelType]).toContain(band.type);
        expect(band.noDataValue).toBe(nodata);
        expect(band.description).toBe(`b${i + 1}`);
      }
      expect(firstDifference(signed(await read(file, 'bands'), pixelType), valuesOf(image, nodata))).toBe(-1);
    });

    test('GDAL takes the file for cloud-optimised and finds what is missing at every resolution', async () => {
      const image = makeImage({ pixelType, width: 301, height: 207, holes: true });
      const file = await write(image, 'cog', { tiff: { tileWidth: 64, tileHeight: 64, overviewResampling: 'nearest' } });
      const info = await infoOf(file);
      expect(info.metadata['IMAGE_STRUCTURE']?.['LAYOUT']).toBe('COG');
      expect(info.bands[0]?.overviews?.map(({ size }) => size)).toEqual([
        [151, 104],
        [76, 52],
        [38, 26],
      ]);
      if (pixelType.endsWith('F')) expect(info.bands[0]?.noDataValue).toBe('NaN');
      else expect(info.bands[0]?.mask?.flags).toEqual(['PER_DATASET']);
      const mask = await read(file, 'mask');
      expect(firstDifference(mask, maskOf(image))).toBe(-1);
      const values = signed(await read(file, 'bands', '-a_nodata', 'none'), pixelType);
      const wrong = values.filter((value, i) => mask[i] === 255 && value !== image.planes[0]?.[i]);
      expect(wrong).toEqual([]);
      expect((await read(file, 'mask', '-oo', 'OVERVIEW_LEVEL=0')).every((value) => value === 255)).toBe(true);
    });

    test('GDAL reads what is streamed', async () => {
      const image = makeImage({ pixelType, width: 1300, height: 131, bands: 3, holes: true });
      const { pieces } = streamValues(image, 'geotiff', (size) => pagesOf(image, size));
      const all: Uint8Array[] = [];
      for await (const piece of pieces) all.push(piece);
      const file = join(folder, 'streamed.tif');
      writeFileSync(file, Buffer.concat(all));
      const mask = await read(file, 'mask');
      const values = signed(await read(file, 'bands'), pixelType);
      const wanted = valuesOf(image, 0);
      expect(values.filter((value, i) => mask[i % mask.length] === 255 && value !== wanted[i])).toEqual([]);
      expect(firstDifference(mask, maskOf(image))).toBe(-1);
    });
  });

  describe('what a file says of itself', () => {
    test('names, units, scale and offset of bands, and which of them are colours', async () => {
      const bands = [
        { name: 'r', color: 'red', description: 'Red – "rouge" & <rot>', unit: 'W/m²', pixelType: '8BUI', scale: 0.5, offset: -3 },
        { name: 'g', color: 'green', pixelType: '8BUI' },
        { name: 'b', color: 'blue', pixelType: '8BUI' },
        { name: 'a', color: 'alpha', pixelType: '8BUI' },
      ] as const;
      const info = await infoOf(await write({ ...makeImage({ pixelType: '8BUI', width: 3, height: 2, bands: 4 }), bands }, 'geotiff'));
      expect(info.bands[0]).toMatchObject({ description: 'Red – "rouge" & <rot>', unit: 'W/m²', scale: 0.5, offset: -3 });
      expect(info.bands.map(({ colorInterpretation }) => colorInterpretation)).toEqual(['Red', 'Green', 'Blue', 'Alpha']);
    });

    test('a rotated grid', async () => {
      const grid = { originX: 7, originY: 8, scaleX: 2, scaleY: -3, skewX: 0.5, skewY: 0.25 };
      const info = await infoOf(await write({ ...makeImage({ pixelType: '8BUI', width: 2, height: 2 }), grid }, 'geotiff'));
      expect(info.geoTransform).toEqual([7, 2, 0.5, 8, 0.25, -3]);
    });

    test('no CRS where there is none', async () => {
      const info = await infoOf(await write({ ...makeImage({ pixelType: '8BUI', width: 2, height: 2 }), crs: undefined }, 'geotiff'));
      expect(info.coordinateSystem?.wkt ?? '').not.toMatch(/PROJCRS|GEOGCRS/);
    });

    test('geographic coordinates', async () => {
      const crs = { srid: 4326, epsg: 4326, proj4text: '+proj=longlat +datum=WGS84 +no_defs' };
      const info = await infoOf(await write({ ...makeImage({ pixelType: '8BUI', width: 2, height: 2 }), crs }, 'geotiff'));
      expect(info.coordinateSystem?.wkt).toMatch(/^GEOGCRS\["WGS 84"[^]*ID\["EPSG",4326\]\]$/);
    });
  });

  describe('a CRS without a code means the same to PROJ', () => {
    test.each([
      '+proj=longlat +ellps=bessel +no_defs',
      '+proj=longlat +a=6371000 +b=6371000 +no_defs',
      '+proj=longlat +ellps=clrk80ign +pm=2.33722917 +no_defs',
      '+proj=utm +zone=32 +south +datum=WGS84 +units=m +no_defs',
      '+proj=tmerc +lat_0=49 +lon_0=-2 +k=0.9996012717 +x_0=400000 +y_0=-100000 +ellps=airy +units=m +no_defs',
      '+proj=lcc +lat_0=46.5 +lon_0=3 +lat_1=49 +lat_2=44 +x_0=700000 +y_0=6600000 +ellps=GRS80 +units=m +no_defs',
      '+proj=lcc +lat_1=49.5 +lat_0=49.5 +lon_0=2 +k_0=0.999877341 +x_0=600000 +y_0=200000 +ellps=clrk80ign +units=m +no_defs',
      '+proj=aea +lat_0=23 +lon_0=-96 +lat_1=29.5 +lat_2=45.5 +x_0=1 +y_0=2 +datum=NAD83 +units=m +no_defs',
      '+proj=laea +lat_0=52 +lon_0=10 +x_0=4321000 +y_0=3210000 +ellps=GRS80 +units=m +no_defs',
      '+proj=stere +lat_0=90 +lat_ts=70 +lon_0=-45 +x_0=0 +y_0=0 +datum=WGS84 +units=m +no_defs',
      '+proj=stere +lat_0=-90 +lat_ts=-71 +lon_0=0 +x_0=0 +y_0=0 +datum=WGS84 +units=m +no_defs',
      '+proj=sterea +lat_0=52.1561605555556 +lon_0=5.38763888888889 +k=0.9999079 +x_0=155000 +y_0=463000 +ellps=bessel +units=m +no_defs',
      '+proj=merc +lat_ts=42 +lon_0=51 +x_0=0 +y_0=0 +ellps=krass +units=m +no_defs',
      '+proj=merc +lon_0=110 +k=0.997 +x_0=3900000 +y_0=900000 +ellps=bessel +units=m +no_defs',
      '+proj=eqc +lat_ts=60 +lat_0=0 +lon_0=0 +x_0=0 +y_0=0 +datum=WGS84 +units=m +no_defs',
      '+proj=cea +lat_ts=30 +lon_0=0 +x_0=0 +y_0=0 +datum=WGS84 +units=m +no_defs',
      '+proj=sinu +lon_0=10 +x_0=0 +y_0=0 +R=6371007.181 +units=m +no_defs',
      '+proj=robin +lon_0=0 +x_0=0 +y_0=0 +datum=WGS84 +units=m +no_defs',
      '+proj=aeqd +lat_0=40 +lon_0=-3 +x_0=0 +y_0=0 +datum=WGS84 +units=m +no_defs',
      '+proj=poly +lat_0=0 +lon_0=-54 +x_0=5000000 +y_0=10000000 +ellps=GRS80 +units=m +no_defs',
      '+proj=tmerc +lat_0=30 +lon_0=-85.8333333333333 +k=0.99996 +x_0=200000 +y_0=0 +datum=NAD83 +units=us-ft +no_defs',
    ])('%s', async (proj4text) => {
      const crs: ValueCrs = { srid: 990_001, proj4text };
      const file = await write({ ...makeImage({ pixelType: '8BUI', width: 2, height: 2 }), crs }, 'geotiff');
      const wkt = (await infoOf(file)).coordinateSystem?.wkt ?? '';
      const positions = proj4text.includes('lat_0=-90') || proj4text.includes('south') ? '12 -66\n7 -80\n' : '12 66\n7 40\n';
      const own = await transformed(proj4text, positions);
      const read = await transformed(wkt, positions);
      expect(read.length).toBe(4);
      read.forEach((value, i) => expect(value).toBeCloseTo(own[i] ?? Number.NaN, 3));
    });

    test('by its WKT where the method has no key', async () => {
      const wkt =
        'PROJCS["Home Mollweide",GEOGCS["GCS_WGS_1984",DATUM["D_WGS_1984",SPHEROID["WGS_1984",6378137.0,298.257223563]],' +
        'PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]],PROJECTION["Mollweide"],PARAMETER["False_Easting",0.0],' +
        'PARAMETER["False_Northing",0.0],PARAMETER["Central_Meridian",11.0],UNIT["Meter",1.0]]';
      const crs: ValueCrs = { srid: 954_009, proj4text: '+proj=moll +lon_0=11 +datum=WGS84 +units=m', wkt };
      const info = await infoOf(await write({ ...makeImage({ pixelType: '8BUI', width: 2, height: 2 }), crs }, 'geotiff'));
      expect(info.coordinateSystem?.wkt).toMatch(/PROJCRS\["Home Mollweide"[^]*METHOD\["Mollweide"/);
    });

    /** Positions on the same Earth, so that datums do not matter: only what the definition says of itself. */
    async function transformed(definition: string, positions: string): Promise<readonly number[]> {
      const file = join(folder, 'definition.txt');
      writeFileSync(file, definition);
      writeFileSync(join(folder, 'positions.txt'), positions);
      const geographic = await run(tool('gdalsrsinfo'), ['-o', 'proj4', file], env);
      const figure = geographic.match(/\+(?:ellps|datum|a|b|rf|R|pm)=\S+/g) ?? [];
      const base = `+proj=longlat ${figure.join(' ')} +no_defs`;
      const text = await run(
        '/bin/sh',
        ['-c', `'${tool('gdaltransform')}' -s_srs "$0" -t_srs "$1" -output_xy < "$2"`, base, file, join(folder, 'positions.txt')],
        env,
      );
      return text.trim().split(/\s+/).map(Number);
    }
  });

  describe('text', () => {
    test('GDAL reads the ASCII grid', async () => {
      const image = makeImage({ pixelType: '32BF', width: 30, height: 20, nodata: -1, holes: true });
      const file = await write(image, 'asc');
      expect((await infoOf(file)).geoTransform).toEqual([500_000, 10, 0, 5_000_000, 0, -10]);
      expect((await infoOf(file)).bands[0]?.noDataValue).toBe(-1);
      const values = await read(file, 'bands');
      expect(firstDifference(values, valuesOf(image, -1))).toBe(-1);
    });

    test('GDAL reads the ASCII grid of cells that are not square', async () => {
      const image = makeImage({ pixelType: '32BF', width: 30, height: 20, nodata: -1 });
      const file = await write({ ...image, grid: { ...image.grid, scaleY: -7.5 } }, 'asc');
      expect((await infoOf(file)).geoTransform).toEqual([500_000, 10, 0, 5_000_000, 0, -7.5]);
      expect(firstDifference(await read(file, 'bands'), valuesOf(image, -1))).toBe(-1);
    });

    test('GDAL reads the XYZ text', async () => {
      const image = makeImage({ pixelType: '16BSI', width: 30, height: 20 });
      const file = await write(image, 'xyz');
      expect((await infoOf(file)).geoTransform).toEqual([500_000, 10, 0, 5_000_000, 0, -10]);
      expect(firstDifference(await read(file, 'bands'), image.planes[0] ?? [])).toBe(-1);
    });
  });

  test('GDAL reads the grey PNG of 16 bits and which value is missing', async () => {
    const image = makeImage({ pixelType: '16BUI', width: 30, height: 20, nodata: 9, holes: true });
    const file = await write(image, 'png');
    const info = await infoOf(file);
    expect(info.bands.map(({ type, noDataValue }) => [type, noDataValue])).toEqual([['UInt16', 9]]);
    expect(firstDifference(await read(file, 'bands'), valuesOf(image, 9))).toBe(-1);
  });
});

/** The numbers of all bands, `absent` where there are none. */
function valuesOf({ planes }: ValueImage, absent: number): readonly number[] {
  return planes.flatMap((plane) => Array.from(plane, (value) => (Number.isNaN(value) ? absent : value)));
}

/** 255 where the first band has data: in these images all bands have it at the same places. */
function maskOf({ planes: [plane] }: ValueImage): readonly number[] {
  return Array.from(plane ?? [], (value) => (Number.isNaN(value) ? 0 : 255));
}

/** The windows that a stream wants. */
async function* pagesOf(image: ValueImage, size: WindowSize): AsyncGenerator<ValueWindow> {
  for (let column = 0; column < image.width; column += size.width) {
    const width = Math.min(size.width, image.width - column);
    const planes = image.planes.map((plane) => plane.filter((_, i) => i % image.width >= column && i % image.width < column + width));
    yield { window: { column, row: 0, width, height: image.height }, planes };
  }
}
