import type { Algorithm } from './algorithm.ts';
import { innerLength } from './gradient.ts';

/** Says one number of the values that a pixel has in the bands with data; there is at least one. */
type Summary = (values: Float64Array) => number;

const SUMMARIES: readonly (readonly [name: string, title: string, summary: Summary])[] = [
  ['min', 'Minimum of the bands', (values) => values.reduce((least, value) => Math.min(least, value))],
  ['max', 'Maximum of the bands', (values) => values.reduce((most, value) => Math.max(most, value))],
  ['median', 'Median of the bands', median],
  ['mean', 'Mean of the bands', mean],
  ['std', 'Standard deviation of the bands', (values) => Math.sqrt(variance(values))],
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
      out[k] = known === 0 ? Number.NaN : summary(room.subarray(0, known));
    }
    return [out];
  },
}));

function sum(values: Float64Array): number {
  return values.reduce((total, value) => total + value);
}

function mean(values: Float64Array): number {
  return sum(values) / values.length;
}

/** No data for a single value: a sample of one does not vary. */
function variance(values: Float64Array): number {
  const middle = mean(values);
  return values.length < 2 ? Number.NaN : values.reduce((total, value) => total + (value - middle) ** 2, 0) / (values.length - 1);
}

function median(values: Float64Array): number {
  const sorted = values.toSorted();
  const half = sorted.length >> 1;
  const upper = sorted[half] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[half - 1] ?? Number.NaN)) / 2;
}
