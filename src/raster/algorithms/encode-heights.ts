import type { Allocate, Plane } from '../image.ts';
import type { Algorithm, AlgorithmInput } from './algorithm.ts';
import { innerLength } from './gradient.ts';
import { numberParameter, optionalNumber } from './parameter.ts';

const NODATA_HEIGHT = optionalNumber('nodata_height', {
  type: 'number',
  minimum: -99999,
  maximum: 99999,
  description: 'Height in metres where there is no data; absent: such pixels are transparent.',
});

const INTERVAL = numberParameter('interval', {
  type: 'number',
  minimum: 1e-6,
  maximum: 1000,
  default: 0.1,
  description: 'Metres from one value to the next.',
});

const BASE = numberParameter('baseval', {
  type: 'number',
  minimum: -99999,
  maximum: 99999,
  default: -10000,
  description: 'Height in metres of the value 0.',
});

const COMMON = { inputs: { least: 1, most: 1 }, outputs: 3, rim: 0, output: 'rgb', range: undefined } as const;

/** height = baseval + (65536·red + 256·green + blue) · interval, rounded to the nearest: Mapbox Terrain-RGB. */
export const terrainRgb: Algorithm = {
  ...COMMON,
  name: 'terrainrgb',
  title: 'Terrain-RGB (Mapbox)',
  description: 'Heights as colours that terrain renderers decode: height = baseval + (65536·red + 256·green + blue) · interval.',
  parameters: [INTERVAL, BASE, NODATA_HEIGHT],
  run(input, allocate) {
    const [interval, base] = [INTERVAL.read(input.params), BASE.read(input.params)];
    return encode(input, allocate, (height) => Math.round((height - base) / interval));
  },
};

/** height = 256·red + green + blue/256 − 32768, rounded to the nearest: Mapzen Terrarium. */
export const terrarium: Algorithm = {
  ...COMMON,
  name: 'terrarium',
  title: 'Terrarium (Mapzen)',
  description: 'Heights as colours that terrain renderers decode: height = 256·red + green + blue/256 − 32768.',
  parameters: [NODATA_HEIGHT],
  run: (input, allocate) => encode(input, allocate, (height) => Math.round((height + 32768) * 256)),
};

/** Spreads whole numbers over three bytes, highest first; beyond 0 … 2²⁴ − 1 the nearest. */
function encode(input: AlgorithmInput, allocate: Allocate, level: (height: number) => number): readonly Plane[] {
  const [plane] = input.planes;
  const length = innerLength(input);
  const none = NODATA_HEIGHT.read(input.params) ?? Number.NaN;
  const [red, green, blue] = [allocate(length, false), allocate(length, false), allocate(length, false)];
  for (let k = 0; k < length; k += 1) {
    const height = plane?.[k] ?? Number.NaN;
    const value = Math.min(Math.max(level(height === height ? height : none), 0), 2 ** 24 - 1);
    const known = value - value;
    red[k] = known + (value >> 16);
    green[k] = known + ((value >> 8) & 255);
    blue[k] = known + (value & 255);
  }
  return [red, green, blue];
}
