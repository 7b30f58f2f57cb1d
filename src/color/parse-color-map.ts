import { AppError } from '../base/error.ts';
import type { Rgba } from './class-color.ts';
import type { ClassMap, ColorMap, ConditionMap, IntervalMap, LinearMap } from './color-map.ts';
import { describeJson } from './describe-json.ts';
import { COLOR_FORMS, parseColor } from './parse-color.ts';
import { parseScheme } from './parse-scheme.ts';

/** How a colour map is to be read. */
export interface ColorMapOptions {
  /** The numbers of an object are stops of a gradient instead of single values. */
  readonly linear?: boolean;
  /** Parses a formula of `x`, to refuse it at once. @throws AppError */
  readonly checkFormula?: (formula: string) => void;
}

const MAX_LENGTH = 100_000;
const MAX_ENTRIES = 4096;
/** Every formula is computed for every pixel. */
const MAX_FORMULAS_LENGTH = 4000;

const FORMS = 'an object {"1": colour, …}, intervals [[[min, max], colour], …], stops [[value, colour], …] or {"continuous": true, …}';

/**
 * Parses a colour map of JSON. TiTiler's: `{"1": [r, g, b, a] | "#hex", …}` for single values (or, when `linear`, for
 * stops) and `[[[min, max], colour], …]` for intervals, null for an open end. django-raster's: `{"continuous": true, "from", "over",
 * "to", "range"}`, objects whose keys are formulas of `x`, and legends `[{"expression", "color", "name"}, …]`. Ours:
 * stops `[[value, colour], …]` and entries `[{"value" | "min", "max", "color", "label"}, …]` as legends have them.
 * @throws AppError INVALID_PARAMETER with the entry that is wrong and what is expected there
 */
export function parseColorMap(json: string, options: ColorMapOptions = {}): ColorMap {
  if (json.length > MAX_LENGTH) throw fault(json, `at most ${MAX_LENGTH} characters, got ${json.length}`);
  const value = parseJson(json);
  if (Array.isArray(value)) return fromList(json, sized(json, value), options);
  if (typeof value !== 'object' || value === null) throw fault(json, `${FORMS}, got ${describeJson(value)}`);
  if ('continuous' in value) return parseScheme(value, (expected) => fault(json, expected));
  return fromObject(json, sized(json, Object.entries(value)), options);
}

function sized<T>(json: string, entries: readonly T[]): readonly T[] {
  if (entries.length === 0) throw fault(json, `${FORMS}, got no entry`);
  if (entries.length > MAX_ENTRIES) throw fault(json, `at most ${MAX_ENTRIES} entries, got ${entries.length}`);
  return entries;
}

function fromObject(json: string, entries: readonly (readonly [string, unknown])[], options: ColorMapOptions): ColorMap {
  const colored = entries.map(([key, value]) => ({ expression: key, color: colorOf(json, value, `"${key}"`), label: undefined }));
  if (options.linear !== true) return fromExpressions(json, colored, options);
  return linear(
    json,
    colored.map(({ expression, color }) => [numberOf(json, Number(expression.trim() || Number.NaN), `"${expression}"`), color]),
  );
}

function fromList(json: string, list: readonly unknown[], options: ColorMapOptions): ColorMap {
  const [first] = list;
  if (!Array.isArray(first)) return fromRecords(json, list, options);
  const pairs = list.map((entry: unknown, n) => {
    if (!Array.isArray(entry) || entry.length !== 2)
      throw fault(json, `a pair with a colour at entry ${n + 1}, got ${describeJson(entry)}`);
    const [key, color]: readonly unknown[] = entry;
    return { key, color: colorOf(json, color, `entry ${n + 1}`) };
  });
  if (Array.isArray(first[0])) {
    return { kind: 'intervals', entries: pairs.map(({ key, color }, n) => [...boundsOf(json, key, n), color] as const) };
  }
  return linear(
    json,
    pairs.map(({ key, color }, n) => [numberOf(json, key, `entry ${n + 1}`), color]),
  );
}

/** A row of a legend: an expression, a value or an interval. */
interface LegendRecord {
  readonly expression?: unknown;
  readonly value?: unknown;
  readonly min?: unknown;
  readonly max?: unknown;
  readonly color?: unknown;
  readonly name?: unknown;
  readonly label?: unknown;
}

function fromRecords(json: string, list: readonly unknown[], options: ColorMapOptions): ColorMap {
  const rows = list.map((entry, n) => {
    if (typeof entry !== 'object' || entry === null || Array.isArray(entry)) throw fault(json, `${FORMS}, got ${describeJson(entry)}`);
    const row: LegendRecord = entry;
    const label = row.label ?? row.name;
    return { row, color: colorOf(json, row.color, `entry ${n + 1}`), label: typeof label === 'string' ? label : undefined };
  });
  if (rows.every(({ row }) => 'expression' in row || 'value' in row)) {
    const entries = rows.map(({ row, color, label }) => ({ expression: String(row.expression ?? row.value), color, label }));
    return fromExpressions(json, entries, options);
  }
  const entries = rows.map(({ row: { min, max }, color, label }, n) =>
    labelled([...boundsOf(json, [min ?? null, max ?? null], n), color] as const, label),
  );
  return { kind: 'intervals', entries } satisfies IntervalMap;
}

interface ExpressionEntry {
  readonly expression: string;
  readonly color: Rgba;
  readonly label: string | undefined;
}

/** Values when all are numbers; otherwise formulas, among which a number means being equal to it. */
function fromExpressions(json: string, entries: readonly ExpressionEntry[], { checkFormula }: ColorMapOptions): ClassMap | ConditionMap {
  const values = entries.map(({ expression }) => Number(expression.trim() || Number.NaN));
  if (values.every((value) => Number.isFinite(value))) {
    return { kind: 'classes', entries: entries.map(({ color, label }, n) => labelled([values[n] ?? 0, color] as const, label)) };
  }
  if (checkFormula === undefined)
    throw fault(json, `numbers, got "${entries.find((_, n) => !Number.isFinite(values[n]))?.expression ?? ''}"`);
  const length = entries.reduce((sum, { expression }) => sum + expression.length, 0);
  if (length > MAX_FORMULAS_LENGTH) throw fault(json, `formulas of at most ${MAX_FORMULAS_LENGTH} characters together, got ${length}`);
  const formulas = entries.map(({ expression, color, label }, n) => {
    if (Number.isFinite(values[n])) return labelled([`x == ${expression.trim()}`, color] as const, label);
    checkFormula(expression);
    return labelled([expression, color] as const, label);
  });
  return { kind: 'conditions', entries: formulas };
}

function labelled<T extends readonly unknown[]>(entry: T, label: string | undefined): T | readonly [...T, string] {
  return label === undefined ? entry : [...entry, label];
}

function linear(json: string, stops: readonly (readonly [number, Rgba])[]): LinearMap {
  if (stops.length < 2) throw fault(json, `at least 2 stops, got ${stops.length}`);
  return { kind: 'linear', stops: stops.toSorted(([a], [b]) => a - b) };
}

function boundsOf(json: string, key: unknown, n: number): readonly [number, number] {
  const [min, max]: readonly unknown[] = Array.isArray(key) && key.length === 2 ? key : [undefined, undefined];
  const low = min === null ? Number.NEGATIVE_INFINITY : min;
  const high = max === null ? Number.POSITIVE_INFINITY : max;
  if (typeof low !== 'number' || typeof high !== 'number' || !(low < high)) {
    throw fault(json, `[min, max] with min < max at entry ${n + 1}, got ${describeJson(key)}`);
  }
  return [low, high];
}

function colorOf(json: string, value: unknown, where: string): Rgba {
  const color = parseColor(value);
  if (color === undefined) throw fault(json, `${COLOR_FORMS} at ${where}, got ${describeJson(value)}`);
  return color;
}

function numberOf(json: string, value: unknown, where: string): number {
  if (typeof value !== 'number' || !Number.isFinite(value)) throw fault(json, `a number at ${where}, got ${describeJson(value)}`);
  return value;
}

function parseJson(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    throw fault(json, `JSON: ${FORMS}`);
  }
}

function fault(json: string, expected: string): AppError {
  const shown = json.length > 60 ? `${json.slice(0, 60)}…` : json;
  return new AppError('INVALID_PARAMETER', { detail: `Cannot parse colormap ${shown}: expected ${expected}` });
}
