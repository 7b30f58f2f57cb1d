import { AppError, errorKind } from '../base/error.ts';
import type { Fault } from '../base/error.ts';
import type { Parameter } from './parameter.ts';

/** What came over the wire, decoded strictly but not yet understood. */
export interface RawRequest {
  /** Path variables by name. */
  readonly path: Readonly<Record<string, string>>;
  /** Query parameters in order, duplicates included. */
  readonly query: readonly (readonly [name: string, value: string])[];
  /** True: parameters that are not known pass (`Prefer: handling=lenient`). */
  readonly isLenient?: boolean;
}

/** Which parameters there are, and what was given. */
export interface ParseTask {
  /** By member name of the route's input. */
  readonly declared: readonly (readonly [string, Parameter<unknown>])[];
  /** Parameters of the resource or added by other blocks. */
  readonly further: readonly Parameter<unknown>[];
  readonly raw: RawRequest;
}

/** Query parameters that the framework itself understands. */
const OWN = new Set(['f']);

/**
 * Parses all parameters and reports all faults together.
 * OGC 17-069r4 /req/core/query-param-unknown, /req/core/query-param-invalid, OGC 19-072 /per/core/query-param-name-tolerance.
 * @throws AppError with one fault per bad parameter
 */
export function parseParameters(task: ParseTask): {
  readonly input: Readonly<Record<string, unknown>>;
  readonly further: ReadonlyMap<string, unknown>;
} {
  const faults: Fault[] = [];
  const query = singleValues(task, faults);
  const declaredNames = new Set(task.declared.filter(([, p]) => p.in === 'query').map(([, p]) => p.name));
  const furtherByName = new Map(task.further.map((p) => [p.name, p]));
  for (const name of query.keys()) {
    if (!declaredNames.has(name) && !furtherByName.has(name) && !OWN.has(name) && task.raw.isLenient !== true) {
      faults.push(unknownParameter(name, [...declaredNames, ...furtherByName.keys(), ...OWN]));
    }
  }
  const input: Record<string, unknown> = {};
  for (const [member, parameter] of task.declared) {
    const raw = parameter.in === 'path' ? task.raw.path[parameter.name] : query.get(parameter.name);
    attempt(parameter, faults, () => {
      input[member] = parameter.parse(raw);
    });
  }
  const further = new Map<string, unknown>();
  for (const [name, parameter] of furtherByName) {
    const raw = query.get(name);
    if (raw === undefined || declaredNames.has(name)) continue;
    attempt(parameter, faults, () => further.set(name, parameter.parse(raw)));
  }
  if (faults.length > 0) throw faultsError(faults);
  return { input, further };
}

/** One error for all faults: the first that is the caller's mistake gives the type, as 400 beats 404. */
export function faultsError(faults: readonly Fault[]): AppError {
  const first = faults.find((fault) => errorKind(fault.code).status === 400) ?? faults[0];
  if (first === undefined) throw new Error('No fault to report');
  const detail = faults.length === 1 ? first.message : `${faults.length} parameters are wrong: ${faults.map((f) => f.message).join('; ')}`;
  return new AppError(first.code, { detail, faults });
}

function attempt(parameter: Parameter<unknown>, faults: Fault[], parse: () => void): void {
  try {
    parse();
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    faults.push({
      in: parameter.in,
      name: parameter.name,
      code: error.code,
      message: error.detail,
    });
  }
}

function singleValues({ declared, further, raw }: ParseTask, faults: Fault[]): ReadonlyMap<string, string> {
  const isRepeatable = (name: string): boolean =>
    [...declared.map(([, parameter]) => parameter), ...further].some((p) => p.name === name && p.repeatable === true);
  const values = new Map<string, string>();
  const repeated = new Set<string>();
  for (const [name, value] of raw.query) {
    const before = values.get(name);
    if (before === undefined) values.set(name, value);
    else if (isRepeatable(name)) values.set(name, `${before},${value}`);
    else repeated.add(name);
    if (value.includes('\0')) faults.push(fault(name, 'INVALID_PARAMETER', `Parameter "${printable(name)}" contains the character NUL`));
  }
  for (const name of repeated) {
    faults.push(fault(name, 'DUPLICATE_PARAMETER', `Parameter "${printable(name)}" is given more than once`));
  }
  return values;
}

function unknownParameter(name: string, known: readonly string[]): Fault {
  const names = known.slice(0, 40).join(', ');
  const more = known.length > 40 ? ` and ${known.length - 40} more` : '';
  return fault(name, 'UNKNOWN_PARAMETER', `Unknown parameter "${printable(name)}": this resource knows ${names}${more}`);
}

function fault(name: string, code: Fault['code'], message: string): Fault {
  return { in: 'query', name: printable(name), code, message };
}

function printable(text: string): string {
  const short = text.length > 60 ? `${text.slice(0, 60)}…` : text;
  return short.replaceAll(/[\p{Cc}\p{Cf}]/gu, '�');
}
