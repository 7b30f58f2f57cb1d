import type { Transform } from '../../crs/transform.ts';
import type { RunContext } from '../../db/database.ts';
import { tabulate } from '../../render/positions.ts';
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
    rehearse(tabulate(known, asked));
    if (asked.size === 0) break;
    const points = Float64Array.from([...asked.values()].flat());
    await mapping.run(points, context);
    [...asked.keys()].forEach((key, i) => known.set(key, [points[2 * i] ?? Number.NaN, points[2 * i + 1] ?? Number.NaN]));
  }
  return tabulate(known, new Map());
}
