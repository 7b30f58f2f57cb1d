import type { Algorithm } from './algorithm.ts';
import { innerLength } from './gradient.ts';
import { createNeighbourhood, readNeighbourhood, type Neighbourhood } from './neighbourhood.ts';
import { numberParameter, optionalNumber, wordParameter, type Params } from './parameter.ts';
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

/** TiTiler's; its callers get 1 where they say nothing, ours lines that are as clear on plains as on slopes. */
const THICKNESS = optionalNumber('thickness', {
  type: 'number',
  minimum: 0,
  maximum: 99999,
  description: 'Metres above each level that are black, so that lines are wide on flat ground; absent: lines of `width`.',
});

const WIDTH = numberParameter('width', {
  type: 'number',
  minimum: 0,
  maximum: 10,
  default: 1,
  description: 'Width in pixels of lines without `thickness`, the same on flat and on steep ground.',
});

const BACKGROUND = wordParameter('background', ['relief', 'none'], 'relief: heights in colours under the lines. none: the lines alone.');

/** Black lines of equal height: of one width in pixels, or as thick in metres as TiTiler's. */
export const contours: Algorithm = {
  name: 'contours',
  title: 'Contours',
  description: 'Lines of equal height in black, over heights in colours or alone.',
  inputs: { least: 1, most: 1 },
  outputs: 3,
  rim: 1,
  output: 'rgb',
  range: undefined,
  parameters: [INCREMENT, WIDTH, THICKNESS, BACKGROUND, ...TINTS, Z_EXAGGERATION, BUFFER],
  run(input, allocate) {
    const { params, planes, width, rim } = input;
    const [plane] = planes;
    const length = innerLength(input);
    const out = [allocate(length, false), allocate(length, false), allocate(length, false)];
    const [inkOf, stops] = [createPen(params), readStops(params)];
    const alone = BACKGROUND.read(params) === 'none';
    const [n, color, inner] = [createNeighbourhood(), new Float64Array(3), width - 2 * rim];
    for (let k = 0; k < length && plane !== undefined; k += 1) {
      readNeighbourhood(plane, (rim + Math.floor(k / inner)) * width + rim + (k % inner), width, n);
      const ink = inkOf(n);
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

/** How much of a pixel lines cover, 0 … 1. */
type Pen = (n: Neighbourhood) => number;

function createPen(params: Params): Pen {
  const exaggeration = Z_EXAGGERATION.read(params);
  const increment = INCREMENT.read(params) / exaggeration;
  const thickness = THICKNESS.read(params);
  if (thickness === undefined) return evenPen(increment, WIDTH.read(params));
  const thick = thickness / exaggeration;
  return ({ e }) => (e - Math.floor(e / increment) * increment < thick ? 1 : 0);
}

/**
 * Lines of one width: by the distance in pixels from a pixel's centre to the nearest level along the steepest line. Where
 * lines would lie nearer than twice their width they cover their share of the ground, at most half.
 */
function evenPen(increment: number, width: number): Pen {
  return (n) => {
    const [across, up] = [n.f - n.d, n.b - n.h];
    const rise = Math.sqrt(across * across + up * up) / 2;
    if (!(rise > 0) || width === 0) return 0;
    const spacing = increment / rise;
    if (spacing < 2 * width) return 0.5;
    const away = Math.abs(n.e - Math.round(n.e / increment) * increment) / rise;
    return Math.min(Math.max(width / 2 + 0.5 - away, 0), 1);
  };
}
