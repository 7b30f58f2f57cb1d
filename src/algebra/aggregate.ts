/** Takes samples in pieces and says one number in the end; samples without data do not count. */
export interface Aggregate {
  take(values: Float64Array, count: number): void;
  /** NaN when there was no sample with data. */
  result(): number;
}

/**
 * The aggregates of the second language, over all samples of a run, which are the pixels of the tile or map that is
 * computed: so `a - mean(a)` differs from tile to tile, as in django-raster. `std` is that of the population, and the
 * variance is Welford's ("Note on a method…", Technometrics 1962), so that large heights do not cancel.
 */
export function createAggregate(name: string): Aggregate | undefined {
  return AGGREGATES.get(name)?.();
}

const AGGREGATES: ReadonlyMap<string, () => Aggregate> = new Map([
  ['min', () => fold(Infinity, Math.min)],
  ['max', () => fold(-Infinity, Math.max)],
  ['sum', () => fold(0, (sum, value) => sum + value)],
  ['mean', () => spread((_variance, mean) => mean)],
  ['std', () => spread((variance) => Math.sqrt(variance))],
  ['median', median],
]);

function fold(start: number, combine: (state: number, value: number) => number): Aggregate {
  let [state, counted] = [start, 0];
  return {
    take(values, count) {
      for (let i = 0; i < count; i += 1) {
        const value = values[i] ?? Number.NaN;
        if (Number.isNaN(value)) continue;
        state = combine(state, value);
        counted += 1;
      }
    },
    result: () => (counted > 0 ? state : Number.NaN),
  };
}

function spread(choose: (variance: number, mean: number) => number): Aggregate {
  let [counted, mean, squares] = [0, 0, 0];
  return {
    take(values, count) {
      for (let i = 0; i < count; i += 1) {
        const value = values[i] ?? Number.NaN;
        if (Number.isNaN(value)) continue;
        counted += 1;
        const away = value - mean;
        mean += away / counted;
        squares += away * (value - mean);
      }
    },
    result: () => (counted > 0 ? choose(squares / counted, mean) : Number.NaN),
  };
}

/** Keeps every sample with data: eight bytes a pixel, doubled while it grows. */
function median(): Aggregate {
  let [kept, known] = [new Float64Array(4096), 0];
  return {
    take(values, count) {
      if (known + count > kept.length) {
        const larger = new Float64Array(2 * kept.length + count);
        larger.set(kept);
        kept = larger;
      }
      for (let i = 0; i < count; i += 1) {
        const value = values[i] ?? Number.NaN;
        if (Number.isNaN(value)) continue;
        kept[known] = value;
        known += 1;
      }
    },
    result() {
      const sorted = kept.subarray(0, known).sort();
      const upper = sorted[known >> 1] ?? Number.NaN;
      return known % 2 === 1 ? upper : (upper + (sorted[(known >> 1) - 1] ?? Number.NaN)) / 2;
    },
  };
}
