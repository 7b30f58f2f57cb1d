/** What an axis of a request runs along. `any`: in whatever unit the CRS has. */
export type Axis =
  | { readonly kind: 'east' | 'north'; readonly unit: 'degrees' | 'projected' | 'any' }
  | { readonly kind: 'time' }
  | { readonly kind: 'height' };

const EAST_DEGREES: Axis = { kind: 'east', unit: 'degrees' };
const NORTH_DEGREES: Axis = { kind: 'north', unit: 'degrees' };

/** Names of OGC 19-087 and the aliases that clients send, in lower case. */
const AXES: ReadonlyMap<string, Axis> = new Map<string, Axis>([
  ...['lon', 'long', 'longitude'].map((name) => [name, EAST_DEGREES] as const),
  ...['lat', 'latitude'].map((name) => [name, NORTH_DEGREES] as const),
  ...['e', 'easting'].map((name) => [name, { kind: 'east', unit: 'projected' }] as const),
  ...['n', 'northing'].map((name) => [name, { kind: 'north', unit: 'projected' }] as const),
  ['x', { kind: 'east', unit: 'any' }],
  ['y', { kind: 'north', unit: 'any' }],
  ...['time', 't', 'datetime'].map((name) => [name, { kind: 'time' }] as const),
  ...['h', 'z'].map((name) => [name, { kind: 'height' }] as const),
]);

/** The axis of a name in any case; undefined where it must be a dimension of the data's own. */
export function axisNamed(name: string): Axis | undefined {
  return AXES.get(name.toLowerCase());
}
