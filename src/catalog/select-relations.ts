import type { Finding } from './catalog.ts';
import { leftOut, quoted } from './finding.ts';
import { relationMatcher } from './glob.ts';
import type { RelationRow } from './schema-rows.ts';

/** The settings that decide what is served. */
export interface SelectionOptions {
  readonly include: readonly string[];
  readonly exclude: readonly string[];
  readonly nonSpatialTables: boolean;
  /** A table or view of legends, `schema.name`; `graticule.legend` when absent. */
  readonly legendTable?: string;
}

/** Relations that could be collections. Partitions are not among them while their parent is. */
export function selectRelations(relations: readonly RelationRow[], options: SelectionOptions): readonly RelationRow[] {
  const reason = refusal(relations, options);
  return relations.filter((relation) => reason(relation) === undefined);
}

/** Why each of the others is left out; partitions go without saying. */
export function unselectedFindings(relations: readonly RelationRow[], options: SelectionOptions, role: string): readonly Finding[] {
  const reason = refusal(relations, options);
  return relations.flatMap((relation) => {
    const code = reason(relation);
    return code === undefined || code === 'partition' ? [] : [refused(relation, code, role)];
  });
}

type Refusal = 'no-geometry' | 'partition' | 'excluded-by-config' | 'no-select-privilege' | 'not-populated';

function refusal(relations: readonly RelationRow[], options: SelectionOptions): (relation: RelationRow) => Refusal | undefined {
  const included = relationMatcher(options.include);
  const excluded = relationMatcher(options.exclude);
  const byOid = new Map(relations.map((relation) => [relation.oid, relation]));
  const own = ({ spatial, schema, name, schemaUsage, tableSelect, columnSelect, populated }: RelationRow): Refusal | undefined => {
    if (!spatial && !options.nonSpatialTables) return 'no-geometry';
    if (options.include.length > 0 && !included(schema, name)) return 'excluded-by-config';
    if (excluded(schema, name)) return 'excluded-by-config';
    if (!schemaUsage || (!tableSelect && !columnSelect)) return 'no-select-privilege';
    return populated ? undefined : 'not-populated';
  };
  const memory = new Map<RelationRow, Refusal | undefined>();
  return function reason(relation: RelationRow): Refusal | undefined {
    if (memory.has(relation)) return memory.get(relation);
    const parent = relation.parent === undefined ? undefined : byOid.get(relation.parent);
    // A part of a table that is served, or that is itself a part of one.
    const covered = parent !== undefined && [undefined, 'partition'].includes(reason(parent));
    const found = covered ? 'partition' : own(relation);
    memory.set(relation, found);
    return found;
  };
}

function refused(relation: RelationRow, code: Exclude<Refusal, 'partition'>, role: string): Finding {
  const name = quoted([relation.schema, relation.name]);
  switch (code) {
    case 'no-geometry':
      return leftOut(relation, {
        code,
        message: 'It has no geometry, geography or raster column',
        remedy: '-- set GRATICULE_NON_SPATIAL=true to serve tables without geometry',
      });
    case 'excluded-by-config':
      return leftOut(relation, { code, message: 'GRATICULE_INCLUDE or GRATICULE_EXCLUDE leaves it out' });
    case 'no-select-privilege': {
      const usage = relation.schemaUsage ? '' : `grant usage on schema ${quoted(relation.schema)} to ${quoted(role)}; `;
      return leftOut(relation, {
        code,
        message: `The role ${role} may not ${relation.schemaUsage ? 'read it' : `use the schema ${relation.schema}`}`,
        remedy: `${usage}grant select on ${name} to ${quoted(role)};`,
      });
    }
    case 'not-populated':
      return leftOut(relation, {
        code,
        message: 'The materialised view has never been filled',
        remedy: `refresh materialized view ${name};`,
      });
  }
}
