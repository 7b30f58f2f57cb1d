import type { Allocate, Plane } from '../image.ts';
import type { Algorithm, AlgorithmInput } from './algorithm.ts';
import { innerLength } from './gradient.ts';
import { createNeighbourhood, readNeighbourhood, type Neighbourhood } from './neighbourhood.ts';
import { wordParameter } from './parameter.ts';
import { BUFFER, Z_EXAGGERATION } from './vertical.ts';

const METHOD = wordParameter(
  'method',
  ['riley', 'wilson'],
  'riley: root of the sum of squared differences to the eight neighbours, on land; wilson: mean difference, under water.',
);

const COMMON = { inputs: { least: 1, most: 1 }, outputs: 1, rim: 1, output: 'values', range: undefined } as const;

/** Riley, DeGloria & Elliot, "A terrain ruggedness index…", Intermountain J. Sciences 5, 1999; Wilson et al., Marine Geodesy 30, 2007. */
export const ruggedness: Algorithm = {
  ...COMMON,
  name: 'tri',
  title: 'Terrain ruggedness index',
  description: 'How much a pixel differs in height from its eight neighbours, in metres. It grows with the size of the pixels.',
  parameters: [METHOD, Z_EXAGGERATION, BUFFER],
  run: (input, allocate) => eachNeighbourhood(input, allocate, METHOD.read(input.params) === 'riley' ? riley : wilson),
};

/** Wilson et al. 2007. */
export const position: Algorithm = {
  ...COMMON,
  name: 'tpi',
  title: 'Topographic position index',
  description: 'Height above the mean of the eight neighbours, in metres: positive on ridges, negative in valleys.',
  parameters: [Z_EXAGGERATION, BUFFER],
  run: (input, allocate) => eachNeighbourhood(input, allocate, ({ a, b, c, d, e, f, g, h, i }) => e - (a + b + c + d + f + g + h + i) / 8),
};

/** Wilson et al. 2007. */
export const roughness: Algorithm = {
  ...COMMON,
  name: 'roughness',
  title: 'Roughness',
  description: 'Largest difference of height among a pixel and its eight neighbours, in metres.',
  parameters: [Z_EXAGGERATION, BUFFER],
  run: (input, allocate) =>
    eachNeighbourhood(
      input,
      allocate,
      ({ a, b, c, d, e, f, g, h, i }) => Math.max(a, b, c, d, e, f, g, h, i) - Math.min(a, b, c, d, e, f, g, h, i),
    ),
};

function riley({ a, b, c, d, e, f, g, h, i }: Neighbourhood): number {
  return Math.sqrt((a - e) ** 2 + (b - e) ** 2 + (c - e) ** 2 + (d - e) ** 2 + (f - e) ** 2 + (g - e) ** 2 + (h - e) ** 2 + (i - e) ** 2);
}

function wilson({ a, b, c, d, e, f, g, h, i }: Neighbourhood): number {
  const above = Math.abs(a - e) + Math.abs(b - e) + Math.abs(c - e);
  const below = Math.abs(g - e) + Math.abs(h - e) + Math.abs(i - e);
  return (above + Math.abs(d - e) + Math.abs(f - e) + below) / 8;
}

function eachNeighbourhood(input: AlgorithmInput, allocate: Allocate, calculate: (n: Neighbourhood) => number): readonly Plane[] {
  const { planes, width, height, rim, params } = input;
  const [plane] = planes;
  const out = allocate(innerLength(input), false);
  const inner = width - 2 * rim;
  const zFactor = Z_EXAGGERATION.read(params);
  const n = createNeighbourhood();
  for (let row = rim; row < height - rim && plane !== undefined; row += 1) {
    for (let k = 0; k < inner; k += 1) {
      readNeighbourhood(plane, row * width + k + rim, width, n);
      out[(row - rim) * inner + k] = Number.isNaN(n.e) ? Number.NaN : zFactor * calculate(n);
    }
  }
  return [out];
}
