/** A piece of SQL: literal text with holes, each hole a bound value. Text can only come from templates and `ident`. */
export interface Sql {
  readonly [brand]: true;
  /** `text.length === values.length + 1`; value i stands between text[i] and text[i + 1]. */
  readonly text: readonly string[];
  readonly values: readonly unknown[];
}

/** What the database is sent: `$n` placeholders and their values. */
export interface Statement {
  readonly text: string;
  readonly values: readonly unknown[];
}

const brand = Symbol('sql');

/** Composes SQL: an interpolated `Sql` nests, everything else becomes a bind parameter. A string can never become SQL text. */
export function sql(strings: TemplateStringsArray, ...values: readonly unknown[]): Sql {
  const text: string[] = [strings[0] ?? ''];
  const bound: unknown[] = [];
  values.forEach((value, i) => {
    if (isSql(value)) append(text, bound, value);
    else {
      bound.push(value);
      text.push('');
    }
    text[text.length - 1] += strings[i + 1] ?? '';
  });
  return make(text, bound);
}

/** A qualified identifier, each part quoted and doubled: `ident(['s', 'a.b'])` is `"s"."a.b"`. */
export function ident(parts: string | readonly string[]): Sql {
  const names = typeof parts === 'string' ? [parts] : parts;
  for (const name of names) if (name.includes('\0')) throw new Error('Identifier contains NUL');
  return make([names.map((name) => `"${name.replaceAll('"', '""')}"`).join('.')], []);
}

/** Pieces joined by a separator; nothing when there are none. */
export function join(pieces: readonly Sql[], separator: Sql = sql`, `): Sql {
  const text = [''];
  const bound: unknown[] = [];
  pieces.forEach((piece, i) => {
    if (i > 0) append(text, bound, separator);
    append(text, bound, piece);
  });
  return make(text, bound);
}

/** Conditions that must all hold; absent ones are dropped, none at all is `true`. */
export function and(conditions: readonly (Sql | undefined)[]): Sql {
  const present = conditions.filter((c) => c !== undefined);
  if (present.length === 0) return sql`true`;
  return join(
    present.map((c) => sql`(${c})`),
    sql` and `,
  );
}

/** Conditions of which one must hold; none at all is `false`. */
export function or(conditions: readonly (Sql | undefined)[]): Sql {
  const present = conditions.filter((c) => c !== undefined);
  if (present.length === 0) return sql`false`;
  return sql`(${join(present, sql` or `)})`;
}

/**
 * A constant written into the text as a quoted literal, for the few places where a bind parameter cannot stand
 * (JSON member names built once per catalogue) or would hide a constant from the planner. Never for request input.
 */
export function literal(value: string | number | boolean): Sql {
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw new Error(`No literal for ${value}`);
    return make([value < 0 ? `(${value})` : String(value)], []);
  }
  if (typeof value === 'boolean') return make([value ? 'true' : 'false'], []);
  if (value.includes('\0')) throw new Error('Literal contains NUL');
  const quoted = `'${value.replaceAll("'", "''")}'`;
  return make([value.includes('\\') ? ` E${quoted.replaceAll('\\', '\\\\')}` : quoted], []);
}

/** The statement as the database takes it. */
export function compile(piece: Sql): Statement {
  let text = piece.text[0] ?? '';
  piece.values.forEach((_, i) => {
    text += `$${i + 1}${piece.text[i + 1] ?? ''}`;
  });
  return { text, values: piece.values };
}

function isSql(value: unknown): value is Sql {
  return typeof value === 'object' && value !== null && brand in value;
}

function make(text: readonly string[], values: readonly unknown[]): Sql {
  return Object.freeze({ [brand]: true as const, text, values });
}

function append(text: string[], bound: unknown[], piece: Sql): void {
  text[text.length - 1] += piece.text[0] ?? '';
  bound.push(...piece.values);
  text.push(...piece.text.slice(1));
}
