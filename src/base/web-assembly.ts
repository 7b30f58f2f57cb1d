/** Bytes of instructions or of a part of a module (WebAssembly core specification 2.0, §5). */
export type Code = readonly number[];

/** Types of values (§5.3.1). */
const TYPES = { i32: 0x7f, f64: 0x7c, v128: 0x7b } as const;

/** The type of a parameter, a local or a result. */
export type ValueType = keyof typeof TYPES;

/** Variables of a function by name, in the order in which they are numbered. */
export type Variables = Readonly<Record<string, ValueType>>;

/** A function of a module. */
export interface ModuleFunction {
  readonly parameters: Variables;
  readonly locals: Variables;
  readonly result?: ValueType | undefined;
  readonly body: Code;
}

/** Reads, writes, and writes while leaving on the stack, the variables of a function. */
export interface Access<N extends string> {
  readonly get: Readonly<Record<N, Code>>;
  readonly set: Readonly<Record<N, (value: Code) => Code>>;
  readonly tee: Readonly<Record<N, (value: Code) => Code>>;
}

/** A function whose body is written with its variables' names. */
export function defineFunction<P extends string, L extends string>(
  variables: {
    readonly parameters: Readonly<Record<P, ValueType>>;
    readonly locals: Readonly<Record<L, ValueType>>;
    readonly result?: ValueType;
  },
  body: (variable: Access<P | L>) => Code,
): ModuleFunction {
  return { ...variables, body: body(accessTo([...keysOf(variables.parameters), ...keysOf(variables.locals)])) };
}

function accessTo<N extends string>(names: readonly N[]): Access<N> {
  const by = <T>(make: (n: number) => T): Record<N, T> => fromEntries(names.map((name, n) => [name, make(n)]));
  const write =
    (opcode: number) =>
    (n: number) =>
    (value: Code): Code => [...value, opcode, ...unsigned(n)];
  return { get: by((n) => [0x20, ...unsigned(n)]), set: by(write(0x21)), tee: by(write(0x22)) };
}

/** An instruction after its operands: one byte. */
export const plain =
  (opcode: number, ...immediates: Code) =>
  (...operands: readonly Code[]): Code => [...operands.flat(), opcode, ...immediates];

/** An instruction on vectors after its operands (§5.4.8). */
export const vector =
  (opcode: number, ...immediates: Code) =>
  (...operands: readonly Code[]): Code => [...operands.flat(), 0xfd, ...unsigned(opcode), ...immediates];

/** A number that is known beforehand, as i32 (§5.4.7). */
export function constant(value: number): Code {
  return [0x41, ...signed(value)];
}

/** Does `body` again as long as `condition` leaves other than 0, once at least (§5.4.1). */
export function repeat(body: Code, condition: Code): Code {
  return [0x03, 0x40, ...body, ...condition, 0x0d, 0, 0x0b];
}

/** Does `body` if `condition` leaves other than 0. */
export function when(condition: Code, body: Code): Code {
  return [...condition, 0x04, 0x40, ...body, 0x0b];
}

/** A module of functions, exported by name; its memory is imported as `host.memory`, of so many pages of 64 KiB. */
export function assembleModule(functions: Readonly<Record<string, ModuleFunction>>, pages: number): Uint8Array<ArrayBuffer> {
  const all = Object.values(functions);
  const memory = [...text('host'), ...text('memory'), 2, 1, ...unsigned(pages), ...unsigned(pages)];
  return Uint8Array.from([
    ...HEADER,
    ...section(1, all.map(typeOf)),
    ...section(2, [memory]),
    ...section(
      3,
      all.map((_, n) => unsigned(n)),
    ),
    ...section(
      7,
      Object.keys(functions).map((name, n) => [...text(name), 0, ...unsigned(n)]),
    ),
    ...section(10, all.map(bodyOf)),
  ]);
}

/** `\0asm`, version 1 (§5.5.16). */
const HEADER: Code = [0, 0x61, 0x73, 0x6d, 1, 0, 0, 0];

function typeOf({ parameters, result }: ModuleFunction): Code {
  return [0x60, ...list(Object.values(parameters).map((type) => [TYPES[type]])), ...list(result === undefined ? [] : [[TYPES[result]]])];
}

function bodyOf({ locals, body }: ModuleFunction): Code {
  const code = [...list(Object.values(locals).map((type) => [1, TYPES[type]])), ...body, 0x0b];
  return [...unsigned(code.length), ...code];
}

function section(id: number, items: readonly Code[]): Code {
  const content = list(items);
  return [id, ...unsigned(content.length), ...content];
}

function list(items: readonly Code[]): Code {
  return [...unsigned(items.length), ...items.flat()];
}

function text(name: string): Code {
  return [...unsigned(name.length), ...Buffer.from(name, 'ascii')];
}

/** LEB128 (§5.2.2). */
function unsigned(value: number): Code {
  return value < 128 ? [value] : [(value & 127) | 128, ...unsigned(value >>> 7)];
}

function signed(value: number): Code {
  const [low, rest] = [value & 127, value >> 7];
  const isLast = rest === 0 ? low < 64 : rest === -1 && low >= 64;
  return isLast ? [low] : [low | 128, ...signed(rest)];
}

function keysOf<N extends string>(variables: Readonly<Record<N, ValueType>>): readonly N[] {
  const isName = (name: string): name is N => name in variables;
  return Object.keys(variables).filter(isName);
}

function fromEntries<N extends string, T>(entries: readonly (readonly [N, T])[]): Record<N, T> {
  const record: Partial<Record<N, T>> = {};
  for (const [name, value] of entries) record[name] = value;
  const isWhole = (made: Partial<Record<N, T>>): made is Record<N, T> => entries.every(([name]) => name in made);
  if (!isWhole(record)) throw new Error('A variable has no number');
  return record;
}
