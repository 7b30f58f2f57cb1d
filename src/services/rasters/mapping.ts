import { AppError } from '../../base/error.ts';
import { sql } from '../../base/sql.ts';
import type { Transform } from '../../crs/transform.ts';
import type { Database, RunContext } from '../../db/database.ts';

/** Maps positions between two CRSs in place; positions that cannot be mapped become NaN. */
export interface Mapping {
  run(xy: Float64Array, context: RunContext): Promise<void>;
  /** The same at once, where it can be computed here. */
  readonly transform?: Transform | undefined;
}

/** Statements that one batch may need: PROJ refuses a whole one for a single position outside of the projection. */
const MOST_STATEMENTS = 512;

/**
 * Transformations that PROJ must do: one statement a batch, and where PROJ refuses it one for each half, down to the
 * positions that have no place.
 * @throws AppError INVALID_PARAMETER for batches with too many such positions here and there
 */
export function databaseMapping(database: Database, from: number, to: number): Mapping {
  return {
    async run(xy, context) {
      let statements = 0;
      const map = async (part: Float64Array): Promise<void> => {
        statements += 1;
        try {
          await transformBatch(database, part, { from, to }, context);
        } catch (error) {
          if (!(error instanceof AppError) || error.code !== 'INVALID_PARAMETER') throw error;
          if (statements > MOST_STATEMENTS) throw tooScattered(from, error);
          if (part.length === 2) {
            part.fill(Number.NaN);
            return;
          }
          const middle = 2 * Math.floor(part.length / 4);
          await map(part.subarray(0, middle));
          await map(part.subarray(middle));
        }
      };
      if (xy.length > 0) await map(xy);
    },
  };
}

function tooScattered(srid: number, cause: AppError): AppError {
  const detail = `Too many positions lie outside of the projection with SRID ${srid}: ask for a smaller part of it`;
  return new AppError('INVALID_PARAMETER', { detail, cause });
}

async function transformBatch(
  database: Database,
  xy: Float64Array,
  { from, to }: { readonly from: number; readonly to: number },
  context: RunContext,
): Promise<void> {
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
}
