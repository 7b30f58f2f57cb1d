import type { Rgba } from '../../color/class-color.ts';
import { namedColorMap } from '../../color/named-color-map.ts';
import { COLOR_FORMS, parseColor } from '../../color/parse-color.ts';
import { own, reject, type Parameter } from './parameter.ts';

/** Colours at heights in metres, ascending; mixed linearly between them, the end's beyond. */
export type Stops = readonly (readonly [height: number, color: Rgba])[];

/**
 * Depths in blue, lowlands in green, mountains in brown to white: the order of classical school atlases. Height 0 is
 * blue, since models of land alone have it where the sea is.
 */
export const HYPSOMETRIC: Stops = [
  [-11000, [10, 26, 74, 255]],
  [-6000, [18, 58, 122, 255]],
  [-200, [91, 155, 213, 255]],
  [0, [191, 224, 245, 255]],
  [1, [63, 143, 79, 255]],
  [200, [127, 184, 106, 255]],
  [500, [201, 212, 138, 255]],
  [1000, [230, 207, 139, 255]],
  [2000, [185, 138, 90, 255]],
  [3000, [140, 107, 83, 255]],
  [4500, [207, 202, 198, 255]],
  [6000, [255, 255, 255, 255]],
];

const FORM = `2 to 256 pairs of a height and ${COLOR_FORMS}, heights ascending`;

/** Colours for heights, as [[0, "#3f8f4f"], [1000, [230, 207, 139]]]. */
export const STOPS: Parameter<Stops | undefined> = {
  name: 'stops',
  schema: {
    type: 'array',
    minItems: 2,
    maxItems: 256,
    items: { type: 'array', minItems: 2, maxItems: 2, prefixItems: [{ type: 'number' }, { type: ['string', 'array'] }] },
    description: `Colours of heights: ${FORM}. Absent: a hypsometric ramp from deep sea to ice.`,
  },
  read(params) {
    const value = own(params, 'stops');
    if (value === undefined) return undefined;
    if (!Array.isArray(value) || value.length < 2 || value.length > 256) return reject('stops', value, FORM);
    const stops = value.map((pair: unknown) => readStop(pair) ?? reject('stops', pair, FORM));
    const ascending = stops.every(([height], k) => height > (stops[k - 1]?.[0] ?? -Infinity));
    return ascending ? stops : reject('stops', value, FORM);
  },
};

/** The name of a colour map that is laid from `minz` to `maxz`; absent or null: the stops. */
export const COLOR_MAP_NAME: Parameter<string | undefined> = {
  name: 'colormap_name',
  schema: { type: 'string', description: 'A colour map laid from minz to maxz, in place of stops.' },
  read(params) {
    const value = own(params, 'colormap_name');
    if (value === undefined) return undefined;
    const known = typeof value === 'string' && namedColorMap(value)?.kind === 'ramp';
    return known ? value : reject('colormap_name', value, 'the name of a continuous colour map of /colorMaps');
  },
};

/** Stops of a named colour map laid over a range of heights. */
export function stopsOf(name: string, least: number, most: number): Stops {
  const map = namedColorMap(name);
  if (map?.kind !== 'ramp') return HYPSOMETRIC;
  const { colors } = map;
  const last = colors.length / 4 - 1;
  return Array.from({ length: last + 1 }, (_, k) => {
    const [red = 0, green = 0, blue = 0, alpha = 0] = colors.subarray(4 * k, 4 * k + 4);
    return [least + ((most - least) * k) / last, [red, green, blue, alpha]] as const;
  });
}

/** Writes the colour of a height to `into`. */
export function tint(stops: Stops, height: number, into: Float64Array): void {
  let [low, high] = [0, stops.length - 1];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if ((stops[middle]?.[0] ?? 0) <= height) low = middle;
    else high = middle;
  }
  const [from, to] = [stops[low], stops[high]];
  if (from === undefined || to === undefined) return;
  const share = Math.min(Math.max((height - from[0]) / (to[0] - from[0]), 0), 1);
  into[0] = from[1][0] + (to[1][0] - from[1][0]) * share;
  into[1] = from[1][1] + (to[1][1] - from[1][1]) * share;
  into[2] = from[1][2] + (to[1][2] - from[1][2]) * share;
}

function readStop(pair: unknown): readonly [number, Rgba] | undefined {
  if (!Array.isArray(pair) || pair.length !== 2) return undefined;
  const [height, color]: readonly unknown[] = pair;
  const parsed = parseColor(color);
  return typeof height === 'number' && Number.isFinite(height) && parsed !== undefined ? [height, parsed] : undefined;
}
