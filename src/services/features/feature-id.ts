import { and, ident, join, literal, sql } from '../../base/sql.ts';
import type { Sql } from '../../base/sql.ts';
import type { Property } from '../../catalog/collection.ts';
import { equalsValue, isInteger } from './property-value.ts';

/** SQL for the JSON of a feature's id: a number for an integer key, else its text, composite keys joined by commas. */
export function idJson(key: readonly Property[], row: string): Sql {
  const [only] = key;
  if (only !== undefined && key.length === 1) {
    const column = ident([row, only.name]);
    return isInteger(only) ? sql`${column}::text` : sql`to_json(${column}::text)::text`;
  }
  const parts = key.map((property) => escaped(property, ident([row, property.name])));
  return sql`to_json(${join(parts, sql` || ',' || `)})::text`;
}

/**
 * Condition that picks the feature of an id as it stands in a path; undefined when no row can have it, because the
 * text is not one that we write for this key (`01`, `1.0`, a wrong number of parts).
 */
export function idCondition(key: readonly Property[], id: string): Sql | undefined {
  if (id.includes('\0')) return undefined;
  const texts = key.length === 1 ? [id] : splitId(id);
  if (texts?.length !== key.length) return undefined;
  const conditions: Sql[] = [];
  for (const [i, property] of key.entries()) {
    const condition = partCondition(property, texts[i] ?? '');
    if (condition === undefined) return undefined;
    conditions.push(condition);
  }
  return and(conditions);
}

/** Parts of a composite id: `\` escapes itself and the comma; undefined for any other use of `\`. */
export function splitId(id: string): readonly string[] | undefined {
  if (!/^(?:[^\\]|\\[\\,])*$/s.test(id)) return undefined;
  const parts = [''];
  for (const [piece] of id.matchAll(/\\[\\,]|[^\\]/gs)) {
    if (piece === ',') parts.push('');
    else parts[parts.length - 1] += piece.length === 2 && piece.startsWith('\\') ? piece.slice(1) : piece;
  }
  return parts;
}

function escaped(property: Property, column: Sql): Sql {
  if (isInteger(property) || property.type === 'uuid') return sql`${column}::text`;
  const slashes = sql`replace(${column}::text, ${literal('\\')}, ${literal('\\\\')})`;
  return sql`replace(${slashes}, ',', ${literal('\\,')})`;
}

/** The text must be the very text that the column gives: `01` is not the id `1`. */
function partCondition(property: Property, text: string): Sql | undefined {
  const column = ident(property.name);
  if (isInteger(property)) {
    if (!/^(0|-?[1-9]\d*)$/.test(text)) return undefined;
    return equalsValue(property, text);
  }
  if (property.type === 'uuid') return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text) ? equalsValue(property, text) : undefined;
  if (['text', 'varchar'].includes(property.type)) return sql`${column} = ${text}`;
  return sql`${column}::text = ${text}`;
}
