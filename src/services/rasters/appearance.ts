import type { Band, RasterCollection } from '../../catalog/collection.ts';
import type { ColorMap } from '../../color/color-map.ts';
import { namedColorMap } from '../../color/named-color-map.ts';
import { parseColor } from '../../color/parse-color.ts';
import type { ValueMap } from '../../raster/coloring/create-color-index.ts';
import type { Raster } from '../../raster/image.ts';
import { describeLayer, layerColorMap, type LayerDescription, type LayerKind } from '../../raster/layer-kind.ts';
import type { Range } from '../../raster/rescale.ts';
import { distinctIntegers } from '../../raster/distinct-integers.ts';
import { percentileRange } from '../../raster/percentile-range.ts';

/** How a collection looks when nobody says otherwise; the same for each of its tiles. */
export type Appearance = GrayAppearance | RgbAppearance | ClassAppearance;

/** One band as a scale: grey unless it has a map of its own. */
export interface GrayAppearance {
  readonly kind: 'gray';
  readonly bands: readonly [number];
  readonly alpha: number | undefined;
  readonly ranges: readonly [Range];
  readonly map?: ColorMap | undefined;
}

/** Three bands as red, green and blue. */
export interface RgbAppearance {
  readonly kind: 'rgb';
  readonly bands: readonly [number, number, number];
  readonly alpha: number | undefined;
  readonly ranges: readonly Range[];
}

/** One band of values that mean something each: between two of them lies nothing. */
export interface ClassAppearance {
  readonly kind: 'classes';
  readonly bands: readonly [number];
  readonly alpha: undefined;
  readonly map: ValueMap;
}

const MAX_CLASSES = 32;
const AS_IT_IS: Range = { min: 0, max: 255 };

/** Bands (0-based) of which a sample must be seen before the appearance can be told; none for plain byte colours. */
export function bandsToSample({ bands }: RasterCollection): readonly number[] {
  const shown = bands.length >= 3 ? [0, 1, 2] : bands.map((_, i) => i);
  if (bands.length >= 3) return shown.every((i) => isByte(bands[i])) ? [] : shown;
  return bands.length === 1 && isFraction(bands[0]) ? [0] : shown;
}

/** The appearance of a collection from a sample of the bands that `bandsToSample` named, in that order. */
export function describeAppearance(collection: RasterCollection, samples: readonly Raster[]): Appearance {
  const { bands, colorMap, layerKind } = collection;
  const rangeOf = (band: number, sample: number): Range => {
    if (isByte(bands[band])) return AS_IT_IS;
    return percentileRange(sampled(samples, sample), 2, 98) ?? AS_IT_IS;
  };
  if (bands.length >= 3) {
    const alpha = bands.length === 4 && bands.every(isByte) ? 3 : undefined;
    return { kind: 'rgb', bands: [0, 1, 2], alpha, ranges: [rangeOf(0, 0), rangeOf(1, 1), rangeOf(2, 2)] };
  }
  if (bands.length === 2 && isByte(bands[1])) {
    const cover = distinctIntegers(sampled(samples, 1), 2);
    if (cover !== undefined && cover.every((value) => value === 0 || value === 255)) {
      return { kind: 'gray', bands: [0], alpha: 1, ranges: [rangeOf(0, 0)] };
    }
  }
  const map = colorMap ?? ownMap(describe(collection, samples));
  if (map !== undefined && map.kind !== 'ramp' && isOfClasses(map, layerKind))
    return { kind: 'classes', bands: [0], alpha: undefined, map };
  return { kind: 'gray', bands: [0], alpha: undefined, ranges: [rangeOf(0, 0)], map };
}

/** Single values, or whatever colours where somebody declared that the values are no quantities. */
function isOfClasses({ kind }: ValueMap, layerKind: LayerKind | undefined): boolean {
  return kind === 'classes' || (layerKind !== undefined && layerKind !== 'continuous');
}

/** What the first band is, by what is declared and by its values. */
function describe({ bands, layerKind }: RasterCollection, samples: readonly Raster[]): LayerDescription {
  const [band] = bands;
  const mayBeClasses = layerKind === undefined ? !isFraction(band) : layerKind !== 'continuous';
  return describeLayer({
    kind: layerKind,
    declared: (band?.classes ?? []).map((own) => ({ ...own, color: parseColor(own.color) })),
    values: mayBeClasses ? distinctIntegers(sampled(samples, 0), MAX_CLASSES) : undefined,
  });
}

/** The colours of classes; of a scale with too many steps to name a ramp; none of quantities. */
function ownMap(layer: LayerDescription): ColorMap | undefined {
  if (layer.classes.length > 0 || layer.kind === 'categorical') return layerColorMap(layer);
  return layer.kind === 'rank-ordered' ? namedColorMap('viridis') : undefined;
}

function sampled(samples: readonly Raster[], band: number): readonly Raster['bands'][number][] {
  return samples.flatMap((raster) => raster.bands[band] ?? []);
}

function isByte(band: Band | undefined): boolean {
  return band?.pixelType === '8BUI';
}

function isFraction(band: Band | undefined): boolean {
  return band?.pixelType === '32BF' || band?.pixelType === '64BF';
}
