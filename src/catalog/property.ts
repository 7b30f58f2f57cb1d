import type { Property } from './collection.ts';
import type { Comment } from './comment.ts';
import type { ColumnRow, TypeRow } from './schema-rows.ts';

/** A column's type with domains resolved to what they are made of. */
export interface ResolvedType {
  readonly type: TypeRow;
  readonly typmod: number;
  /** A domain on the way forbids null. */
  readonly notNull: boolean;
}

type Shape = Pick<Property, 'jsonType' | 'format'>;

const SHAPES: Readonly<Record<string, Shape>> = {
  bool: shape('boolean'),
  int2: shape('integer', 'int16'),
  int4: shape('integer', 'int32'),
  int8: shape('integer', 'int64'),
  float4: shape('number', 'float'),
  float8: shape('number', 'double'),
  oid: shape('integer'),
  numeric: shape('number'),
  date: shape('string', 'date'),
  timestamp: shape('string', 'date-time'),
  timestamptz: shape('string', 'date-time'),
  time: shape('string', 'time'),
  timetz: shape('string', 'time'),
  interval: shape('string'),
  uuid: shape('string', 'uuid'),
  bytea: shape('string', 'byte'),
  json: shape('any'),
  jsonb: shape('any'),
  hstore: shape('object'),
  record: shape('object'),
};

/** Follows a column's type through domains; undefined for a type that the catalogue statement did not list. */
export function resolveType(types: ReadonlyMap<number, TypeRow>, oid: number, typmod: number): ResolvedType | undefined {
  let type = types.get(oid);
  let modifier = typmod;
  let notNull = false;
  while (type?.typtype === 'd') {
    notNull ||= type.notNull;
    if (modifier < 0) modifier = type.typmod;
    type = types.get(type.baseType);
  }
  return type === undefined ? undefined : { type, typmod: modifier, notNull };
}

/** JSON Schema facts of a column that is neither geometry nor raster. */
export function propertyOf(column: ColumnRow, resolved: ResolvedType | undefined, comment: Comment): Property {
  // A row type of a table is the only kind that the type statement leaves out.
  const name = resolved?.type.name ?? 'record';
  return {
    name: column.name,
    title: comment.title,
    description: comment.description,
    unit: comment.unit,
    type: name,
    ...shapeOf(resolved?.type),
    maxLength: maxLengthOf(name, resolved?.typmod ?? -1),
    enum: resolved?.type.labels,
    nullable: !column.notNull && resolved?.notNull !== true,
  };
}

function shapeOf(type: TypeRow | undefined): Shape {
  if (type === undefined) return shape('object');
  const known = SHAPES[type.name];
  if (known !== undefined) return known;
  if (type.category === 'A' && type.elementType !== 0) return shape('array');
  if (type.typtype === 'm') return shape('array');
  if (type.typtype === 'c' || type.typtype === 'r') return shape('object');
  return shape('string');
}

/** `varchar(n)` and `char(n)` carry n + 4 in their modifier, `bit(n)` and `varbit(n)` n itself. */
function maxLengthOf(name: string, typmod: number): number | undefined {
  if (name === 'varchar' || name === 'bpchar') return typmod > 4 ? typmod - 4 : undefined;
  if (name === 'bit' || name === 'varbit') return typmod > 0 ? typmod : undefined;
  return undefined;
}

function shape(jsonType: Property['jsonType'], format?: string): Shape {
  return { jsonType, format };
}
