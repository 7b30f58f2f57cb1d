import { AppError } from '../base/error.ts';
import type { Parameter } from './parameter.ts';

/**
 * Keyword-value pairs of a classic OGC request: names in any case, in any order, unknown ones ignored
 * (OGC 06-042 §6.8, OGC 06-121r3 §11.5).
 */
export interface Kvp {
  /** The value of a name; undefined when it is absent. @throws AppError DUPLICATE_PARAMETER when it is given more than once */
  get(name: string): string | undefined;
  /** Reads one of the framework's parameters under its own name. @throws AppError of the parameter, with the name as locator */
  read<T>(parameter: Parameter<T>): T;
  /** Reads a record of parameters. @throws AppError of the first that is wrong */
  readAll<In extends object>(parameters: { readonly [K in keyof In]: Parameter<In[K]> }): In;
}

/** Wraps decoded query parameters. */
export function createKvp(query: readonly (readonly [name: string, value: string])[]): Kvp {
  const values = new Map<string, string[]>();
  for (const [name, value] of query) {
    const key = name.toLowerCase();
    const given = values.get(key);
    if (given === undefined) values.set(key, [value]);
    else given.push(value);
  }
  const get = (name: string): string | undefined => {
    const [value, ...more] = values.get(name.toLowerCase()) ?? [];
    if (more.length > 0) throw invalid('DUPLICATE_PARAMETER', name, `Parameter ${name} is given ${more.length + 1} times: expected once`);
    if (value?.includes('\0') === true) throw invalid('INVALID_PARAMETER', name, `Parameter ${name} contains the character NUL`);
    return value;
  };
  const read = <T>(parameter: Parameter<T>): T => {
    const { name, repeatable } = parameter;
    const raw = repeatable === true ? values.get(name.toLowerCase())?.join(',') : get(name);
    try {
      return parameter.parse(raw);
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      throw invalid(error.code, name, error.detail);
    }
  };
  // Two signatures: that the members of the result are those of the record, TypeScript cannot see through Object.entries.
  function readAll<In extends object>(parameters: { readonly [K in keyof In]: Parameter<In[K]> }): In;
  function readAll(parameters: Readonly<Record<string, Parameter<unknown>>>): object {
    return Object.fromEntries(Object.entries(parameters).map(([member, parameter]) => [member, read(parameter)]));
  }
  return { get, read, readAll };
}

function invalid(code: AppError['code'], name: string, detail: string): AppError {
  return new AppError(code, { detail, exception: { code: 'InvalidParameterValue', locator: name } });
}
