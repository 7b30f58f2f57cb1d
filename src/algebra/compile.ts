import { AppError } from '../base/error.ts';
import { createAggregate } from './aggregate.ts';
import { variablesOf, type Expression } from './expression.ts';
import { BINARY, CALLED, CALLED_WITH_TWO, UNARY } from './operators.ts';
import { CHUNK, register } from './registers.ts';
import { load, store, vectorEach, where, type Samples } from './vector-kernels.ts';

/** Expressions ready to run over arrays. */
export interface Program {
  /**
   * Computes every expression for every sample: `inputs` in the order of the variables, one output an expression, all
   * of one length. Inputs are only read; an output may be an input's array. Results that are infinite or too large for
   * the output are NaN.
   */
  run(inputs: readonly Samples[], outputs: readonly Samples[]): void;
}

/** Where in the arrays a step works. */
interface Chunk {
  readonly inputs: readonly Samples[];
  readonly outputs: readonly Samples[];
  readonly offset: number;
  readonly count: number;
}

/** One loop over a chunk. It knows its registers. */
type Step = (chunk: Chunk) => void;

/** Steps over all chunks: for the outputs, or for one aggregate that the steps of later passes use. */
interface Pass {
  readonly loaded: Set<number>;
  readonly loads: Step[];
  readonly steps: Step[];
  readonly begin?: () => void;
  readonly end?: () => void;
}

/** What all expressions of a text share while they are compiled. `used` are variables by register. */
interface Context {
  readonly variables: readonly string[];
  readonly used: readonly string[];
  readonly fills: readonly number[];
  readonly passes: Pass[];
}

/** Emits into a pass; results go to registers from `top` on. */
interface Place {
  readonly context: Context;
  readonly pass: Pass;
  readonly top: number;
}

/**
 * Compiles expressions to steps over chunks of samples: each node of the tree becomes one loop over registers, vectors
 * of WebAssembly where there is an instruction for it (see vector-kernels.ts for why). `fills` are what the operator `~` puts where a variable has no data (its declared
 * nodata value), in the order of the variables, 0 when absent. Throws INVALID_PARAMETER for a variable that is not
 * among `variables`.
 */
export function compile(expressions: readonly Expression[], variables: readonly string[], fills: readonly number[] = []): Program {
  const used = [...new Set(expressions.flatMap(variablesOf))];
  checkVariables(used, variables);
  const context: Context = { variables, used, fills, passes: [] };
  const main = createPass();
  expressions.forEach((expression, k) => {
    const result = emit({ context, pass: main, top: used.length }, expression);
    main.steps.push(({ outputs, offset, count }) => {
      const output = outputs[k];
      if (output !== undefined) store(result, output, offset, count);
    });
  });
  const passes = [...context.passes, main];
  return { run: (inputs, outputs) => passes.forEach((pass) => runPass(pass, inputs, outputs)) };
}

/** Whether what formulas name is there. @throws AppError INVALID_PARAMETER for the first name that is not a variable */
export function checkVariables(names: readonly string[], variables: readonly string[]): void {
  const foreign = names.find((name) => !variables.includes(name));
  if (foreign === undefined) return;
  const known = variables.length > 8 ? `${variables.slice(0, 7).join(', ')} … ${variables.at(-1) ?? ''}` : variables.join(', ');
  throw new AppError('INVALID_PARAMETER', {
    detail: `Cannot compute with variable "${foreign.slice(0, 40)}": expected ${known === '' ? 'none' : `one of ${known}`}`,
  });
}

function runPass(pass: Pass, inputs: readonly Samples[], outputs: readonly Samples[]): void {
  const length = outputs[0]?.length ?? 0;
  pass.begin?.();
  for (let offset = 0; offset < length; offset += CHUNK) {
    const chunk = { inputs, outputs, offset, count: Math.min(CHUNK, length - offset) };
    for (const step of pass.loads) step(chunk);
    for (const step of pass.steps) step(chunk);
  }
  pass.end?.();
}

function createPass(around: Pick<Pass, 'begin' | 'end'> = {}): Pass {
  return { loaded: new Set(), loads: [], steps: [], ...around };
}

/** Appends the steps of an expression and says in which register its samples will be. */
function emit(place: Place, expression: Expression): Float64Array {
  const { pass, top } = place;
  switch (expression.kind) {
    case 'number': {
      const out = register(top);
      pass.steps.push(({ count }) => out.fill(expression.value, 0, count));
      return out;
    }
    case 'variable':
      return emitVariable(place, expression.name);
    case 'unary':
      return emitUnary(place, expression);
    case 'binary': {
      const left = emit(place, expression.left);
      const right = emit({ ...place, top: top + 1 }, expression.right);
      const [out, kernel] = [register(top), BINARY[expression.operator]];
      pass.steps.push(({ count }) => kernel(left, right, out, count));
      return out;
    }
    case 'call':
      return emitCall(place, expression);
  }
}

/** Loads a variable once a chunk, whatever reads it. */
function emitVariable({ context, pass }: Place, name: string): Float64Array {
  const slot = context.used.indexOf(name);
  const input = context.variables.indexOf(name);
  const out = register(slot);
  if (pass.loaded.has(slot)) return out;
  pass.loaded.add(slot);
  pass.loads.push(({ inputs, offset, count }) => {
    const from = inputs[input];
    if (from !== undefined) load(from, offset, out, count);
  });
  return out;
}

function emitUnary(place: Place, { operator, operand }: Extract<Expression, { kind: 'unary' }>): Float64Array {
  const a = emit(place, operand);
  if (operator === 'plus') return a;
  const out = register(place.top);
  if (operator === 'fill') {
    const [first = ''] = variablesOf(operand);
    const value = place.context.fills[place.context.variables.indexOf(first)] ?? 0;
    const kernel = vectorEach('fill', value);
    place.pass.steps.push(({ count }) => kernel(a, out, count));
    return out;
  }
  const kernel = UNARY[operator];
  place.pass.steps.push(({ count }) => kernel(a, out, count));
  return out;
}

function emitCall(place: Place, { name, operands }: Extract<Expression, { kind: 'call' }>): Float64Array {
  const { pass, top } = place;
  const out = register(top);
  const aggregated = operands[0] === undefined ? undefined : emitAggregate(place, name, operands[0]);
  if (aggregated !== undefined) return aggregated;
  const registers = operands.map((operand, k) => emit({ ...place, top: top + k }, operand));
  const [a, b, c] = registers;
  const single = CALLED.get(name);
  const pair = CALLED_WITH_TWO.get(name);
  if (single !== undefined && a !== undefined) {
    pass.steps.push(({ count }) => single(a, out, count));
  } else if (pair !== undefined && a !== undefined && b !== undefined) {
    pass.steps.push(({ count }) => pair(a, b, out, count));
    for (const next of registers.slice(2)) pass.steps.push(({ count }) => pair(out, next, out, count));
  } else if (name === 'where' && a !== undefined && b !== undefined && c !== undefined) {
    pass.steps.push(({ count }) => where([a, b, c], out, count));
  } else {
    throw new AppError('INVALID_PARAMETER', { detail: `Cannot compute "${name.slice(0, 40)}": expected a function of the allow-list` });
  }
  return out;
}

/** An aggregate takes a pass of its own before the one that uses it; undefined for other functions. */
function emitAggregate({ context, pass, top }: Place, name: string, operand: Expression): Float64Array | undefined {
  let [aggregate, value] = [createAggregate(name), Number.NaN];
  if (aggregate === undefined) return undefined;
  const own = createPass({
    begin: () => (aggregate = createAggregate(name)),
    end: () => {
      value = aggregate?.result() ?? Number.NaN;
      aggregate = undefined;
    },
  });
  const samples = emit({ context, pass: own, top: context.used.length }, operand);
  own.steps.push(({ count }) => aggregate?.take(samples, count));
  context.passes.push(own);
  const out = register(top);
  pass.steps.push(({ count }) => out.fill(value, 0, count));
  return out;
}
