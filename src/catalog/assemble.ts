import { createBreath } from '../base/breath.ts';
import type { BuildContext, Outcome } from './build.ts';
import { columnKey } from './build.ts';
import { buildRaster } from './build-raster.ts';
import { buildVector, hiddenColumns } from './build-vector.ts';
import type { Candidate, CandidateColumn } from './candidate.ts';
import type { Finding } from './catalog.ts';
import { djangoCollection } from './django-collection.ts';
import { djangoTileColumn } from './django-layer.ts';
import type { Collection } from './collection.ts';
import { columnId, qualifiedName, relationId } from './collection-id.ts';
import { leftOut, warning } from './finding.ts';

/** The collections of one discovery with their other spellings and everything worth saying about them. */
export interface Assembly {
  readonly collections: ReadonlyMap<string, Collection>;
  readonly aliases: ReadonlyMap<string, string>;
  readonly findings: readonly Finding[];
}

interface Slot {
  readonly candidate: Candidate;
  /** Undefined for a table without geometry. */
  readonly column: CandidateColumn | undefined;
  /** The collection bears the relation's own id. */
  readonly own: boolean;
}

/** Builds every collection; relations take their ids first, columns take what is left. */
export async function assemble(candidates: readonly Candidate[], context: BuildContext): Promise<Assembly> {
  const breath = createBreath();
  const findings: Finding[] = [];
  const slots: Slot[] = [];
  for (const candidate of candidates) {
    await breath();
    findings.push(...commentWarnings(candidate));
    if (candidate.comment.hidden) {
      findings.push(leftOut(candidate.relation, { code: 'hidden-by-comment', message: 'Its comment says "hidden": true' }));
      continue;
    }
    findings.push(...hiddenColumns(candidate, context.role), ...overviewFindings(candidate, context));
    slots.push(...slotsOf(candidate, context));
  }
  const placed = place(slots);
  findings.push(...placed.findings);
  const collections = new Map<string, Collection>();
  for (const { slot, id } of placed.slots) {
    await breath();
    const outcome = build(slot, id, context);
    findings.push(...outcome.findings);
    if (outcome.collection !== undefined) collections.set(id, outcome.collection);
  }
  const aliases = new Map(aliasesOf(placed.slots, collections));
  for (const candidate of candidates) addDjangoLayers(candidate, context, { collections, aliases });
  return { collections, aliases, findings };
}

/** Each layer of a table of django-raster's tiles is a collection; its number names it too, as its formulas have it. */
function addDjangoLayers(
  candidate: Candidate,
  context: BuildContext,
  { collections, aliases }: { readonly collections: Map<string, Collection>; readonly aliases: Map<string, string> },
): void {
  const column = djangoTileColumn(candidate);
  if (column === undefined || candidate.comment.hidden) return;
  for (const layer of context.django.layers.get(candidate.row.oid) ?? []) {
    const id = columnId(candidate.relation, String(layer.id));
    if (collections.has(id)) continue;
    collections.set(id, djangoCollection(candidate, column, layer, id));
    if (!collections.has(String(layer.id)) && !aliases.has(String(layer.id))) aliases.set(String(layer.id), id);
  }
}

/** Geometry columns before raster columns; the first of them is the relation's own collection. */
function slotsOf(candidate: Candidate, context: BuildContext): readonly Slot[] {
  const spatial = candidate.columns.filter(({ role }) => role === 'geometry' || role === 'raster');
  if (spatial.length === 0) return [{ candidate, column: undefined, own: true }];
  const served = spatial.filter(
    ({ row, comment }) =>
      row.selectable &&
      !comment.hidden &&
      !context.django.layers.has(candidate.row.oid) &&
      context.rasterConstraints.get(columnKey(candidate.row.oid, row.name))?.overviewOf === undefined,
  );
  return [...served.filter(({ role }) => role === 'geometry'), ...served.filter(({ role }) => role === 'raster')].map((column, index) => ({
    candidate,
    column,
    own: index === 0,
  }));
}

interface Placed {
  readonly slots: readonly { readonly slot: Slot; readonly id: string }[];
  readonly findings: readonly Finding[];
}

/** A relation's id is its own whatever else exists; a column's id yields to it with a `~`. */
function place(slots: readonly Slot[]): Placed {
  const findings: Finding[] = [];
  const taken = new Set(slots.filter(({ own }) => own).map(({ candidate }) => relationId(candidate.relation)));
  const placed = slots.map((slot) => {
    const { relation } = slot.candidate;
    if (slot.own || slot.column === undefined) return { slot, id: relationId(relation) };
    const wanted = columnId(relation, slot.column.row.name);
    let id = wanted;
    while (taken.has(id)) id += '~';
    taken.add(id);
    if (id !== wanted) {
      findings.push(
        warning(relation, {
          column: slot.column.row.name,
          code: 'id-conflict',
          message: `The id ${wanted} belongs to a relation of that name: this column's collection is ${id}`,
        }),
      );
    }
    return { slot, id };
  });
  return { slots: placed, findings };
}

function build({ candidate, column, own }: Slot, id: string, context: BuildContext): Outcome {
  if (column?.role === 'raster') return buildRaster(candidate, column, { id, own }, context);
  return buildVector(candidate, column, { id, own }, context);
}

/** `public.t`, `t.geom` of the first geometry, and `t.geom2~`, which never changes its meaning. */
function aliasesOf(placed: Placed['slots'], collections: ReadonlyMap<string, Collection>): ReadonlyMap<string, string> {
  const aliases = new Map<string, string>();
  const add = (alias: string, id: string): void => {
    if (!collections.has(alias) && !aliases.has(alias)) aliases.set(alias, id);
  };
  for (const { slot, id } of placed) {
    if (!collections.has(id)) continue;
    const { relation } = slot.candidate;
    if (slot.own) add(qualifiedName(relation), id);
    if (slot.column === undefined) continue;
    const wanted = columnId(relation, slot.column.row.name);
    add(wanted, id);
    add(`${wanted}~`, id);
    if (relation.schema === 'public') add(`public.${wanted}`, id);
  }
  return aliases;
}

function overviewFindings(candidate: Candidate, context: BuildContext): readonly Finding[] {
  return candidate.columns.flatMap(({ row }) => {
    const of = context.rasterConstraints.get(columnKey(candidate.row.oid, row.name))?.overviewOf;
    if (of === undefined) return [];
    const base = qualifiedName({ schema: of.schema, name: of.table });
    return [
      leftOut(candidate.relation, {
        column: row.name,
        code: 'overview',
        message: `It is the level 1:${of.factor} of ${base}.${of.column} and serves that collection's small scales`,
      }),
    ];
  });
}

function commentWarnings(candidate: Candidate): readonly Finding[] {
  const own = candidate.comment.problems.map((problem) => warning(candidate.relation, problem));
  const columns = candidate.columns.flatMap(({ row, comment }) =>
    comment.problems.map((problem) => warning(candidate.relation, { ...problem, column: row.name })),
  );
  return [...own, ...columns];
}
