import type { Algorithm } from './algorithm.ts';
import { innerLength } from './gradient.ts';

/** Says one number of the first `count` values, which a pixel has in the bands with data; there is at least one. */
type Summary = (values: Float64Array, count: number) => number;

const SUMMARIES: readonly (readonly [name: string, title: string, summary: Summary])[] = [
  ['min', 'Minimum of the bands', (values, count) => fold(values, count, Math.min)],
  ['max', 'Maximum of the bands', (values, count) => fold(values, count, Math.max)],
  ['median', 'Median of the bands', median],
  ['mean', 'Mean of the bands', mean],
  ['std', 'Standard deviation of the bands', (values, count) => Math.sqrt(variance(values, count))],
  ['var', 'Variance of the bands', variance],
  ['sum', 'Sum of the bands', sum],
];

/** TiTiler's summaries along the bands: one value a pixel of all bands that have data there. Variances are a sample's (n − 1). */
export const BAND_STATISTICS: readonly Algorithm[] = SUMMARIES.map(([name, title, summary]) => ({
  name,
  title,
  description: `${title} of each pixel, of those that have data there.`,
  inputs: { least: 1, most: 1024 },
  outputs: 1,
  rim: 0,
  output: 'values',
  range: undefined,
  parameters: [],
  run(input, allocate) {
    const { planes } = input;
    const length = innerLength(input);
    const out = allocate(
      length,
      planes.some((plane) => plane instanceof Float64Array),
    );
    const room = new Float64Array(planes.length);
    for (let k = 0; k < length; k += 1) {
      let known = 0;
      for (const plane of planes) {
        const value = plane[k] ?? Number.NaN;
        if (value === value) {
          room[known] = value;
          known += 1;
        }
      }
      out[k] = known === 0 ? Number.NaN : summary(room, known);
    }
    return [out];
  },
}));

function fold(values: Float64Array, count: number, combine: (state: number, value: number) => number): number {
  let state = values[0] ?? Number.NaN;
  for (let k = 1; k < count; k += 1) state = combine(state, values[k] ?? Number.NaN);
  return state;
}

function sum(values: Float64Array, count: number): number {
  let total = 0;
  for (let k = 0; k < count; k += 1) total += values[k] ?? Number.NaN;
  return total;
}

function mean(values: Float64Array, count: number): number {
  return sum(values, count) / count;
}

/** No data for a single value: a sample of one does not vary. */
function variance(values: Float64Array, count: number): number {
  const middle = mean(values, count);
  let squares = 0;
  for (let k = 0; k < count; k += 1) squares += ((values[k] ?? Number.NaN) - middle) ** 2;
  return count < 2 ? Number.NaN : squares / (count - 1);
}

function median(values: Float64Array, count: number): number {
  const sorted = values.subarray(0, count).sort();
  const half = count >> 1;
  const upper = sorted[half] ?? Number.NaN;
  return count % 2 === 1 ? upper : (upper + (sorted[half - 1] ?? Number.NaN)) / 2;
}
