import { sql } from '../../base/sql.ts';
import type { Transform } from '../../crs/transform.ts';
import type { Database, RunContext } from '../../db/database.ts';

/** Maps positions between two CRSs in place; positions that cannot be mapped become NaN. */
export interface Mapping {
  run(xy: Float64Array, context: RunContext): Promise<void>;
  /** The same at once, where it can be computed here. */
  readonly transform?: Transform | undefined;
}

/** Transformations that PROJ must do: one statement a batch. */
export function databaseMapping(database: Database, from: number, to: number): Mapping {
  return {
    async run(xy, context) {
      const x = Array.from({ length: xy.length / 2 }, (_, i) => xy[2 * i]);
      const y = Array.from({ length: xy.length / 2 }, (_, i) => xy[2 * i + 1]);
      const rows = await database.rows(
        sql`select st_x(p), st_y(p) from unnest(${x}::float8[], ${y}::float8[]) with ordinality as t(x, y, n), st_transform(st_setsrid(st_makepoint(x, y), ${from}::int), ${to}::int) as p order by n`,
        { ...context, name: 'raster.transform' },
      );
      rows.forEach(([px, py], i) => {
        xy[2 * i] = Number(px ?? Number.NaN);
        xy[2 * i + 1] = Number(py ?? Number.NaN);
      });
    },
  };
}
