import { numberParameter } from './parameter.ts';

/**
 * Where the light comes from, as gdaldem has it; a map maker's light stands in the north-west. TiTiler's azimuth lies 90°
 * further: its default of 45 is this 315.
 */
export const AZIMUTH = numberParameter('azimuth', {
  type: 'number',
  minimum: 0,
  maximum: 360,
  default: 315,
  description: 'Where the light comes from, in degrees clockwise from the top of the picture.',
});

/** How high the light stands. */
export const ALTITUDE = numberParameter('angle_altitude', {
  type: 'number',
  minimum: -90,
  maximum: 90,
  default: 45,
  description: 'How high the light stands above the horizon, in degrees; below 0 it lights only what is steeper.',
});

/** Brightness of a surface that scatters evenly (Lambert): the cosine between its normal and the light, 0 in shade. */
export type Light = (east: number, north: number) => number;

/** Light from a direction, in degrees, on a surface that rises by `east` and `north` metres per metre. */
export function createLight(azimuth: number, altitude: number): Light {
  const [around, above] = [(azimuth * Math.PI) / 180, (altitude * Math.PI) / 180];
  const up = Math.sin(above);
  const toEast = Math.cos(above) * Math.sin(around);
  const toNorth = Math.cos(above) * Math.cos(around);
  return (east, north) => {
    const light = (up - toEast * east - toNorth * north) / Math.sqrt(1 + east * east + north * north);
    return light < 0 ? 0 : light;
  };
}
