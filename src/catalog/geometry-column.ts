import { columnKey } from './build.ts';
import type { BuildContext } from './build.ts';
import type { Candidate, CandidateColumn } from './candidate.ts';
import type { Finding } from './catalog.ts';
import type { GeometryColumn } from './collection.ts';
import { failureText } from './failure.ts';
import { leftOut, quoted } from './finding.ts';
import type { GeometrySample, SampleResult } from './geometry-sample.ts';
import { hasSpatialIndex } from './key-columns.ts';
import { decodeSpatialTypmod, spatialTypeOfConstraints } from './typmod.ts';
import type { SpatialType } from './typmod.ts';

/** A geometry column, or why it cannot be served. */
export type ResolvedGeometry =
  | { readonly kind: 'geometry'; readonly geometry: GeometryColumn }
  | { readonly kind: 'left-out'; readonly finding: Finding };

/** Whether only the rows can tell SRID, type or dimension of a geometry or geography column. */
export function needsGeometrySample(candidate: Candidate, column: CandidateColumn): boolean {
  const declared = declaredType(candidate, column);
  return declared === undefined || (declared.srid === undefined && !isGeography(column));
}

/** SRID, type, dimension and index of a geometry column: what its type declares, else what the rows say. */
export function resolveGeometry(candidate: Candidate, column: CandidateColumn, context: BuildContext): ResolvedGeometry {
  const declared = declaredType(candidate, column);
  const result = context.geometrySamples.get(columnKey(candidate.row.oid, column.row.name));
  const sample = result === undefined || 'failure' in result ? undefined : result;
  const sampledSrid = isGeography(column) ? (sample?.srids[0] ?? 4326) : sample?.srids[0];
  const srid = declared?.srid ?? sampledSrid ?? 0;
  const manySrids = declared?.srid === undefined && (sample?.srids.length ?? 0) > 1;
  const fault = manySrids ? mixedSrids(candidate, column, sample?.srids ?? []) : sridFault(candidate, column, { srid, result }, context);
  if (fault !== undefined) return { kind: 'left-out', finding: fault };
  const geometry: GeometryColumn = Object.freeze({
    name: column.row.name,
    type: isGeography(column) ? 'geography' : 'geometry',
    srid,
    ...shapeOf(declared, sample),
    indexed: hasSpatialIndex(column.row, candidate.indexes) || readsIndexedColumn(candidate, column),
    nullable: !column.row.notNull && column.type?.notNull !== true,
  });
  return { kind: 'geometry', geometry };
}

/** What the column's type says, else what constraints in the way of PostGIS 1 say. */
export function declaredType(candidate: Candidate, column: CandidateColumn): SpatialType | undefined {
  const declared = decodeSpatialTypmod(column.type?.typmod ?? -1);
  if (declared !== undefined || candidate.constraints.length === 0) return declared;
  return spatialTypeOfConstraints(
    column.row.name,
    candidate.constraints.map(({ definition }) => definition),
  );
}

/** A type seen in some rows is only claimed for the column when all rows have been seen. */
function shapeOf(
  declared: SpatialType | undefined,
  sample: GeometrySample | undefined,
): Pick<GeometryColumn, 'geometryType' | 'hasZ' | 'hasM'> {
  const [first, second] = sample?.types ?? [];
  const seen = sample?.complete === true && second === undefined ? first : undefined;
  return {
    geometryType: declared?.geometryType ?? seen ?? 'GEOMETRY',
    hasZ: declared?.hasZ ?? sample?.hasZ ?? false,
    hasM: declared?.hasM ?? sample?.hasM ?? false,
  };
}

/** A view shows a table's column as it is when it has the same declared type: the planner uses the table's index then. */
function readsIndexedColumn({ sources }: Candidate, { row }: CandidateColumn): boolean {
  return sources.some((source) => row.typmod >= 0 && source.column.typmod === row.typmod && hasSpatialIndex(source.column, source.indexes));
}

function sridFault(
  candidate: Candidate,
  column: CandidateColumn,
  known: { readonly srid: number; readonly result: SampleResult | undefined },
  context: BuildContext,
): Finding | undefined {
  const { relation } = candidate;
  const { name } = column.row;
  if (known.srid > 0) {
    if (context.references === undefined || context.references.has(known.srid)) return undefined;
    return leftOut(relation, {
      column: name,
      code: 'srid-undefined',
      message: `The SRID ${known.srid} of ${name} is not in spatial_ref_sys, so that nothing is known about it`,
      remedy: `insert into ${quoted([context.postgisSchema, 'spatial_ref_sys'])} (srid, auth_name, auth_srid, srtext, proj4text) values (${known.srid}, …);`,
    });
  }
  if (known.result !== undefined && 'failure' in known.result) {
    return leftOut(relation, {
      column: name,
      code: 'not-readable',
      message: `Reading the first rows failed: ${failureText(known.result.failure)}`,
      // A view that declares its column's type need not be read.
      remedy: ['view', 'foreign-table'].includes(relation.kind) ? sridRemedy(candidate, column) : undefined,
    });
  }
  const empty = known.result === undefined || known.result.srids.length === 0;
  return leftOut(relation, {
    column: name,
    code: 'srid-unknown',
    message: empty
      ? `The type of ${name} has no SRID, and there are no geometries yet that would have one`
      : `Neither the type of ${name} nor its geometries have an SRID`,
    remedy: sridRemedy(candidate, column),
  });
}

function mixedSrids(candidate: Candidate, column: CandidateColumn, srids: readonly number[]): Finding {
  return leftOut(candidate.relation, {
    column: column.row.name,
    code: 'srid-mixed',
    message: `The geometries of ${column.row.name} have different SRIDs: ${srids.join(', ')}`,
    remedy: sridRemedy(
      candidate,
      column,
      srids.find((srid) => srid > 0),
      'st_transform',
    ),
  });
}

function sridRemedy(
  { relation }: Candidate,
  column: CandidateColumn,
  srid = 4326,
  make: 'st_setsrid' | 'st_transform' = 'st_setsrid',
): string {
  const table = quoted([relation.schema, relation.name]);
  const name = quoted(column.row.name);
  const declared = decodeSpatialTypmod(column.type?.typmod ?? -1)?.geometryType ?? 'Geometry';
  if (relation.kind === 'table' || relation.kind === 'partitioned') {
    return `alter table ${table} alter column ${name} type geometry(${declared}, ${srid}) using ${make}(${name}, ${srid}); -- with the SRID of the data`;
  }
  return `-- in the definition of ${table}: ${make}(${name}, ${srid})::geometry(${declared}, ${srid}) as ${name}, with the SRID of the data`;
}

function isGeography(column: CandidateColumn): boolean {
  return column.type?.type.name === 'geography';
}
