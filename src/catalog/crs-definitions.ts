import { sql } from '../base/sql.ts';
import { WEB_MERCATOR, WGS84 } from '../crs/crs-definition.ts';
import type { CrsDefinition } from '../crs/crs-definition.ts';
import type { Database, RunContext } from '../db/database.ts';

/** The definition of an SRID in spatial_ref_sys, its text empty where only WKT is known; undefined where there is none. */
export type CrsDefinitions = (srid: number, context: RunContext) => Promise<CrsDefinition | undefined>;

/** The definitions of a database, each read once; what is missing is looked for again, as it may be added. */
export function createCrsDefinitions(database: Database): CrsDefinitions {
  const known = new Map<number, CrsDefinition>([WGS84, WEB_MERCATOR].map((definition) => [definition.srid, definition]));
  return async (srid, { signal, principal }) => {
    const found = known.get(srid);
    if (found !== undefined) return found;
    const statement = sql`select proj4text from spatial_ref_sys where srid = ${srid}::int`;
    const [row] = await database.records(statement, { name: 'crs.definition', signal, principal });
    if (row === undefined) return undefined;
    const definition = { srid, proj4text: row['proj4text']?.trim() ?? '' };
    known.set(srid, definition);
    return definition;
  };
}
