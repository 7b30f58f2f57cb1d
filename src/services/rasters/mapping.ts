import { AppError } from '../../base/error.ts';
import { sql } from '../../base/sql.ts';
import type { Transform } from '../../crs/transform.ts';
import type { Database, RunContext } from '../../db/database.ts';
import { sqlFile } from '../../db/sql-file.ts';

/** Maps positions between two CRSs in place; positions that cannot be mapped become NaN. */
export interface Mapping {
  run(xy: Float64Array, context: RunContext): Promise<void>;
  /** The same at once, where it can be computed here. */
  readonly transform?: Transform | undefined;
}

/** Between which CRSs the database maps. */
export interface DatabaseMappingPair {
  readonly from: number;
  readonly to: number;
  /** `from` is in degrees. */
  readonly fromGeographic: boolean;
}

/**
 * How far from where it was a position may come back, in units of its CRS: projections that repeat the world beyond its
 * outline miss by thousands of kilometres, PROJ's choice among datum shifts by hundreds of metres. Degrees always count: a
 * turn more is the same place.
 */
const SLACK = 1000;
/** Failures that say nothing of the positions. */
const LASTING: ReadonlySet<string> = new Set(['DATABASE_UNAVAILABLE', 'OVERLOADED', 'TIMEOUT']);

/**
 * Transformations that PROJ must do: one statement a batch. Where PROJ refuses a batch, for a single position outside of
 * the projection, positions are tried one by one within the database, from then on at once.
 */
export function databaseMapping(database: Database, pair: DatabaseMappingPair): Mapping {
  let refuses = false;
  return {
    async run(xy, context) {
      if (xy.length === 0) return;
      const { places, of } = distinct(xy);
      const done = !refuses && (await wentThrough(() => transformBatch(database, places, pair, context)));
      if (!done) {
        await transformEach(database, places, pair, context);
        refuses = true;
      }
      of.forEach((place, i) => xy.set(places.subarray(2 * place, 2 * place + 2), 2 * i));
    },
  };
}

/** Each position once, as parts of a picture share their edges, and which of them the positions are. */
function distinct(xy: Float64Array): { readonly places: Float64Array; readonly of: Uint32Array } {
  const known = new Map<string, number>();
  const of = new Uint32Array(xy.length / 2);
  const places = xy.slice();
  for (let i = 0; i < of.length; i += 1) {
    const pair = xy.subarray(2 * i, 2 * i + 2);
    const key = pair.join(' ');
    const place = known.get(key) ?? known.size;
    if (place === known.size) {
      known.set(key, place);
      places.set(pair, 2 * place);
    }
    of[i] = place;
  }
  return { places: places.subarray(0, 2 * known.size), of };
}

/** False where the database refused something of what it was given. */
async function wentThrough(transform: () => Promise<void>): Promise<boolean> {
  try {
    await transform();
    return true;
  } catch (error) {
    if (!(error instanceof AppError) || LASTING.has(error.code)) throw error;
    return false;
  }
}

async function transformBatch(database: Database, xy: Float64Array, pair: DatabaseMappingPair, context: RunContext): Promise<void> {
  const { from, to } = pair;
  const x = Array.from({ length: xy.length / 2 }, (_, i) => xy[2 * i]);
  const y = Array.from({ length: xy.length / 2 }, (_, i) => xy[2 * i + 1]);
  const rows = await database.rows(
    sql`select st_x(there), st_y(there), st_distance(here, st_transform(there, ${from}::int)) <= ${slackOf(pair)}::float8 from unnest(${x}::float8[], ${y}::float8[]) with ordinality as t(x, y, n), st_setsrid(st_makepoint(x, y), ${from}::int) as here, st_transform(here, ${to}::int) as there order by n`,
    { ...context, name: 'raster.transform' },
  );
  rows.forEach(([px, py, returns], i) => write(xy, i, returns === 't' ? [Number(px ?? Number.NaN), Number(py ?? Number.NaN)] : []));
}

/** See sql/raster/transform-each.sql. */
async function transformEach(database: Database, xy: Float64Array, pair: DatabaseMappingPair, context: RunContext): Promise<void> {
  const { from, to } = pair;
  const settings: readonly (readonly [string, unknown])[] = [
    ['graticule.positions', Array.from(xy)],
    ['graticule.source', from],
    ['graticule.target', to],
    ['graticule.slack', slackOf(pair)],
  ];
  const before = settings.map(([name, value]) =>
    Array.isArray(value)
      ? sql`select set_config(${name}, ${value}::float8[]::text, true)`
      : sql`select set_config(${name}, ${String(value)}, true)`,
  );
  const [[text] = []] = await database.rows(sql`select current_setting('graticule.positions')`, {
    ...context,
    name: 'raster.transform',
    before: [...before, sqlFile('raster/transform-each.sql')],
  });
  const mapped = String(text ?? '')
    .slice(1, -1)
    .split(',')
    .map(Number);
  for (let i = 0; i < xy.length / 2; i += 1) write(xy, i, mapped.slice(2 * i, 2 * i + 2));
}

function slackOf({ fromGeographic }: DatabaseMappingPair): string {
  return fromGeographic ? 'Infinity' : String(SLACK);
}

function write(xy: Float64Array, i: number, [x = Number.NaN, y = Number.NaN]: readonly number[]): void {
  const known = Number.isFinite(x) && Number.isFinite(y);
  xy[2 * i] = known ? x : Number.NaN;
  xy[2 * i + 1] = known ? y : Number.NaN;
}
