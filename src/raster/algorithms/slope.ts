import type { Algorithm } from './algorithm.ts';
import { eachGradientRow, innerLength } from './gradient.ts';
import { wordParameter } from './parameter.ts';
import { BUFFER, Z_EXAGGERATION } from './vertical.ts';

const UNIT = wordParameter('unit', ['degree', 'percent'], 'degree: 0 is level, 90 vertical. percent: rise per run, 100 is 45°.');

/** Steepness on the ground, Horn's gradient. */
export const slope: Algorithm = {
  name: 'slope',
  title: 'Slope',
  description: 'Steepness of a terrain on the ground, in degrees or percent, whatever the projection and zoom.',
  inputs: { least: 1, most: 1 },
  outputs: 1,
  rim: 1,
  output: 'values',
  range: [0, 90],
  parameters: [UNIT, Z_EXAGGERATION, BUFFER],
  run(input, allocate) {
    const percent = UNIT.read(input.params) === 'percent';
    const out = allocate(innerLength(input), false);
    eachGradientRow(input, Z_EXAGGERATION.read(input.params), ({ east, north, offset }) => {
      for (let k = 0; k < east.length; k += 1) {
        const p = east[k] ?? Number.NaN;
        const q = north[k] ?? Number.NaN;
        const rise = Math.sqrt(p * p + q * q);
        out[offset + k] = percent ? 100 * rise : (Math.atan(rise) * 180) / Math.PI;
      }
    });
    return [out];
  },
};
