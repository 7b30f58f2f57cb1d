import { cannotParse } from './cannot-parse.ts';

/** One axis of a `subset`: `low:high` trims, one value slices; `*` is the limit of the data, kept as it is. */
export interface AxisSubset {
  /** As given: aliases are the service's business. */
  readonly axis: string;
  readonly low: string;
  /** Absent: a slice at `low`. */
  readonly high?: string;
}

const MAX_AXES = 32;
const SPEC = /^\s*([A-Za-z_][\w.-]*)\s*\(\s*("(?:[^"]|"")*"|[^":()]*)\s*(?::\s*("(?:[^"]|"")*"|[^":()]*))?\s*\)\s*$/;

/**
 * Parses `Lat(50:60),Lon(10:20),time("2024-01":"2024-06")` (OGC 20-058 §13, OGC 19-087 §9).
 * @throws AppError INVALID_PARAMETER for the syntax and for an axis named twice
 */
export function parseSubset(raw: string): readonly AxisSubset[] {
  const specs = splitOutside(raw).map((part) => parseSpec(raw, part));
  if (specs.length > MAX_AXES) throw cannotParse('subset', raw, `expected at most ${MAX_AXES} axes`);
  const twice = specs.find(({ axis }, i) => specs.findIndex((other) => other.axis === axis) < i);
  if (twice !== undefined) throw cannotParse('subset', raw, `axis ${twice.axis} is given twice`);
  return specs;
}

/** Pieces between commas that stand neither in parentheses nor in quotes. */
export function splitOutside(raw: string): readonly string[] {
  return raw.match(/(?:"[^"]*"|\((?:"[^"]*"|[^")])*\)?|[^,"(])+|(?<=^|,)(?=,|$)/g) ?? [raw];
}

function parseSpec(raw: string, part: string): AxisSubset {
  const match = SPEC.exec(part);
  if (match === null) throw cannotParse('subset', raw, `"${part.slice(0, 60)}" is not axis(low:high) or axis(value)`);
  const [, axis = '', low = '', high] = match;
  if (low.trim() === '' || high?.trim() === '') throw cannotParse('subset', raw, `axis ${axis} has an empty limit`);
  return { axis, low: unquote(low), ...(high === undefined ? {} : { high: unquote(high) }) };
}

function unquote(text: string): string {
  const trimmed = text.trim();
  return trimmed.startsWith('"') ? trimmed.slice(1, -1).replaceAll('""', '"') : trimmed;
}
