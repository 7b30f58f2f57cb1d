import { AppError } from '../../base/error.ts';
import { createCrsDefinitions } from '../../catalog/crs-definitions.ts';
import { createTransform } from '../../crs/create-transform.ts';
import { isGeographic, WEB_MERCATOR, type CrsDefinition } from '../../crs/crs-definition.ts';
import type { Database, RunContext } from '../../db/database.ts';
import { databaseMapping, type Mapping } from './mapping.ts';
import { remember } from './remember.ts';

/** Both ways between the CRS of a picture and that of a collection. */
export interface Reference {
  readonly forward: Mapping;
  readonly back: Mapping;
  /** The collection is in degrees, so that longitudes are periodic. */
  readonly geographic: boolean;
  /** How far east a picture shows the same place again; undefined where its CRS does not go round. */
  readonly turn: number | undefined;
}

/** The reference from a collection's SRID (`from`) to a picture's (`to`). */
export type References = (from: number, to: number, context: RunContext) => Promise<Reference>;

/** Finds and keeps references; definitions come from spatial_ref_sys once each. */
export function createReferences(database: Database): References {
  const definitions = createCrsDefinitions(database);
  const pairs = remember<Reference>();
  const define = async (srid: number, context: RunContext): Promise<CrsDefinition> => {
    const found = await definitions(srid, context);
    if (found !== undefined) return found;
    throw new AppError('UNSUPPORTED_CRS', { detail: `Cannot transform to or from SRID ${srid}: spatial_ref_sys does not define it` });
  };
  return (from, to, context) =>
    pairs(`${from} ${to}`, context.signal, async (signal) => {
      const [source, target] = await Promise.all([define(from, { ...context, signal }), define(to, { ...context, signal })]);
      return {
        forward: mappingOf(database, source, target),
        back: mappingOf(database, target, source),
        geographic: isGeographic(source),
        turn: turnOf(target),
      };
    });
}

function turnOf(definition: CrsDefinition): number | undefined {
  if (isGeographic(definition)) return 360;
  return definition.srid === WEB_MERCATOR.srid ? 2 * Math.PI * 6_378_137 : undefined;
}

function mappingOf(database: Database, from: CrsDefinition, to: CrsDefinition): Mapping {
  const transform = createTransform(from, to);
  if (transform === undefined) return databaseMapping(database, from.srid, to.srid);
  return {
    transform,
    run(xy) {
      transform(xy);
      return Promise.resolve();
    },
  };
}
