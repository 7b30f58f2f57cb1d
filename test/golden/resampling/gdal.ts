import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CrsDefinition } from '../../../src/crs/crs-definition.ts';
import type { Resampling } from '../../../src/raster/resampling.ts';
import { run } from '../../clients/program.ts';
import type { Scene, Source } from './scene.ts';

/** What gdalwarp calls the methods. */
const NAMES: Readonly<Record<Resampling, string>> = {
  nearest: 'near',
  bilinear: 'bilinear',
  cubic: 'cubic',
  cubic_spline: 'cubicspline',
  lanczos: 'lanczos',
  average: 'average',
  mode: 'mode',
  min: 'min',
  max: 'max',
  median: 'med',
  sum: 'sum',
};

const ABSENT = -98765;

/**
 * The picture of a scene as gdalwarp makes it, NaN without data. Positions are exact (-et 0). GDAL stretches kernels
 * by one factor for a whole picture and guesses it from bounding boxes; here it is told the mean of ours.
 */
export async function warpByGdal(gdalwarp: string, { source, target, reduction }: Scene, method: Resampling): Promise<Float64Array> {
  const { grid, width, height, crs } = target;
  const east = grid.originX + width * grid.scaleX;
  const south = grid.originY + height * grid.scaleY;
  return inFolder(async (folder) => {
    const [input, output] = [join(folder, 'source.vrt'), join(folder, 'target.img')];
    await writeSource(folder, source);
    const place = ['-t_srs', `EPSG:${crs.srid}`, '-te', ...[grid.originX, south, east, grid.originY].map(String)];
    const size = ['-ts', String(width), String(height), '-et', '0', '-ovr', 'NONE', '-wo', 'SAMPLE_GRID=YES'];
    const scale = reduction.flatMap((factor, axis) => ['-wo', `${axis === 0 ? 'X' : 'Y'}SCALE=${1 / stretchOf(factor)}`]);
    const values = ['-r', NAMES[method], '-srcnodata', String(ABSENT), '-dstnodata', String(ABSENT), '-ot', 'Float64', '-of', 'ENVI'];
    await run(gdalwarp, ['-q', ...place, ...size, ...scale, ...values, input, output]);
    return toNumbers(await readFile(output));
  });
}

/** GDAL stretches kernels only when reducing, and takes factors near to whole ones for whole. */
function stretchOf(factor: number): number {
  const whole = Math.round(factor);
  return Math.max(1, Math.abs(factor - whole) < 0.05 ? whole : factor);
}

/** Part of band 1 of a file that GDAL reads: [column, row, width, height]. */
export async function readByGdal(file: string, crs: CrsDefinition, window: readonly number[]): Promise<Source> {
  return inFolder(async (folder) => {
    const output = join(folder, 'band.img');
    await run('gdal_translate', ['-q', '-b', '1', '-srcwin', ...window.map(String), '-ot', 'Float64', '-of', 'ENVI', file, output]);
    const facts: unknown = JSON.parse(await run('gdalinfo', ['-json', output]));
    const { size, geoTransform, bands } = parseFacts(facts);
    const [originX = 0, scaleX = 0, skewX = 0, originY = 0, skewY = 0, scaleY = 0] = geoTransform;
    const [width = 0, height = 0] = size;
    const nodata = bands[0]?.noDataValue;
    const values = toNumbers(await readFile(output)).map((value) => (value === nodata ? Number.NaN : value));
    return { crs, grid: { originX, originY, scaleX, scaleY, skewX, skewY }, width, height, values };
  });
}

interface Facts {
  readonly size: readonly number[];
  readonly geoTransform: readonly number[];
  readonly bands: readonly { readonly noDataValue?: number }[];
}

const parseFacts = (value: unknown): Facts => JSON.parse(JSON.stringify(value));

async function writeSource(folder: string, { crs, grid, width, height, values }: Source): Promise<void> {
  const filled = values.map((value) => (Number.isNaN(value) ? ABSENT : value));
  await writeFile(join(folder, 'source.raw'), new Uint8Array(filled.buffer, filled.byteOffset, filled.byteLength));
  const transform = [grid.originX, grid.scaleX, grid.skewX, grid.originY, grid.skewY, grid.scaleY].join(', ');
  await writeFile(
    join(folder, 'source.vrt'),
    `<VRTDataset rasterXSize="${width}" rasterYSize="${height}"><SRS>EPSG:${crs.srid}</SRS><GeoTransform>${transform}</GeoTransform>
<VRTRasterBand dataType="Float64" band="1" subClass="VRTRawRasterBand"><SourceFilename relativeToVRT="1">source.raw</SourceFilename>
<ByteOrder>LSB</ByteOrder><PixelOffset>8</PixelOffset><LineOffset>${8 * width}</LineOffset></VRTRasterBand></VRTDataset>`,
  );
}

async function inFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'graticule-golden-'));
  try {
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true });
  }
}

function toNumbers(bytes: Buffer): Float64Array {
  return new Float64Array(new Uint8Array(bytes).buffer).map((value) => (value === ABSENT ? Number.NaN : value));
}
