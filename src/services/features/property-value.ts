import { AppError } from '../../base/error.ts';
import { compareInstants, parseDatetime } from '../../base/interval.ts';
import { ident, sql } from '../../base/sql.ts';
import type { Sql } from '../../base/sql.ts';
import type { Property } from '../../catalog/collection.ts';

const INTEGERS: Readonly<Record<string, bigint>> = { int2: 2n ** 15n, int4: 2n ** 31n, int8: 2n ** 63n };
const DECIMAL = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d{1,4})?$/;
const UUID = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i;
const TEXTS = new Set(['text', 'varchar', 'bpchar', 'citext', 'name']);

/** True for the three integer types. */
export function isInteger(property: Property): boolean {
  return property.type in INTEGERS;
}

/**
 * Checks that a text is a value of a property's type, so that no bad value reaches the database.
 * @throws AppError INVALID_PARAMETER
 */
export function checkPropertyValue(property: Property, value: string): void {
  const wrong = fault(property, value);
  if (wrong === undefined) return;
  throw new AppError('INVALID_PARAMETER', { detail: `Cannot parse ${property.name} "${value}": ${wrong}` });
}

/** Condition for rows whose property equals a text; undefined when the text is no value of the type. */
export function equalsValue(property: Property, value: string): Sql | undefined {
  if (fault(property, value) !== undefined) return undefined;
  const column = ident(property.name);
  switch (property.type) {
    case 'int2':
    case 'int4':
    case 'int8':
    case 'numeric':
    case 'float8':
    case 'bool':
    case 'uuid':
    case 'date':
      return sql`${column} = ${value}`;
    // A float4 column widened to float8 would not equal 0.1; the value is narrowed instead.
    case 'float4':
      return sql`${column} = ${value}::float4`;
    case 'timestamp':
    case 'timestamptz':
      return sql`${column} = ${instantText(value)}`;
    case 'bytea':
      return sql`translate(encode(${column}, 'base64'), E'\\n', '') = ${value}`;
    default:
      if (TEXTS.has(property.type)) return sql`${column} = ${value}`;
      // By the text that is served, which a cast to text is not for all (inet); so no value can make the type's parser raise.
      return sql`${column} is not null and concat(${column}) = ${value}`;
  }
}

function fault(property: Property, value: string): string | undefined {
  if (value.includes('\0')) return 'a text cannot hold the character NUL';
  const bound = INTEGERS[property.type];
  if (bound !== undefined) return integerFault(value, bound);
  switch (property.type) {
    case 'numeric':
    case 'float4':
    case 'float8':
      return numberFault(property.type, value);
    case 'bool':
      return value === 'true' || value === 'false' ? undefined : 'expected true or false';
    case 'uuid':
      return UUID.test(value) ? undefined : 'expected a UUID';
    case 'date':
    case 'timestamp':
    case 'timestamptz':
      return timeFault(property.type, value);
    default:
      return property.enum === undefined || property.enum.includes(value) ? undefined : `expected one of ${property.enum.join(', ')}`;
  }
}

function integerFault(value: string, bound: bigint): string | undefined {
  if (!/^[+-]?\d{1,100}$/.test(value)) return 'expected an integer';
  const number = BigInt(value.replace('+', ''));
  return number >= -bound && number < bound ? undefined : `expected an integer from ${-bound} to ${bound - 1n}`;
}

function numberFault(type: 'numeric' | 'float4' | 'float8', value: string): string | undefined {
  if (!DECIMAL.test(value)) return 'expected a number';
  if (type === 'numeric') return undefined;
  const number = type === 'float4' ? Math.fround(Number(value)) : Number(value);
  const vanished = number === 0 && /[1-9]/.test(value.replace(/[eE].*$/, ''));
  return Number.isFinite(number) && !vanished ? undefined : `expected a number within the range of ${type}`;
}

function timeFault(type: 'date' | 'timestamp' | 'timestamptz', value: string): string | undefined {
  const shape = type === 'date' ? /^\d{4}-\d{2}-\d{2}$/ : /^\d{4}-\d{2}-\d{2}T/i;
  const wanted = type === 'date' ? 'expected a date like 2026-01-31' : 'expected an instant like 2026-01-31T12:00:00Z';
  if (!shape.test(value) || value.startsWith('0000') || value.includes('/')) return wanted;
  try {
    const { start, end } = parseDatetime(value);
    return start !== undefined && end !== undefined && compareInstants(start, end) <= 0 ? undefined : wanted;
  } catch (error) {
    if (error instanceof AppError) return wanted;
    throw error;
  }
}

/** UTC and at most microseconds, which is what a timestamp column can hold. */
function instantText(value: string): string {
  return parseDatetime(value).start ?? value;
}
