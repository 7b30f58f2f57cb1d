/** What may be called: how many operands it takes, and whether its result is a truth (1 or 0) or ranges over all samples. */
export interface FunctionFacts {
  readonly least: number;
  readonly most: number;
  readonly result: 'number' | 'truth' | 'aggregate';
}

const elementwise = (operands: number, ...names: readonly string[]): readonly (readonly [string, FunctionFacts])[] =>
  names.map((name) => [name, { least: operands, most: operands, result: 'number' }]);

const aggregates = (...names: readonly string[]): readonly (readonly [string, FunctionFacts])[] =>
  names.map((name) => [name, { least: 1, most: 1, result: 'aggregate' }]);

const truths = (...names: readonly string[]): readonly (readonly [string, FunctionFacts])[] =>
  names.map((name) => [name, { least: 1, most: 1, result: 'truth' }]);

/**
 * The allow-list: the only functions that an expression can call, by the names of the syntax tree. Names are those of
 * NumPy; `min`, `max`, `mean`, `median`, `std` and `sum` are aggregates, `minimum` and `maximum` compare sample by
 * sample. A map, so that names such as `constructor` are as unknown as any other.
 */
export const FUNCTIONS: ReadonlyMap<string, FunctionFacts> = new Map<string, FunctionFacts>([
  ...elementwise(1, 'sin', 'cos', 'tan', 'arcsin', 'arccos', 'arctan'),
  ...elementwise(1, 'sinh', 'cosh', 'tanh', 'arcsinh', 'arccosh', 'arctanh'),
  ...elementwise(1, 'sqrt', 'exp', 'expm1', 'log', 'log2', 'log10', 'log1p'),
  ...elementwise(1, 'abs', 'sign', 'floor', 'ceil', 'round', 'trunc', 'ones_like'),
  ...elementwise(2, 'arctan2', 'hypot', 'fmod', 'copysign'),
  ...elementwise(3, 'where'),
  ...truths('isnan', 'isfinite', 'isinf'),
  ...aggregates('min', 'max', 'mean', 'median', 'std', 'sum'),
  ['minimum', { least: 2, most: 64, result: 'number' }],
  ['maximum', { least: 2, most: 64, result: 'number' }],
]);
