import { readFileSync } from 'node:fs';
import { sql } from '../base/sql.ts';
import type { Sql } from '../base/sql.ts';

// From src/db and from dist/db alike, the package root is two folders up.
const ROOT = new URL('../../sql/', import.meta.url);
const texts = new Map<string, string>();

/**
 * A static statement from `sql/`, read once: `sqlFile('catalog/relations.sql', schemas)`. Its `$1` … `$n` are bound to
 * `values` in order; a placeholder may stand more than once.
 * @throws Error when the file is missing or asks for more values than were given
 */
export function sqlFile(path: string, ...values: readonly unknown[]): Sql {
  const pieces = readOnce(path).split(/\$(\d+)/);
  const text = pieces.filter((_, i) => i % 2 === 0);
  const bound = pieces
    .filter((_, i) => i % 2 === 1)
    .map((number) => {
      if (Number(number) > values.length) throw new Error(`sql/${path} needs $${number}, got ${values.length} values`);
      return values[Number(number) - 1];
    });
  return sql(Object.assign(text, { raw: text }), ...bound);
}

function readOnce(path: string): string {
  const known = texts.get(path);
  if (known !== undefined) return known;
  const text = readFileSync(new URL(path, ROOT), 'utf8');
  texts.set(path, text);
  return text;
}
