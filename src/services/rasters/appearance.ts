import { classColor } from '../../color/class-color.ts';
import type { Band, RasterCollection } from '../../catalog/collection.ts';
import type { Raster } from '../../raster/image.ts';
import type { Range } from '../../raster/rescale.ts';
import type { Appearance } from '../../render/appearance.ts';
import { distinctIntegers, percentileRange } from '../../raster/stats.ts';

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
  const { bands } = collection;
  const rangeOf = (band: number, sample: number): Range => {
    if (isByte(bands[band])) return AS_IT_IS;
    return (
      percentileRange(
        samples.flatMap((raster) => raster.bands[sample] ?? []),
        2,
        98,
      ) ?? AS_IT_IS
    );
  };
  if (bands.length >= 3) {
    const alpha = bands.length === 4 && bands.every(isByte) ? 3 : undefined;
    return { kind: 'rgb', bands: [0, 1, 2], alpha, ranges: [rangeOf(0, 0), rangeOf(1, 1), rangeOf(2, 2)] };
  }
  if (bands.length === 2 && isByte(bands[1])) {
    const cover = distinctIntegers(
      samples.flatMap((raster) => raster.bands[1] ?? []),
      2,
    );
    if (cover !== undefined && cover.every((value) => value === 0 || value === 255)) {
      return { kind: 'gray', bands: [0], alpha: 1, ranges: [rangeOf(0, 0)] };
    }
  }
  const values = isFraction(bands[0])
    ? undefined
    : distinctIntegers(
        samples.flatMap((raster) => raster.bands[0] ?? []),
        MAX_CLASSES,
      );
  if (values === undefined || values.length === 0) return { kind: 'gray', bands: [0], alpha: undefined, ranges: [rangeOf(0, 0)] };
  return { kind: 'classes', bands: [0], alpha: undefined, classes: values.map((value, i) => ({ value, color: classColor(i) })) };
}

function isByte(band: Band | undefined): boolean {
  return band?.pixelType === '8BUI';
}

function isFraction(band: Band | undefined): boolean {
  return band?.pixelType === '32BF' || band?.pixelType === '64BF';
}
