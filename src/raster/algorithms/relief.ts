import type { Algorithm } from './algorithm.ts';
import { eachGradientRow, innerLength } from './gradient.ts';
import { ALTITUDE, AZIMUTH, createLight } from './light.ts';
import { numberParameter, own, type Params } from './parameter.ts';
import { COLOR_MAP_NAME, HYPSOMETRIC, STOPS, stopsOf, tint, type Stops } from './tint.ts';
import { BUFFER, Z_EXAGGERATION } from './vertical.ts';

const SHADING = numberParameter('shading', {
  type: 'number',
  minimum: 0,
  maximum: 1,
  default: 0,
  description: 'How much a hillshade darkens the colours: 0 not at all, 1 to black in full shade.',
});

/** Height in metres of a colour map's first colour. */
const MIN_Z = numberParameter('minz', {
  type: 'number',
  minimum: -99999,
  maximum: 99999,
  default: -12000,
  description: 'Height in metres of the first colour of colormap_name, or of terrain where only heights are given.',
});

/** Height in metres of a colour map's last colour. */
const MAX_Z = numberParameter('maxz', {
  type: 'number',
  minimum: -99999,
  maximum: 99999,
  default: 8000,
  description: 'Height in metres of the last colour of colormap_name, or of terrain where only heights are given.',
});

/** What says which colours heights have. */
export const TINTS = [STOPS, COLOR_MAP_NAME, MIN_Z, MAX_Z] as const;

/** Heights through a colour ramp, shaded where asked for. */
export const relief: Algorithm = {
  name: 'relief',
  title: 'Colour relief',
  description: 'Heights in the colours of a ramp, on request with a hillshade over them.',
  inputs: { least: 1, most: 1 },
  outputs: 3,
  rim: 1,
  output: 'rgb',
  range: undefined,
  parameters: [...TINTS, SHADING, AZIMUTH, ALTITUDE, Z_EXAGGERATION, BUFFER],
  run(input, allocate) {
    const { params, planes, width, rim } = input;
    const [plane] = planes;
    const length = innerLength(input);
    const [red, green, blue] = [allocate(length, false), allocate(length, false), allocate(length, false)];
    const light = createLight(AZIMUTH.read(params), ALTITUDE.read(params));
    const [stops, shading] = [readStops(params), SHADING.read(params)];
    const color = new Float64Array(3);
    let row = rim;
    eachGradientRow(input, Z_EXAGGERATION.read(params), ({ east, north, offset }) => {
      for (let k = 0; k < east.length; k += 1) {
        const [p, q] = [east[k] ?? Number.NaN, north[k] ?? Number.NaN];
        tint(stops, plane?.[row * width + rim + k] ?? Number.NaN, color);
        const share = 1 - shading * (1 - light(p, q));
        red[offset + k] = (color[0] ?? Number.NaN) * share;
        green[offset + k] = (color[1] ?? Number.NaN) * share;
        blue[offset + k] = (color[2] ?? Number.NaN) * share;
      }
      row += 1;
    });
    return [red, green, blue];
  },
};

/**
 * The colours that parameters ask for: a named map between two heights, else stops, else the hypsometric ones. Where
 * `minz` or `maxz` stand alone the map is TiTiler's, terrain.
 */
export function readStops(params: Params): Stops {
  const bounded = own(params, MIN_Z.name) ?? own(params, MAX_Z.name);
  const stops = STOPS.read(params);
  const name = COLOR_MAP_NAME.read(params) ?? (stops === undefined && bounded !== undefined ? 'terrain' : undefined);
  if (name !== undefined) return stopsOf(name, MIN_Z.read(params), MAX_Z.read(params));
  return stops ?? HYPSOMETRIC;
}
