import type { Relation } from './collection.ts';

/** A part of an id: as it is, or quoted as in SQL when it holds a dot or a double quote. */
export function quotePart(part: string): string {
  return /[."]/.test(part) ? `"${part.replaceAll('"', '""')}"` : part;
}

/** The id of a relation's own collection: the bare name in `public`, `schema.name` elsewhere. */
export function relationId(relation: Pick<Relation, 'schema' | 'name'>): string {
  const name = quotePart(relation.name);
  return relation.schema === 'public' ? name : `${quotePart(relation.schema)}.${name}`;
}

/** The id of a collection made of one more geometry or raster column of a relation. */
export function columnId(relation: Pick<Relation, 'schema' | 'name'>, column: string): string {
  return `${relationId(relation)}.${quotePart(column)}`;
}

/** The name with its schema, always: for messages, and as an alias of ids in `public`. */
export function qualifiedName(relation: Pick<Relation, 'schema' | 'name'>): string {
  return `${quotePart(relation.schema)}.${quotePart(relation.name)}`;
}

/** A title that reads well: underscores become spaces, the first letter a capital, other spellings stay. */
export function titleOf(name: string): string {
  if (!/^[a-z][a-z0-9]*(?:_+[a-z0-9]+)*$/.test(name)) return name;
  const words = name.replaceAll(/_+/g, ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}
