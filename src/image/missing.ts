import type { Plane } from '../raster/image.ts';
import { holdsValue, type SampleType } from './sample-type.ts';
import type { ValueFacts } from './values.ts';

/** How a file says that there is no data. */
export interface Missing {
  /** The one value of the file that means it, in every band. */
  readonly nodata: number | undefined;
  /** What is written for it, band by band. */
  readonly fills: readonly number[];
  /** A mask has to tell, because no value does. */
  readonly masked: boolean;
}

/**
 * The bands' own nodata value where they share one; else NaN in files of floating-point numbers, and a mask beside
 * whole numbers, of which none is free.
 */
export function planMissing({ bands }: ValueFacts, type: SampleType): Missing {
  const [shared] = bands.map((band) => band.nodata);
  const isShared = shared !== undefined && bands.every((band) => Object.is(band.nodata, shared));
  if (isShared && holdsValue(type, shared)) return { nodata: shared, fills: bands.map(() => shared), masked: false };
  if (type.kind === 'float') return { nodata: Number.NaN, fills: bands.map(() => Number.NaN), masked: false };
  const fills = bands.map(({ nodata }) => (nodata !== undefined && holdsValue(type, nodata) ? nodata : 0));
  return { nodata: undefined, fills, masked: true };
}

/** True when a sample of any plane is NaN. */
export function hasHoles(planes: readonly Plane[]): boolean {
  return planes.some((plane) => {
    for (let i = 0; i < plane.length; i += 1) {
      const value = plane[i] ?? 0;
      if (value !== value) return true;
    }
    return false;
  });
}

/** 255 where at least one plane has data, else 0. */
export function maskOf(planes: readonly Plane[], pixels: number): Uint8Array {
  const mask = new Uint8Array(pixels);
  for (const plane of planes) {
    for (let i = 0; i < pixels; i += 1) {
      const value = plane[i] ?? Number.NaN;
      if (value === value) mask[i] = 255;
    }
  }
  return mask;
}
