import { AppError } from '../../base/error.ts';
import { sql } from '../../base/sql.ts';
import { createTransform } from '../../crs/create-transform.ts';
import { isGeographic, WEB_MERCATOR, WGS84, type CrsDefinition } from '../../crs/crs-definition.ts';
import type { Database, RunContext } from '../../db/database.ts';
import { databaseMapping, type Mapping } from './mapping.ts';
import { remember } from './remember.ts';

/** Both ways between the CRS of a picture and that of a collection. */
export interface Reference {
  readonly forward: Mapping;
  readonly back: Mapping;
  /** The collection is in degrees, so that longitudes are periodic. */
  readonly geographic: boolean;
}

/** The reference from a collection's SRID (`from`) to a picture's (`to`). */
export type References = (from: number, to: number, context: RunContext) => Promise<Reference>;

/** Finds and keeps references; definitions come from spatial_ref_sys once each. */
export function createReferences(database: Database): References {
  const definitions = remember<CrsDefinition>();
  const pairs = remember<Reference>();
  const define = (srid: number, context: RunContext): Promise<CrsDefinition> => {
    if (srid === WGS84.srid) return Promise.resolve(WGS84);
    if (srid === WEB_MERCATOR.srid) return Promise.resolve(WEB_MERCATOR);
    return definitions(String(srid), context.signal, async (signal) => {
      const [row] = await database.records(sql`select proj4text from spatial_ref_sys where srid = ${srid}::int`, {
        ...context,
        signal,
        name: 'raster.crs',
      });
      if (row === undefined)
        throw new AppError('UNSUPPORTED_CRS', { detail: `Cannot transform to or from SRID ${srid}: spatial_ref_sys does not define it` });
      return { srid, proj4text: row['proj4text'] ?? '' };
    });
  };
  return (from, to, context) =>
    pairs(`${from} ${to}`, context.signal, async (signal) => {
      const [source, target] = await Promise.all([define(from, { ...context, signal }), define(to, { ...context, signal })]);
      return { forward: mappingOf(database, source, target), back: mappingOf(database, target, source), geographic: isGeographic(source) };
    });
}

function mappingOf(database: Database, from: CrsDefinition, to: CrsDefinition): Mapping {
  const transform = createTransform(from, to);
  if (transform === undefined) return databaseMapping(database, from.srid, to.srid);
  return {
    run(xy) {
      transform(xy);
      return Promise.resolve();
    },
  };
}
