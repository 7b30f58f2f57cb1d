import type { Algorithm } from './algorithm.ts';
import { eachGradientRow, innerLength } from './gradient.ts';
import { BUFFER } from './vertical.ts';

/** Where a terrain faces, Horn's gradient. */
export const aspect: Algorithm = {
  name: 'aspect',
  title: 'Aspect',
  description: 'Where a slope faces, in degrees clockwise from the top of the picture; level ground faces nowhere: no data.',
  inputs: { least: 1, most: 1 },
  outputs: 1,
  rim: 1,
  output: 'values',
  range: [0, 360],
  parameters: [BUFFER],
  run(input, allocate) {
    const out = allocate(innerLength(input), false);
    eachGradientRow(input, 1, ({ east, north, offset }) => {
      for (let k = 0; k < east.length; k += 1) {
        const p = east[k] ?? Number.NaN;
        const q = north[k] ?? Number.NaN;
        const degrees = (Math.atan2(-p, -q) * 180) / Math.PI;
        out[offset + k] = p === 0 && q === 0 ? Number.NaN : degrees < 0 ? degrees + 360 : degrees;
      }
    });
    return [out];
  },
};
