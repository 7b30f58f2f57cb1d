import type { Transform } from '../../crs/transform.ts';
import type { RunContext } from '../../db/database.ts';
import type { Mapping } from './mapping.ts';

const MOST_ROUNDS = 8;

/**
 * A mapping as a transformation that answers at once, for a computation that asks for the same positions whenever it
 * runs: where the database must map them the computation is rehearsed until nothing new is asked for.
 */
export async function knownTransform(mapping: Mapping, rehearse: (transform: Transform) => void, context: RunContext): Promise<Transform> {
  if (mapping.transform !== undefined) return mapping.transform;
  const known = new Map<string, readonly [number, number]>();
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    const asked = new Map<string, readonly [number, number]>();
    rehearse((xy) => answer(xy, known, asked));
    if (asked.size === 0) break;
    const points = Float64Array.from([...asked.values()].flat());
    await mapping.run(points, context);
    [...asked.keys()].forEach((key, i) => known.set(key, [points[2 * i] ?? Number.NaN, points[2 * i + 1] ?? Number.NaN]));
  }
  return (xy) => answer(xy, known, new Map());
}

/** Answers what is known; the rest becomes NaN and is noted. */
function answer(
  xy: Float64Array,
  known: ReadonlyMap<string, readonly [number, number]>,
  asked: Map<string, readonly [number, number]>,
): void {
  for (let i = 0; i + 1 < xy.length; i += 2) {
    const [x, y] = [xy[i] ?? Number.NaN, xy[i + 1] ?? Number.NaN];
    const key = `${x} ${y}`;
    const found = known.get(key);
    if (found === undefined) asked.set(key, [x, y]);
    xy[i] = found?.[0] ?? Number.NaN;
    xy[i + 1] = found?.[1] ?? Number.NaN;
  }
}
