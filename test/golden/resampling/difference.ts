/** How two pictures differ. */
export interface Difference {
  /** Pixels with a value in either. */
  readonly seen: number;
  /** Part of them that differ by more than one grey level, of 255 over the values' range, or that only one has. */
  readonly share: number;
}

/** Compares pictures of one size, NaN without data. `level` replaces a 255th of the second's range. */
export function differenceOf(a: ArrayLike<number>, b: ArrayLike<number>, level?: number): Difference {
  const step = level ?? rangeOf(b) / 255;
  let [seen, different] = [0, 0];
  for (let i = 0; i < b.length; i += 1) {
    const [p, q] = [a[i] ?? Number.NaN, b[i] ?? Number.NaN];
    if (Number.isNaN(p) && Number.isNaN(q)) continue;
    seen += 1;
    if (!(Math.abs(p - q) <= step)) different += 1;
  }
  return { seen, share: different / seen };
}

function rangeOf(values: ArrayLike<number>): number {
  let [least, most] = [Infinity, -Infinity];
  for (let i = 0; i < values.length; i += 1) {
    const value = values[i] ?? Number.NaN;
    if (value < least) least = value;
    if (value > most) most = value;
  }
  return most - least;
}
