import type { Transform } from '../crs/transform.ts';

/** Positions by where they were asked for: `x y`. */
export type Positions = ReadonlyMap<string, readonly [x: number, y: number]>;

/** A transformation by table: positions that are not in it become NaN and are noted in `asked`. */
export function tabulate(known: Positions, asked: Map<string, readonly [number, number]>): Transform {
  return (xy) => {
    for (let i = 0; i + 1 < xy.length; i += 2) {
      const [x, y] = [xy[i] ?? Number.NaN, xy[i + 1] ?? Number.NaN];
      const key = `${x} ${y}`;
      const found = known.get(key);
      if (found === undefined) asked.set(key, [x, y]);
      xy[i] = found?.[0] ?? Number.NaN;
      xy[i + 1] = found?.[1] ?? Number.NaN;
    }
  };
}
