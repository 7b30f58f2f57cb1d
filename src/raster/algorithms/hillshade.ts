import type { Algorithm } from './algorithm.ts';
import { eachGradientRow, innerLength } from './gradient.ts';
import { ALTITUDE, AZIMUTH, createLight } from './light.ts';
import { BUFFER, Z_EXAGGERATION } from './vertical.ts';

/** Brightness from 1 in the shade to 255 where a surface faces the light, as gdaldem has it. */
export const hillshade: Algorithm = {
  name: 'hillshade',
  title: 'Hillshade',
  description: 'Brightness of a terrain under light from one direction: 1 in shade, 255 facing the light.',
  inputs: { least: 1, most: 1 },
  outputs: 1,
  rim: 1,
  output: 'values',
  range: [0, 255],
  parameters: [AZIMUTH, ALTITUDE, Z_EXAGGERATION, BUFFER],
  run(input, allocate) {
    const light = createLight(AZIMUTH.read(input.params), ALTITUDE.read(input.params));
    const out = allocate(innerLength(input), false);
    eachGradientRow(input, Z_EXAGGERATION.read(input.params), ({ east, north, offset }) => {
      for (let k = 0; k < east.length; k += 1) out[offset + k] = 1 + 254 * light(east[k] ?? Number.NaN, north[k] ?? Number.NaN);
    });
    return [out];
  },
};
