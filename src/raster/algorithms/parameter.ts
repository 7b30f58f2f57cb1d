import { AppError } from '../../base/error.ts';

/** Values of parameters by name, as they came from JSON. */
export type Params = Readonly<Record<string, unknown>>;

/** A parameter of an algorithm: its JSON Schema, and how to read it. */
export interface Parameter<T> {
  readonly name: string;
  readonly schema: { readonly description: string; readonly [member: string]: unknown };
  /** The value or its default. Throws INVALID_PARAMETER for another type or a value out of bounds. */
  read(params: Params): T;
}

/** What is known of a number, in the words of JSON Schema. */
export interface NumberFacts {
  readonly type: 'number' | 'integer';
  readonly minimum: number;
  readonly maximum: number;
  readonly default?: number;
  readonly description: string;
}

/** A number with a default. */
export function numberParameter(name: string, facts: NumberFacts & { readonly default: number }): Parameter<number> {
  const { read, ...rest } = optionalNumber(name, facts);
  return { ...rest, read: (params) => read(params) ?? facts.default };
}

/** A number that may be absent. */
export function optionalNumber(name: string, facts: NumberFacts): Parameter<number | undefined> {
  const { type, minimum, maximum } = facts;
  return {
    name,
    schema: { ...facts },
    read(params) {
      const value = own(params, name);
      if (value === undefined || value === null) return undefined;
      const fits = typeof value === 'number' && value >= minimum && value <= maximum && (type === 'number' || Number.isInteger(value));
      return fits ? value : reject(name, value, `${type === 'integer' ? 'an integer' : 'a number'} from ${minimum} to ${maximum}`);
    },
  };
}

/** One of some words; the first is the default. */
export function wordParameter<W extends string>(name: string, words: readonly [W, ...W[]], description: string): Parameter<W> {
  return {
    name,
    schema: { type: 'string', enum: words, default: words[0], description },
    read(params) {
      const value = own(params, name);
      if (value === undefined) return words[0];
      return words.find((word) => word === value) ?? reject(name, value, `one of ${words.join(', ')}`);
    },
  };
}

/** The value that the parameters themselves have, not their prototype. */
export function own(params: Params, name: string): unknown {
  return Object.hasOwn(params, name) ? params[name] : undefined;
}

/** Throws INVALID_PARAMETER about one parameter of an algorithm. */
export function reject(name: string, value: unknown, expected: string): never {
  const text = JSON.stringify(value) ?? 'undefined';
  const short = text.length > 60 ? `${text.slice(0, 60)}…` : text;
  throw new AppError('INVALID_PARAMETER', { detail: `Cannot use algorithm parameter ${name}=${short}: expected ${expected}` });
}
