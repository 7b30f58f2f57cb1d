import { ANONYMOUS } from '../base/principal.ts';
import { ident, sql } from '../base/sql.ts';
import type { Database, Row } from '../db/database.ts';
import { sqlFile } from '../db/sql-file.ts';
import type { SpatialReference } from './catalog.ts';
import { flag, groupByOid, int, optional, strings, text } from './cell.ts';
import type {
  ColumnRow,
  ConstraintRow,
  FunctionRow,
  IndexRow,
  RelationRow,
  SchemaRows,
  ServerRow,
  TypeRow,
  ViewColumnRow,
} from './schema-rows.ts';

/** Time limit of one catalogue statement. */
const TIMEOUT_MS = 30_000;

/**
 * Reads everything that the system catalogue knows about the relations that `pick` chooses: eight statements at
 * most, one round of them, whatever the number of relations.
 */
export async function readSchema(
  database: Database,
  pick: (relations: readonly RelationRow[]) => readonly RelationRow[],
  signal: AbortSignal,
): Promise<SchemaRows> {
  const run = (name: string, ...values: readonly unknown[]): Promise<readonly Row[]> =>
    database.rows(sqlFile(`catalog/${name}.sql`, ...values), {
      name: `catalog.${name}`,
      signal,
      principal: ANONYMOUS,
      timeoutMs: TIMEOUT_MS,
    });
  // One after the other: discovery takes a single connection from those who serve requests.
  const server = await run('server');
  const relations = (await run('relations')).map(relationRow);
  const picked = pick(relations);
  const types = (await run('types')).map(typeRow);
  const columns = await run(
    'columns',
    `{${picked.map(({ oid }) => oid).join(',')}}`,
    `{${picked.map((relation) => relation.tableSelect).join(',')}}`,
  );
  const constraints = await run(
    'constraints',
    `{${picked
      .filter(({ locked }) => !locked)
      .map(({ oid }) => oid)
      .join(',')}}`,
  );
  const views = picked.filter(({ relkind }) => relkind === 'v').map(({ oid }) => oid);
  const viewColumns = views.length === 0 ? [] : await run('view-columns', `{${views.join(',')}}`);
  const sources = viewColumns.map((row) => int(row, 1));
  const withIndexes = new Set([...withPartitions(relations, picked), ...sources]);
  const locked = relations.filter((relation) => relation.locked).map(({ oid }) => oid);
  const indexes = await run('indexes', `{${[...withIndexes].join(',')}}`, `{${locked.join(',')}}`);
  const functions = await run('functions');
  return {
    server: serverRow(server[0]),
    relations,
    picked,
    types: new Map(types.map((type) => [type.oid, type])),
    columns: groupByOid(columns, createColumnParser()),
    indexes: groupByOid(indexes, indexRow),
    constraints: groupByOid(constraints, constraintRow),
    viewColumns: groupByOid(viewColumns, viewColumnRow),
    functions: functions.map(functionRow),
  };
}

/** The picked relations and, for partitioned ones, every part: an index may stand on the parts only. */
function withPartitions(relations: readonly RelationRow[], picked: readonly RelationRow[]): readonly number[] {
  const partitioned = picked.some((relation) => relation.relkind === 'p');
  const parts = partitioned ? relations.filter((relation) => relation.parent !== undefined) : [];
  return [...picked, ...parts].map((relation) => relation.oid);
}

/** Definitions of SRIDs from spatial_ref_sys; those missing there are missing in the map. */
export async function readSpatialReferences(
  database: Database,
  schema: string,
  srids: readonly number[],
  signal: AbortSignal,
): Promise<ReadonlyMap<number, SpatialReference>> {
  const rows = await database.rows(
    sql`select srid, auth_name, auth_srid, srtext, proj4text
        from ${ident([schema, 'spatial_ref_sys'])}
        where srid = any (${`{${srids.join(',')}}`}::integer[])`,
    { name: 'catalog.references', signal, principal: ANONYMOUS },
  );
  return new Map(rows.map(spatialReference).map((reference) => [reference.srid, reference]));
}

function serverRow(row: Row = []): ServerRow {
  const postgisSchema = optional(row, 4);
  return {
    postgresql: text(row, 0),
    // Without the extension but with the types, PostGIS came from its scripts and says no version here.
    postgis: optional(row, 1) ?? (postgisSchema === undefined ? undefined : 'unknown'),
    role: text(row, 2),
    raster: flag(row, 3),
    postgisSchema,
    referenceSystems: flag(row, 5),
  };
}

function relationRow(row: Row): RelationRow {
  return {
    oid: int(row, 0),
    schema: text(row, 1),
    name: text(row, 2),
    relkind: text(row, 3),
    spatial: flag(row, 4),
    parent: optional(row, 5) === undefined ? undefined : int(row, 5),
    schemaUsage: flag(row, 6),
    tableSelect: flag(row, 7),
    columnSelect: flag(row, 8),
    populated: flag(row, 9),
    rowCount: int(row, 10),
    rowSecurity: flag(row, 11),
    fileNode: int(row, 12),
    comment: optional(row, 13),
    locked: flag(row, 14),
  };
}

/** Columns that are alike share one record: 10,000 tables have but a few hundred kinds of columns. */
function createColumnParser(): (row: Row) => ColumnRow {
  const shared = new Map<string, ColumnRow>();
  return (row) => {
    const key = row.slice(1).join('\0');
    const known = shared.get(key);
    if (known !== undefined) return known;
    const column = columnRow(row);
    shared.set(key, column);
    return column;
  };
}

function columnRow(row: Row): ColumnRow {
  return {
    number: int(row, 1),
    name: text(row, 2),
    typeOid: int(row, 3),
    typmod: int(row, 4),
    notNull: flag(row, 5),
    selectable: flag(row, 6),
    comment: optional(row, 7),
  };
}

function typeRow(row: Row): TypeRow {
  return {
    oid: int(row, 0),
    name: text(row, 1),
    typtype: text(row, 2),
    category: text(row, 3),
    baseType: int(row, 4),
    typmod: int(row, 5),
    notNull: flag(row, 6),
    elementType: int(row, 7),
    labels: optional(row, 8) === undefined ? undefined : strings(row, 8),
  };
}

function indexRow(row: Row): IndexRow {
  return {
    method: text(row, 1),
    unique: flag(row, 2),
    primary: flag(row, 3),
    partial: flag(row, 4),
    hasExpressions: flag(row, 5),
    keyCount: int(row, 6),
    columns: text(row, 7).split(' ').map(Number),
    expressions: optional(row, 8),
    operatorClasses: strings(row, 9),
  };
}

function constraintRow(row: Row): ConstraintRow {
  return { kind: text(row, 1), definition: text(row, 2) };
}

function viewColumnRow(row: Row): ViewColumnRow {
  return { oid: int(row, 1), number: int(row, 2), name: text(row, 3), typmod: int(row, 4) };
}

function functionRow(row: Row): FunctionRow {
  return { schema: text(row, 0), name: text(row, 1), arguments: text(row, 2), returnsSet: flag(row, 3) };
}

function spatialReference(row: Row): SpatialReference {
  return {
    srid: int(row, 0),
    authority: optional(row, 1),
    code: optional(row, 2) === undefined ? undefined : int(row, 2),
    wkt: optional(row, 3),
    proj4: optional(row, 4),
  };
}
