import { AppError } from '../../base/error.ts';
import { createCrsDefinitions } from '../../catalog/crs-definitions.ts';
import { createTransform } from '../../crs/create-transform.ts';
import { isGeographic, proj4Parameter, WEB_MERCATOR, WGS84, type CrsDefinition } from '../../crs/crs-definition.ts';
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

/** Cylinders that go round: the whole equator is four times its first quarter. */
const CYLINDERS: ReadonlySet<string> = new Set(['merc', 'cea']);

function turnOf(definition: CrsDefinition): number | undefined {
  if (isGeographic(definition)) return 360;
  if (definition.srid === WEB_MERCATOR.srid) return 2 * Math.PI * 6_378_137;
  if (!CYLINDERS.has(proj4Parameter(definition, 'proj') ?? '')) return undefined;
  const quarter = Float64Array.of(0, 0, 90, 0);
  createTransform(WGS84, definition)?.(quarter);
  // Only where the map's middle is that of its coordinates.
  return Math.abs(quarter[0] ?? Number.NaN) < 1e-3 && Number.isFinite(quarter[2]) ? 4 * (quarter[2] ?? 0) : undefined;
}

function mappingOf(database: Database, from: CrsDefinition, to: CrsDefinition): Mapping {
  const transform = createTransform(from, to);
  if (transform === undefined) return databaseMapping(database, { from: from.srid, to: to.srid, fromGeographic: isGeographic(from) });
  return {
    transform,
    run(xy) {
      transform(xy);
      return Promise.resolve();
    },
  };
}
