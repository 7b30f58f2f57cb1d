import type { RasterCollection } from '../../catalog/collection.ts';
import { colorMapFamily, namedColorMap } from '../../color/named-color-map.ts';
import type { Look } from '../../raster/look.ts';

/** A way to draw a collection, by the name that clients of the classic services ask for. */
export interface PictureStyle {
  readonly name: string;
  readonly title: string;
  readonly look: Look;
}

/** The style of a request that names none: the collection's own look. */
export const DEFAULT_STYLE: PictureStyle = { name: 'default', title: 'Default', look: {} };

/**
 * The colour maps that lists of styles offer: clients show one entry for each style of each layer, and some draw all
 * their legends. All others answer too.
 */
const OFFERED_MAPS = [
  'viridis',
  'magma',
  'inferno',
  'plasma',
  'cividis',
  'gray',
  'terrain',
  'spectral',
  'rdylgn',
  'rdbu',
  'ylgnbu',
  'blues',
];

const STRETCHES: readonly PictureStyle[] = [
  { name: 'minmax', title: 'Stretched from minimum to maximum', look: { rescale: [{ kind: 'extremes' }] } },
  {
    name: 'p2-p98',
    title: 'Stretched from the 2nd to the 98th percentile',
    look: { rescale: [{ kind: 'percentiles', low: 2, high: 98 }] },
  },
];

const SINGLE: readonly PictureStyle[] = [...OFFERED_MAPS.flatMap((name) => colorMapStyle(name) ?? []), ...STRETCHES];

/** The styles that lists offer for a collection, the default first; the same array for all collections of a kind. */
export function offeredStyles(collection: RasterCollection): readonly PictureStyle[] {
  return takesColorMap(collection) ? SINGLE : STRETCHES;
}

/** True where one band is shown, which a colour map can colour. */
function takesColorMap({ bands }: RasterCollection): boolean {
  return bands.filter(({ color }) => color !== undefined && color !== 'alpha').length <= 1;
}

/**
 * A style by name: `default` or nothing, a colour map, `minmax`, or percentiles as in `p2-p98`; undefined when it is none
 * of these, or a colour map for several bands. What else is said about the picture may leave one band of them.
 */
export function findStyle(collection: RasterCollection, name: string, look: Look = {}): PictureStyle | undefined {
  if (name === '' || name === DEFAULT_STYLE.name) return DEFAULT_STYLE;
  const stretch = STRETCHES.find((style) => style.name === name) ?? percentileStyle(name);
  if (stretch !== undefined) return stretch;
  const shown = look.expressions?.length ?? look.bands?.length;
  return (shown === undefined ? takesColorMap(collection) : shown === 1) ? colorMapStyle(name) : undefined;
}

function colorMapStyle(name: string): PictureStyle | undefined {
  if (colorMapFamily(name) === undefined) return undefined;
  const colorMap = namedColorMap(name);
  return colorMap === undefined ? undefined : { name, title: `Colour map ${name}`, look: { colorMap } };
}

function percentileStyle(name: string): PictureStyle | undefined {
  const match = /^p(\d{1,3}(?:\.\d{1,3})?)-p(\d{1,3}(?:\.\d{1,3})?)$/.exec(name);
  const [low, high] = [Number(match?.[1]), Number(match?.[2])];
  if (!(low < high && high <= 100)) return undefined;
  return { name, title: `Stretched from percentile ${low} to ${high}`, look: { rescale: [{ kind: 'percentiles', low, high }] } };
}
