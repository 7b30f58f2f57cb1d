import { AppError } from '../../base/error.ts';
import { decimalOf } from '../../base/decimal.ts';
import type { Parameter } from '../parameter.ts';
import { cannotParse } from '../../base/cannot-parse.ts';

/** Name and prose of a parameter. */
export interface Named {
  readonly name: string;
  readonly doc: string;
}

/** A whole number within bounds. @throws AppError INVALID_PARAMETER, CONTENT_TOO_LARGE above `limit` */
export function integerParameter(
  { name, doc }: Named,
  bounds: { readonly minimum: number; readonly maximum?: number; readonly limit?: number },
): Parameter<number | undefined> {
  const { minimum, maximum, limit } = bounds;
  const expected = maximum === undefined ? `an integer of at least ${minimum}` : `an integer from ${minimum} to ${maximum}`;
  return {
    name,
    in: 'query',
    doc,
    schema: { type: 'integer', minimum, ...((maximum ?? limit) === undefined ? {} : { maximum: maximum ?? limit }) },
    parse(raw) {
      if (raw === undefined) return undefined;
      const value = /^\+?\d{1,15}$/.test(raw) ? Number(raw) : Number.NaN;
      if (!(value >= minimum && value <= (maximum ?? Number.MAX_SAFE_INTEGER))) throw cannotParse(name, raw, `expected ${expected}`);
      if (limit !== undefined && value > limit) {
        throw new AppError('CONTENT_TOO_LARGE', { detail: `${name} is ${value}: at most ${limit} are answered` });
      }
      return value;
    },
  };
}

/** A finite number. @throws AppError INVALID_PARAMETER */
export function numberParameter(
  { name, doc }: Named,
  range: { readonly above?: number; readonly minimum?: number; readonly maximum?: number } = {},
): Parameter<number | undefined> {
  const { above, minimum, maximum } = range;
  const bounds = [
    ...(above === undefined ? [] : [`above ${above}`]),
    ...(minimum === undefined ? [] : [`of at least ${minimum}`]),
    ...(maximum === undefined ? [] : [`of at most ${maximum}`]),
  ];
  return {
    name,
    in: 'query',
    doc,
    schema: {
      type: 'number',
      ...(above === undefined ? {} : { minimum: above, exclusiveMinimum: true }),
      ...(minimum === undefined ? {} : { minimum }),
      ...(maximum === undefined ? {} : { maximum }),
    },
    parse(raw) {
      if (raw === undefined) return undefined;
      const value = decimalOf(raw) ?? Number.NaN;
      if (value > (above ?? -Infinity) && value >= (minimum ?? -Infinity) && value <= (maximum ?? Infinity)) return value;
      throw cannotParse(name, raw, ['expected a finite number', bounds.join(' and ')].join(' ').trim());
    },
  };
}

/** `true` or `false`, lower case as OGC APIs write them. @throws AppError INVALID_PARAMETER */
export function booleanParameter({ name, doc }: Named, byDefault?: boolean): Parameter<boolean | undefined> {
  return {
    name,
    in: 'query',
    doc,
    schema: { type: 'boolean', ...(byDefault === undefined ? {} : { default: byDefault }) },
    parse(raw) {
      if (raw === undefined) return undefined;
      if (raw === 'true' || raw === 'false') return raw === 'true';
      throw cannotParse(name, raw, 'expected true or false');
    },
  };
}

/** One of some words. @throws AppError INVALID_PARAMETER */
export function choiceParameter<T extends string>({ name, doc }: Named, choices: readonly T[]): Parameter<T | undefined> {
  return {
    name,
    in: 'query',
    doc,
    schema: { type: 'string', enum: choices },
    parse(raw) {
      if (raw === undefined) return undefined;
      const found = choices.find((choice) => choice === raw);
      if (found !== undefined) return found;
      throw cannotParse(name, raw, `expected one of ${choices.join(', ')}`);
    },
  };
}
