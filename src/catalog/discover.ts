import { createHash } from 'node:crypto';
import type { Database } from '../db/database.ts';
import { assemble } from './assemble.ts';
import type { BuildContext } from './build.ts';
import { gatherCandidates } from './candidate.ts';
import type { Candidate } from './candidate.ts';
import type { Catalog, Finding, SpatialReference } from './catalog.ts';
import type { Collection } from './collection.ts';
import { leftOut, quoted, warning } from './finding.ts';
import { relationMatcher } from './glob.ts';
import { declaredType } from './geometry-column.ts';
import { sampleOpenColumns, withRememberedTexts } from './open-columns.ts';
import type { SampleMemory, Samples } from './open-columns.ts';
import { findOverviews, rasterConstraintsOf } from './overviews.ts';
import type { RasterConstraints } from './raster-constraints.ts';
import { readDjangoLayers } from './read-django-layers.ts';
import { readLegendTable, USUAL_LEGEND_TABLE } from './read-legend-table.ts';
import { readSchema, readSpatialReferences } from './read-schema.ts';
import type { SchemaRows } from './schema-rows.ts';
import { nameLegends, type StoredLegends } from './stored-legend.ts';
import { selectRelations, unselectedFindings } from './select-relations.ts';
import type { SelectionOptions } from './select-relations.ts';

/** A catalogue, and what only the facts from data need to know. */
export interface Discovery {
  readonly catalog: Catalog;
  readonly postgisSchema: string;
  /** Oids of relations whose statistics would tell about rows that the role may not see. */
  readonly rowSecurity: ReadonlySet<number>;
}

/** SRIDs that collections are offered in besides their own. */
const USUAL_SRIDS = [4326, 3857, 4258, 3035, 25832, 25833, 2154, 27700, 2056, 5070, 3978, 2193] as const;

/**
 * Reads what the database offers: the system catalogue first, then the first rows of those columns whose types and
 * constraints leave something open.
 * @throws AppError when a catalogue statement fails; a relation that cannot be read becomes a finding instead
 */
export async function discover(
  database: Database,
  options: SelectionOptions,
  memory: SampleMemory,
  signal: AbortSignal,
): Promise<Discovery> {
  const schema = await readSchema(database, (relations) => selectRelations(relations, options), signal);
  const candidates = withRememberedTexts(await gatherCandidates(schema), memory);
  const rasterConstraints = rasterConstraintsOf(candidates);
  const postgisSchema = schema.server.postgisSchema ?? 'public';
  const samples = await sampleOpenColumns(candidates, rasterConstraints, { database, postgisSchema, memory, signal });
  const srids = [...USUAL_SRIDS, ...sridsInUse(candidates, samples, rasterConstraints)];
  const references = schema.server.referenceSystems
    ? await readSpatialReferences(database, postgisSchema, [...new Set(srids)], signal)
    : undefined;
  const context: BuildContext = {
    role: schema.server.role,
    postgisSchema,
    references,
    geometrySamples: samples.geometry,
    rasterSamples: samples.raster,
    rasterConstraints,
    overviews: findOverviews(candidates, rasterConstraints),
    django: await readDjangoLayers(database, candidates, { postgisSchema, signal }),
    legends: await readLegendTable(database, options.legendTable ?? USUAL_LEGEND_TABLE, signal),
    properties: new Map(),
  };
  const rowSecurity = new Set(schema.picked.filter((row) => row.rowSecurity).map((row) => row.oid));
  return { catalog: await catalogOf(schema, candidates, context, options), postgisSchema, rowSecurity };
}

async function catalogOf(
  schema: SchemaRows,
  candidates: readonly Candidate[],
  context: BuildContext,
  options: SelectionOptions,
): Promise<Catalog> {
  const { collections, aliases, findings } = await assemble(candidates, context);
  const legends = nameLegends([...context.django.legends, ...context.legends.named]);
  const read = [...context.django.findings, ...context.legends.findings];
  const isRead = new Set(read.map(({ relation }) => relation));
  const unselected = unselectedFindings(schema.relations, options, schema.server.role);
  return Object.freeze({
    version: catalogVersion(collections, legends),
    loadedAt: new Date(),
    collections,
    aliases,
    findings: Object.freeze([
      ...databaseFindings(schema),
      ...findings,
      ...read,
      ...unselected.filter(({ code, relation }) => code !== 'no-geometry' || !isRead.has(relation)),
      ...functionFindings(schema, options),
    ]),
    legends,
    references: context.references ?? new Map<number, SpatialReference>(),
    serverVersion: Object.freeze({
      postgresql: schema.server.postgresql,
      postgis: schema.server.postgis ?? '',
      raster: schema.server.raster,
    }),
  });
}

function sridsInUse(
  candidates: readonly Candidate[],
  samples: Samples,
  rasterConstraints: ReadonlyMap<string, RasterConstraints>,
): readonly number[] {
  const declared = candidates.flatMap((candidate) =>
    candidate.columns.filter(({ role }) => role === 'geometry').map((column) => declaredType(candidate, column)?.srid),
  );
  const constrained = [...rasterConstraints.values()].map(({ srid }) => srid);
  const geometries = [...samples.geometry.values()].flatMap((result) => ('failure' in result ? [] : result.srids));
  const rasters = [...samples.raster.values()].flatMap((result) => (result === undefined || 'failure' in result ? [] : result.srids));
  return [...declared, ...constrained, ...geometries, ...rasters].filter((srid) => srid !== undefined && srid > 0).map(Number);
}

function databaseFindings({ server }: SchemaRows): readonly Finding[] {
  const database = { schema: 'public', name: '*' };
  if (server.postgis === undefined) {
    const message = 'PostGIS is not installed in this database: nothing spatial can be found';
    return [leftOut(database, { code: 'no-postgis', message, remedy: 'create extension postgis;' })];
  }
  const findings: Finding[] = [];
  if (!server.raster) {
    const message = 'postgis_raster is not installed in this database: vectors are served, rasters cannot exist';
    findings.push(warning(database, { code: 'no-postgis-raster', message, remedy: 'create extension postgis_raster;' }));
  }
  if (!server.referenceSystems) {
    const table = quoted([server.postgisSchema ?? 'public', 'spatial_ref_sys']);
    const message = `The role ${server.role} may not read spatial_ref_sys: SRIDs are taken on trust and CRS names may be missing`;
    const remedy = `grant select on ${table} to ${quoted(server.role)};`;
    findings.push(warning(database, { code: 'no-reference-systems', message, remedy }));
  }
  return findings;
}

function functionFindings({ functions }: SchemaRows, { include, exclude }: SelectionOptions): readonly Finding[] {
  const [included, excluded] = [relationMatcher(include), relationMatcher(exclude)];
  const selected = functions.filter((f) => (include.length === 0 || included(f.schema, f.name)) && !excluded(f.schema, f.name));
  return selected.map((f) =>
    leftOut(f, {
      code: 'not-served-yet',
      message: f.returnsSet
        ? `The function ${f.name}(${f.arguments}) returns rows with geometries; functions are not served yet`
        : `The function ${f.name}(${f.arguments}) returns tiles; functions are not served yet`,
      remedy: f.returnsSet ? '-- serve a view that selects from the function with fixed arguments' : undefined,
    }),
  );
}

function catalogVersion(collections: ReadonlyMap<string, Collection>, legends: StoredLegends): string {
  const hash = createHash('sha1');
  for (const { id, version } of collections.values()) hash.update(`${id}\0${version}\n`);
  if (legends.size > 0) hash.update(JSON.stringify([...legends]));
  return hash.digest('base64url').slice(0, 12);
}
