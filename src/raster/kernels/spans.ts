import { footprints, SLIVER, type Line } from '../taps.ts';

/** Which samples the footprints of pixels along one axis touch: pixel i from first to end - 1, none when first ≥ end. */
export interface Spans {
  readonly first: Int32Array;
  readonly end: Int32Array;
}

/** The samples that the footprints along a line touch. A footprint without extent touches one sample. */
export function spansOf(line: Line, length: number): Spans {
  const steps = footprints(line);
  const first = Int32Array.from(line.centres, (centre, i) => Math.max(0, Math.floor(centre - (steps[i] ?? 1) / 2 + SLIVER)));
  const end = Int32Array.from(line.centres, (centre, i) => {
    const [low, high] = [centre - (steps[i] ?? 1) / 2, centre + (steps[i] ?? 1) / 2];
    if (!(high > SLIVER && low < length)) return 0;
    return Math.min(length, Math.max(Math.ceil(high - SLIVER), Math.floor(low + SLIVER) + 1));
  });
  return { first, end };
}
