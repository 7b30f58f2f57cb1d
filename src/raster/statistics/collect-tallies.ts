import { EMPTY, type Distribution } from './distribution.ts';
import { collectMoments, type Moments } from './moments.ts';
import { HIGHEST, LOWEST, type Tally } from './tally.ts';

/** All that is known of the values of a band. */
export interface Collected extends Omit<Tally, 'others'> {
  /** Other values, part by part; undefined: they were too many. */
  readonly others: readonly Distribution[] | undefined;
}

/** Adds up the tallies of the parts of a band. */
export interface TallyCollector {
  /** False once there were too many other values: those of further parts need not be kept. */
  readonly keeps: boolean;
  add(tally: Tally): void;
  collected(): Collected;
}

/** A collector that keeps at most `limit` other values, 16 to 24 bytes each. Whole numbers of 16 bits are no matter of limits. */
export function collectTallies(limit: number): TallyCollector {
  // Of one part only nothing has to be added up.
  let first: Distribution | undefined;
  let table: Sums | undefined;
  const addCounted = (counted: Distribution): void => {
    if (table === undefined && (first === undefined || first.values.length === 0)) first = counted;
    else {
      if (table === undefined) {
        table = { samples: new Float64Array(SIZE), weights: new Float64Array(SIZE) };
        addTo(table, first ?? EMPTY);
      }
      addTo(table, counted);
    }
  };
  const moments = collectMoments();
  let others: Distribution[] | undefined = [];
  let [kept, pixels, area]: [number, number, number | undefined] = [0, 0, undefined];
  return {
    get keeps() {
      return others !== undefined;
    },
    add(tally) {
      pixels += tally.pixels;
      if (tally.area !== undefined) area = (area ?? 0) + tally.area;
      addCounted(tally.counted);
      moments.addMoments(tally.moments);
      kept += tally.others?.values.length ?? Infinity;
      if (kept > limit || tally.others === undefined) others = undefined;
      else if (tally.others.values.length > 0) others?.push(tally.others);
    },
    collected: () => ({
      pixels,
      area,
      counted: table === undefined ? (first ?? EMPTY) : distributionOf(table),
      others,
      moments: moments.moments(),
    }),
  };
}

const SIZE = HIGHEST - LOWEST + 1;

interface Sums {
  readonly samples: Float64Array;
  readonly weights: Float64Array;
}

function addTo(sums: Sums, { values, samples, weights }: Distribution): void {
  for (let i = 0; i < values.length; i += 1) {
    const at = (values[i] ?? 0) - LOWEST;
    sums.samples[at] = (sums.samples[at] ?? 0) + (samples[i] ?? 0);
    sums.weights[at] = (sums.weights[at] ?? 0) + (weights[i] ?? 0);
  }
}

function distributionOf({ samples, weights }: Sums): Distribution {
  const places: number[] = [];
  for (let at = 0; at < SIZE; at += 1) if ((samples[at] ?? 0) > 0) places.push(at);
  if (places.length === 0) return EMPTY;
  return {
    values: Float64Array.from(places, (at) => at + LOWEST),
    samples: Float64Array.from(places, (at) => samples[at] ?? 0),
    weights: Float64Array.from(places, (at) => weights[at] ?? 0),
  };
}

/** Moments of all values: those of the counted ones follow from their counts. */
export function allMoments({ counted, moments }: Pick<Collected, 'counted' | 'moments'>): Moments {
  const all = collectMoments();
  all.addDistribution(counted);
  all.addMoments(moments);
  return all.moments();
}
