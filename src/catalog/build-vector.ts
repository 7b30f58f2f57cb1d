import { baseOf, versionOf } from './build.ts';
import type { BuildContext, Outcome } from './build.ts';
import type { Candidate, CandidateColumn } from './candidate.ts';
import type { Finding } from './catalog.ts';
import { leftOut, quoted, warning } from './finding.ts';
import { resolveGeometry } from './geometry-column.ts';
import type { GeometryColumn, VectorCollection } from './collection.ts';
import { tableColumns } from './table-columns.ts';
import { temporalColumns } from './temporal.ts';

/** A vector collection of one geometry column, or of a table without one, with what is left out of it or amiss. */
export function buildVector(
  candidate: Candidate,
  column: CandidateColumn | undefined,
  place: { readonly id: string; readonly own: boolean },
  context: BuildContext,
): Outcome {
  const geometry = column === undefined ? undefined : resolveGeometry(candidate, column, context);
  if (geometry?.kind === 'left-out') return { collection: undefined, findings: [geometry.finding] };
  const { properties, key, unknownKeys } = tableColumns(candidate, context.properties);
  const temporal = temporalColumns(candidate.comment, properties);
  const content = {
    ...baseOf(candidate, column, place.id, place.own),
    kind: 'vector' as const,
    geometry: geometry?.geometry,
    key: key,
    properties: properties,
    temporal: temporal.columns,
  };
  const collection: VectorCollection = Object.freeze({ ...content, version: versionOf(content, candidate) });
  const findings = [
    ...unknownColumns(candidate, [...unknownKeys, ...temporal.unknown]),
    ...keyWarnings(candidate, collection),
    ...indexWarnings(candidate, collection.geometry),
  ];
  return { collection, findings };
}

function unknownColumns(candidate: Candidate, names: readonly string[]): readonly Finding[] {
  return names.map((name) =>
    warning(candidate.relation, {
      code: 'unknown-comment-column',
      message: `The comment names the column "${name}", which does not exist, may not be read or has the wrong type: it is ignored`,
    }),
  );
}

function keyWarnings(candidate: Candidate, { key }: VectorCollection): readonly Finding[] {
  if (key.length > 0) return [];
  const { relation } = candidate;
  const name = quoted([relation.schema, relation.name]);
  const remedy =
    relation.kind === 'table' || relation.kind === 'partitioned'
      ? `alter table ${name} add primary key (…);`
      : relation.kind === 'materialized-view'
        ? `comment on materialized view ${name} is '{"id": "…"}';`
        : `comment on ${relation.kind === 'view' ? 'view' : 'foreign table'} ${name} is '{"id": "…"}';`;
  return [
    warning(relation, {
      code: 'no-primary-key',
      message: 'It has no key, so that features have no id and cannot be asked for one by one',
      remedy,
    }),
  ];
}

function indexWarnings({ relation }: Candidate, geometry: GeometryColumn | undefined): readonly Finding[] {
  if (geometry === undefined || geometry.indexed) return [];
  if (relation.kind === 'view' || relation.kind === 'foreign-table') return [];
  return [
    warning(relation, {
      column: geometry.name,
      code: 'no-spatial-index',
      message: `No usable spatial index stands on ${geometry.name}: every tile and every bbox reads the whole table`,
      remedy: `create index on ${quoted([relation.schema, relation.name])} using gist (${quoted(geometry.name)});`,
    }),
  ];
}

/** Columns that no collection of the relation shows, each with its reason. */
export function hiddenColumns(candidate: Candidate, role: string): readonly Finding[] {
  return candidate.columns.flatMap(({ role: kind, row, comment, type }) => {
    const say = (code: string, message: string, remedy?: string): readonly Finding[] => [
      leftOut(candidate.relation, { column: row.name, code, message, remedy }),
    ];
    if (!row.selectable) {
      const name = quoted([candidate.relation.schema, candidate.relation.name]);
      return say(
        'no-select-privilege',
        `The role ${role} may not read the column ${row.name}`,
        `grant select (${quoted(row.name)}) on ${name} to ${quoted(role)};`,
      );
    }
    if (comment.hidden) return say('hidden-by-comment', `The comment of the column ${row.name} says "hidden": true`);
    if (kind === 'unsupported') {
      return say(
        'unsupported-type',
        `Columns of type ${type?.type.name ?? 'record'} are not served`,
        `-- serve a view that converts it to geometry`,
      );
    }
    return [];
  });
}
