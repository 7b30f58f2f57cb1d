import type { Plane } from './image.ts';
import type { Range } from './rescale.ts';

/** Words of a grey picture of 16 bits, and which of them mean something. */
export interface GrayWords {
  /** 0 where there is no data. */
  readonly gray: Uint16Array;
  /** 255 where there is data, 0 elsewhere; absent where data is everywhere. */
  readonly cover: Uint8Array | undefined;
}

const TOP = 65_535;

/** A plane as grey of 16 bits: stretched over a range, or its own numbers, rounded and cut, where there is none. */
export function toGrayWords(plane: Plane, range?: Range): GrayWords {
  const { min, max } = range ?? { min: 0, max: TOP };
  const scale = max === min ? 0 : TOP / (max - min);
  const gray = new Uint16Array(plane.length);
  let holes = 0;
  for (let i = 0; i < plane.length; i += 1) {
    const level = ((plane[i] ?? 0) - min) * scale;
    if (level !== level) holes += 1;
    else gray[i] = level <= 0 ? 0 : level >= TOP ? TOP : level + 0.5;
  }
  return { gray, cover: holes === 0 ? undefined : coverOf([plane]) };
}

/** Where there is data: 255 for pixels with a value in any of the planes, 0 for all others. */
export function coverOf(planes: readonly Plane[]): Uint8Array {
  const cover = new Uint8Array(planes[0]?.length ?? 0);
  for (const plane of planes) {
    for (let i = 0; i < plane.length; i += 1) {
      const value = plane[i] ?? 0;
      if (value === value) cover[i] = 255;
    }
  }
  return cover;
}
