import type { Algorithm } from './algorithm.ts';
import { eachGradientRow, innerLength } from './gradient.ts';
import { numberParameter } from './parameter.ts';
import { BUFFER, Z_EXAGGERATION } from './vertical.ts';

const AZIMUTH = numberParameter('azimuth', {
  type: 'number',
  minimum: 0,
  maximum: 360,
  default: 315,
  description: 'Where the light comes from, in degrees clockwise from the top of the picture.',
});

const ALTITUDE = numberParameter('angle_altitude', {
  type: 'number',
  minimum: 0,
  maximum: 90,
  default: 45,
  description: 'How high the light stands above the horizon, in degrees.',
});

/** Light on a surface that scatters evenly (Lambert), 1 in the shade to 255 where it faces the light, as gdaldem has it. */
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
    const azimuth = (AZIMUTH.read(input.params) * Math.PI) / 180;
    const altitude = (ALTITUDE.read(input.params) * Math.PI) / 180;
    const up = Math.sin(altitude);
    const toEast = Math.cos(altitude) * Math.sin(azimuth);
    const toNorth = Math.cos(altitude) * Math.cos(azimuth);
    const out = allocate(innerLength(input), false);
    eachGradientRow(input, Z_EXAGGERATION.read(input.params), ({ east, north, offset }) => {
      for (let k = 0; k < east.length; k += 1) {
        const p = east[k] ?? Number.NaN;
        const q = north[k] ?? Number.NaN;
        const light = (up - toEast * p - toNorth * q) / Math.sqrt(1 + p * p + q * q);
        out[offset + k] = light <= 0 ? 1 : 1 + 254 * light;
      }
    });
    return [out];
  },
};
