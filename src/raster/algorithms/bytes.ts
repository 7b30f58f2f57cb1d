import type { Algorithm, AlgorithmInput } from './algorithm.ts';
import { innerLength } from './gradient.ts';
import type { Allocate, Plane } from '../image.ts';

const ROUNDINGS: readonly (readonly [name: string, title: string, round: (value: number) => number])[] = [
  ['cast', 'Whole numbers towards zero', Math.trunc],
  ['ceil', 'Whole numbers rounded up', Math.ceil],
  ['floor', 'Whole numbers rounded down', Math.floor],
];

/** TiTiler's conversions to bytes: every band made whole; below 0 and beyond 255 the nearest. */
export const ROUNDED_TO_BYTES: readonly Algorithm[] = ROUNDINGS.map(([name, title, round]) => ({
  name,
  title,
  description: `${title}, cut to 0–255.`,
  inputs: { least: 1, most: 1024 },
  outputs: undefined,
  rim: 0,
  output: 'values',
  range: [0, 255],
  parameters: [],
  run: (input, allocate) =>
    input.planes.map((plane) => mapSamples(plane, input, allocate, (value) => Math.min(Math.max(round(value), 0), 255))),
}));

/** White where brightness is above 127, else black. */
export const bitonal: Algorithm = {
  name: 'bitonal',
  title: 'Black and white',
  description: '255 where the band, or the brightness of the first three, is above 127; else 0.',
  inputs: { least: 1, most: 3 },
  outputs: 1,
  rim: 0,
  output: 'values',
  range: [0, 255],
  parameters: [],
  run(input, allocate) {
    const [first, second, third] = input.planes;
    if (first === undefined) return [];
    const source =
      second === undefined || third === undefined
        ? first
        : first.map((red, k) => 0.299 * red + 0.587 * (second[k] ?? Number.NaN) + 0.114 * (third[k] ?? Number.NaN));
    return [mapSamples(source, input, allocate, (value) => (value > 127 ? 255 : value - value))];
  },
};

function mapSamples(plane: Plane, input: AlgorithmInput, allocate: Allocate, calculate: (value: number) => number): Plane {
  const length = innerLength(input);
  const out = allocate(length, false);
  for (let k = 0; k < length; k += 1) out[k] = calculate(plane[k] ?? Number.NaN);
  return out;
}
