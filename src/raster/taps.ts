/**
 * Which source samples make one pixel along one axis, and with what weight: pixel i is the sum over k < count of
 * weight[i · count + k] × sample[start[i] + k]. Every start leaves room for count samples; weights of one pixel add up
 * to 1, or are all 0 where nothing lies under it.
 */
export interface Taps {
  readonly count: number;
  readonly start: Int32Array;
  readonly weight: Float64Array;
  /** 1 where some sample lies under the pixel, else 0. */
  readonly covered: Uint8Array;
  /** The sample under the pixel's centre, -1 outside. */
  readonly nearest: Int32Array;
  /** True when a pixel covers more than one sample on average. */
  readonly reducing: boolean;
}

const SLIVER = 1e-6;

/**
 * Area weights: the pixel is a box as wide as its footprint, at least one sample. A box of one sample between two
 * centres weighs them linearly, so this one kernel is bilinear when enlarging and an exact area average when
 * reducing, without a step between the two. `line` holds pixel centres in samples (the centre of sample k is k + ½).
 */
export function areaTaps(line: Float64Array, length: number): Taps {
  const n = line.length;
  const steps = footprints(line);
  const widest = steps.reduce((most, step) => Math.max(most, step), 1);
  const count = Math.min(length, Math.ceil(widest) + 1);
  const taps = {
    count,
    start: new Int32Array(n),
    weight: new Float64Array(n * count),
    covered: new Uint8Array(n),
    nearest: new Int32Array(n),
  };
  let sum = 0;
  for (let i = 0; i < n; i += 1) {
    const centre = line[i] ?? Number.NaN;
    const width = Math.max(1, steps[i] ?? 1);
    sum += steps[i] ?? 0;
    const under = Math.floor(centre);
    taps.nearest[i] = under >= 0 && under < length ? under : -1;
    fillBox(taps, i, { low: centre - width / 2, high: centre + width / 2, length });
  }
  return { ...taps, reducing: sum / n > 1.001 };
}

/** Distance between neighbouring centres, halved from both sides; 1 where there is but one. */
export function footprints(line: Float64Array): Float64Array {
  const last = line.length - 1;
  return line.map((_, i) => {
    const [before, after] = [Math.max(0, i - 1), Math.min(last, i + 1)];
    const step = Math.abs((line[after] ?? 0) - (line[before] ?? 0)) / (after - before);
    return Number.isFinite(step) ? step : 1;
  });
}

function fillBox(
  taps: Omit<Taps, 'reducing'>,
  i: number,
  box: { readonly low: number; readonly high: number; readonly length: number },
): void {
  const first = Math.max(0, Math.floor(box.low + SLIVER));
  const end = Math.min(box.length, Math.ceil(box.high - SLIVER));
  if (!(first < end)) return;
  const start = Math.min(first, box.length - taps.count);
  const share = (k: number): number => Math.min(box.high, k + 1) - Math.max(box.low, k);
  let total = 0;
  for (let k = first; k < end; k += 1) total += share(k);
  taps.covered[i] = 1;
  taps.start[i] = start;
  for (let k = first; k < end; k += 1) taps.weight[i * taps.count + k - start] = share(k) / total;
}
