/**
 * A slow evaluator that knows nothing of the code under test: it reads the text again with one function per level of
 * the grammar and computes while it reads, sample by sample in plain arrays. Whole numbers go through BigInt.
 */
export interface Value {
  readonly samples: readonly number[];
  /** The value is a condition. */
  readonly truth: boolean;
  /** What `~` puts where there is no data: that of the first variable. */
  readonly fill: number | undefined;
}

type Level = (reader: Reader) => Value;

interface Reader {
  readonly tokens: readonly string[];
  readonly values: ReadonlyMap<string, readonly number[]>;
  readonly fills: ReadonlyMap<string, number>;
  readonly count: number;
  at: number;
}

/** Evaluates one TiTiler expression for all samples. */
export function evaluateTitiler(text: string, values: ReadonlyMap<string, readonly number[]>, count: number): readonly number[] {
  return finish(read(text, values, new Map(), count), comparison);
}

/** Evaluates a django-raster formula for all samples. */
export function evaluateFormula(
  text: string,
  values: ReadonlyMap<string, readonly number[]>,
  fills: ReadonlyMap<string, number>,
  count: number,
): readonly number[] {
  return finish(read(text, values, fills, count), formulaSum);
}

function read(text: string, values: Reader['values'], fills: Reader['fills'], count: number): Reader {
  const tokens = text.match(/\d+(?:\.\d+)?(?:e-?\d+)?|[A-Za-z_]\w*|\*\*|\/\/|<<|>>|[=!<>]=|\S/g) ?? [];
  return { tokens, values, fills, count, at: 0 };
}

function finish(reader: Reader, level: Level): readonly number[] {
  const { samples } = level(reader);
  if (reader.at !== reader.tokens.length) throw new Error(`left over: ${reader.tokens.slice(reader.at).join(' ')}`);
  return samples.map((value) => (Number.isFinite(value) ? value : Number.NaN));
}

const accept = (reader: Reader, ...symbols: readonly string[]): string | undefined => {
  const token = reader.tokens[reader.at];
  if (token === undefined || !symbols.includes(token)) return undefined;
  reader.at += 1;
  return token;
};

const number =
  (calculate: (x: number, y: number) => number) =>
  (a: Value, b: Value): Value => ({
    samples: a.samples.map((x, k) => (Number.isNaN(x) || Number.isNaN(b.samples[k]) ? Number.NaN : calculate(x, b.samples[k] ?? 0))),
    truth: false,
    fill: a.fill ?? b.fill,
  });
const condition =
  (holds: (x: number, y: number) => boolean) =>
  (a: Value, b: Value): Value => ({
    ...number((x, y) => (holds(x, y) ? 1 : 0))(a, b),
    truth: true,
  });
const single = (a: Value, calculate: (x: number) => number, truth = false): Value => ({ ...number(calculate)(a, a), truth });

const bounded = (value: number): number => (Number.isFinite(value) ? value : Number.NaN);
const divided = (x: number, y: number): number => (y === 0 ? Number.NaN : x / y);
const whole = (x: number): bigint | undefined => (Number.isSafeInteger(x) ? BigInt(x) : undefined);
const bits =
  (combine: (x: bigint, y: bigint) => bigint) =>
  (a: Value, b: Value): Value =>
    number((x, y) => {
      const [p, q] = [whole(x), whole(y)];
      return p === undefined || q === undefined ? Number.NaN : Number(combine(p, q));
    })(a, b);
const shifted =
  (combine: (x: bigint, y: bigint) => bigint) =>
  (a: Value, b: Value): Value =>
    number((x, y) => {
      const [p, q] = [whole(x), whole(y)];
      return p === undefined || q === undefined || q < 0n || q > 63n ? Number.NaN : Number(combine(p, q));
    })(a, b);
const either = condition((x, y) => x !== 0 || y !== 0);
const both = condition((x, y) => x !== 0 && y !== 0);

const COMPARE: Readonly<Record<string, (a: Value, b: Value) => Value>> = {
  '==': condition((x, y) => x === y),
  '!=': condition((x, y) => x !== y),
  '<': condition((x, y) => x < y),
  '<=': condition((x, y) => x <= y),
  '>': condition((x, y) => x > y),
  '>=': condition((x, y) => x >= y),
};
const ARITHMETIC: Readonly<Record<string, (a: Value, b: Value) => Value>> = {
  '+': number((x, y) => x + y),
  '-': number((x, y) => x - y),
  '*': number((x, y) => x * y),
  '/': number(divided),
  '//': number((x, y) => (y === 0 ? Number.NaN : Math.floor(x / y))),
  '%': number((x, y) => (y === 0 ? Number.NaN : x % y !== 0 && x % y < 0 !== y < 0 ? (x % y) + y : x % y)),
  '<<': shifted((x, y) => x << y),
  '>>': shifted((x, y) => x >> y),
  power: number((x, y) => (y === 2 ? x * x : bounded(x ** y))),
};

function chain(reader: Reader, next: Level, symbols: readonly string[], apply: (symbol: string, a: Value, b: Value) => Value): Value {
  let left = next(reader);
  for (let symbol = accept(reader, ...symbols); symbol !== undefined; symbol = accept(reader, ...symbols)) {
    left = apply(symbol, left, next(reader));
  }
  return left;
}

const NULL: Value = { samples: [], truth: false, fill: undefined };

function arithmetic(symbol: string, a: Value, b: Value): Value {
  if (a === NULL || b === NULL) {
    const { samples, fill } = a === NULL ? b : a;
    return { samples: samples.map((x) => (Number.isNaN(x) === (symbol === '==') ? 1 : 0)), truth: true, fill };
  }
  return symbol === '+' && a.truth && b.truth ? either(a, b) : (ARITHMETIC[symbol] ?? COMPARE[symbol] ?? both)(a, b);
}

function comparison(reader: Reader): Value {
  const left = bitOr(reader);
  const symbol = accept(reader, ...Object.keys(COMPARE));
  return symbol === undefined ? left : arithmetic(symbol, left, bitOr(reader));
}
const bitOr: Level = (reader) =>
  chain(reader, bitXor, ['|'], (_, a, b) => (a.truth && b.truth ? either(a, b) : bits((x, y) => x | y)(a, b)));
const bitXor: Level = (reader) =>
  chain(reader, bitAnd, ['^'], (_, a, b) => (a.truth && b.truth ? condition((x, y) => x !== y)(a, b) : bits((x, y) => x ^ y)(a, b)));
const bitAnd: Level = (reader) => chain(reader, shift, ['&'], (_, a, b) => (a.truth && b.truth ? both(a, b) : bits((x, y) => x & y)(a, b)));
const shift: Level = (reader) => chain(reader, sum, ['<<', '>>'], arithmetic);
const sum: Level = (reader) => chain(reader, term, ['+', '-'], arithmetic);
const term: Level = (reader) => chain(reader, factor, ['*', '/', '//', '%'], arithmetic);

function factor(reader: Reader): Value {
  const sign = accept(reader, '+', '-', '~');
  if (sign === undefined) return power(reader);
  const operand = factor(reader);
  if (sign === '+') return operand;
  if (sign === '-') return single(operand, (x) => -x);
  return operand.truth ? single(operand, (x) => 1 - x, true) : bits((x) => ~x)(operand, operand);
}

function power(reader: Reader): Value {
  const base = atom(reader, comparison);
  return accept(reader, '**') === undefined ? base : arithmetic('power', base, factor(reader));
}

const formulaSum: Level = (reader) => chain(reader, formulaTerm, ['+', '-'], arithmetic);
const LOGIC: Readonly<Record<string, (a: Value, b: Value) => Value>> = { '&': both, '|': either };
const formulaTerm: Level = (reader) =>
  chain(reader, formulaPower, ['*', '/', '&', '|', ...Object.keys(COMPARE)], (symbol, a, b) => {
    const logic = symbol === '*' && a.truth && b.truth ? both : LOGIC[symbol];
    return logic === undefined ? arithmetic(symbol, a, b) : logic(a, b);
  });

function formulaPower(reader: Reader): Value {
  const base = formulaSign(reader);
  return accept(reader, '^') === undefined ? base : arithmetic('power', base, formulaPower(reader));
}

function formulaSign(reader: Reader): Value {
  const sign = accept(reader, '+', '-', '!', '~');
  if (sign === undefined) return atom(reader, formulaSum);
  const operand = formulaSign(reader);
  if (sign === '-') return single(operand, (x) => -x);
  if (sign === '!') return single(operand, (x) => (x === 0 ? 1 : 0), true);
  if (sign === '+') return operand;
  return { ...operand, truth: false, samples: operand.samples.map((x) => (Number.isNaN(x) ? (operand.fill ?? 0) : x)) };
}

const halfToEven = (x: number): number => {
  const [below, above] = [Math.floor(x), Math.ceil(x)];
  if (x - below !== above - x) return x - below < above - x ? below : above;
  return below % 2 === 0 ? below : above;
};
const { abs, ceil, cos, exp, expm1, floor, log, log10, log1p, sign, sin, sqrt, tan, trunc } = Math;
const FUNCTIONS: ReadonlyMap<string, (x: number) => number> = new Map(
  Object.entries({
    abs,
    ceil,
    cos,
    exp,
    expm1,
    floor,
    log,
    log10,
    log1p,
    sign,
    sin,
    sqrt,
    tan,
    trunc,
    arctan: Math.atan,
    int: trunc,
    round: halfToEven,
  }),
);
/** What sums differently in another order (mean, std) is compared elsewhere, with a tolerance. */
const AGGREGATES: Readonly<Record<string, (known: readonly number[]) => number>> = {
  min: (known) => Math.min(...known),
  max: (known) => Math.max(...known),
  sum: (known) => known.reduce((total, x) => total + x, 0),
  median: (known) => {
    const sorted = [...known].toSorted((x, y) => x - y);
    return average(sorted.slice(Math.floor((sorted.length - 1) / 2), Math.floor(sorted.length / 2) + 1));
  },
};

function average(known: readonly number[]): number {
  return known.reduce((total, x) => total + x, 0) / known.length;
}

const CONSTANTS: ReadonlyMap<string, number> = new Map([
  ['PI', Math.PI],
  ['E', Math.E],
  ['TRUE', 1],
  ['FALSE', 0],
]);

function atom(reader: Reader, inner: Level): Value {
  const token = reader.tokens[reader.at] ?? '';
  reader.at += 1;
  if (token === '(') return closed(reader, inner(reader));
  if (accept(reader, '(') !== undefined) return call(reader, inner, token);
  if (token === 'NULL') return NULL;
  const samples = reader.values.get(token);
  if (samples !== undefined) return { samples, truth: false, fill: reader.fills.get(token) };
  const value = CONSTANTS.get(token) ?? Number(token);
  if (Number.isNaN(value)) throw new Error(`what is ${token}?`);
  return { samples: Array.from({ length: reader.count }, () => value), truth: token === 'TRUE' || token === 'FALSE', fill: undefined };
}

function closed(reader: Reader, value: Value): Value {
  if (accept(reader, ')') === undefined) throw new Error('expected )');
  return value;
}

function call(reader: Reader, inner: Level, name: string): Value {
  const operands = [inner(reader)];
  while (accept(reader, ',') !== undefined) operands.push(inner(reader));
  const [a = NULL, b = a, c = a] = operands;
  closed(reader, a);
  if (name === 'where') {
    const samples = a.samples.map((x, k) => (Number.isNaN(x) ? x : ((x !== 0 ? b.samples[k] : c.samples[k]) ?? Number.NaN)));
    return { samples, truth: false, fill: undefined };
  }
  if (name === 'isnan') return { ...a, truth: true, samples: a.samples.map((x) => (Number.isNaN(x) ? 1 : 0)) };
  if (operands.length > 1) return number(name.startsWith('min') ? Math.min : Math.max)(a, b);
  const aggregate = AGGREGATES[name];
  const known = a.samples.filter((x) => !Number.isNaN(x));
  if (aggregate !== undefined)
    return { ...a, truth: false, samples: a.samples.map(() => (known.length > 0 ? aggregate(known) : Number.NaN)) };
  const calculate = FUNCTIONS.get(name);
  if (calculate === undefined) throw new Error(`what is ${name}?`);
  return single(a, (x) => bounded(calculate(x)));
}
