import type { Algorithm } from './algorithm.ts';
import { innerLength } from './gradient.ts';
import { createNeighbourhood, readNeighbourhood, type Neighbourhood } from './neighbourhood.ts';
import { numberParameter, wordParameter } from './parameter.ts';
import { readStops, TINTS } from './relief.ts';
import { tint } from './tint.ts';
import { BUFFER, Z_EXAGGERATION } from './vertical.ts';

const INCREMENT = numberParameter('increment', {
  type: 'number',
  minimum: 0.001,
  maximum: 99999,
  default: 35,
  description: 'Metres from one line to the next.',
});

const THICKNESS = numberParameter('thickness', {
  type: 'number',
  minimum: 0,
  maximum: 10,
  default: 1,
  description: 'Width of lines in pixels.',
});

const BACKGROUND = wordParameter('background', ['relief', 'none'], 'relief: heights in colours under the lines. none: the lines alone.');

/** Black lines of equal height, of the same width on flat and on steep ground. */
export const contours: Algorithm = {
  name: 'contours',
  title: 'Contours',
  description: 'Lines of equal height in black, over heights in colours or alone.',
  inputs: { least: 1, most: 1 },
  outputs: 3,
  rim: 1,
  output: 'rgb',
  range: undefined,
  parameters: [INCREMENT, THICKNESS, BACKGROUND, ...TINTS, Z_EXAGGERATION, BUFFER],
  run(input, allocate) {
    const { params, planes, width, rim } = input;
    const [plane] = planes;
    const length = innerLength(input);
    const out = [allocate(length, false), allocate(length, false), allocate(length, false)];
    const increment = INCREMENT.read(params) / Z_EXAGGERATION.read(params);
    const [thickness, stops] = [THICKNESS.read(params), readStops(params)];
    const alone = BACKGROUND.read(params) === 'none';
    const [n, color, inner] = [createNeighbourhood(), new Float64Array(3), width - 2 * rim];
    for (let k = 0; k < length && plane !== undefined; k += 1) {
      readNeighbourhood(plane, (rim + Math.floor(k / inner)) * width + rim + (k % inner), width, n);
      const ink = inkOf(n, increment, thickness);
      if (alone) color.fill(ink < 0.5 ? Number.NaN : 0);
      else tint(stops, n.e, color);
      const paper = alone ? 1 : 1 - ink;
      for (let band = 0; band < 3; band += 1) {
        const target = out[band];
        if (target !== undefined) target[k] = n.e - n.e + (color[band] ?? Number.NaN) * paper;
      }
    }
    return out;
  },
};

/**
 * How much of a pixel a line covers, 0 … 1: by the distance in pixels from its centre to the nearest level along the
 * steepest line. Where lines would lie nearer than twice their width they cover their share of the ground, at most half.
 */
function inkOf(n: Neighbourhood, increment: number, thickness: number): number {
  const [across, up] = [n.f - n.d, n.b - n.h];
  const rise = Math.sqrt(across * across + up * up) / 2;
  if (!(rise > 0) || thickness === 0) return 0;
  const spacing = increment / rise;
  if (spacing < 2 * thickness) return 0.5;
  const away = Math.abs(n.e - Math.round(n.e / increment) * increment) / rise;
  return Math.min(Math.max(thickness / 2 + 0.5 - away, 0), 1);
}
