import { sql } from '../../base/sql.ts';
import type { Database, RunContext } from '../../db/database.ts';
import type { ValueCrs } from '../../image/values.ts';

/** What files say of the CRS with an SRID; undefined where spatial_ref_sys does not define it. */
export type ValueCrsOf = (srid: number, context: RunContext) => Promise<ValueCrs | undefined>;

/** Reads each definition once; what is missing is looked for again, as it may be added. */
export function createValueCrs(database: Database): ValueCrsOf {
  const known = new Map<number, ValueCrs>();
  return async (srid, { signal, principal }) => {
    const found = known.get(srid);
    if (found !== undefined) return found;
    const statement = sql`select proj4text, auth_name, auth_srid, srtext from spatial_ref_sys where srid = ${srid}::int`;
    const [row] = await database.records(statement, { name: 'crs.definition', signal, principal });
    if (row === undefined) return undefined;
    const epsg = row['auth_name'] === 'EPSG' ? Number(row['auth_srid']) : undefined;
    const wkt = row['srtext']?.trim();
    const crs: ValueCrs = {
      srid,
      proj4text: row['proj4text']?.trim() ?? '',
      ...(epsg === undefined ? {} : { epsg }),
      ...(wkt === undefined || wkt === '' ? {} : { wkt }),
    };
    known.set(srid, crs);
    return crs;
  };
}
