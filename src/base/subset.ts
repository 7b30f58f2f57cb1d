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

/** Pieces between commas that stand neither in parentheses nor in quotes; one pass, whatever the text. */
function splitOutside(raw: string): readonly string[] {
  const pieces: string[] = [];
  let [from, depth, quoted] = [0, 0, false];
  for (let i = 0; i < raw.length; i += 1) {
    const sign = raw[i];
    if (sign === '"') quoted = !quoted;
    else if (quoted) continue;
    else if (sign === '(') depth += 1;
    else if (sign === ')') depth -= 1;
    else if (sign === ',' && depth === 0) {
      pieces.push(raw.slice(from, i));
      from = i + 1;
    }
  }
  return [...pieces, raw.slice(from)];
}

const AXIS = /^[A-Za-z_][\w.-]*$/;

function parseSpec(raw: string, part: string): AxisSubset {
  const text = part.trim();
  const open = text.indexOf('(');
  const axis = text.slice(0, Math.max(0, open)).trim();
  if (!text.endsWith(')') || !AXIS.test(axis))
    throw cannotParse('subset', raw, `"${part.slice(0, 60)}" is not axis(low:high) or axis(value)`);
  const limits = splitLimits(text.slice(open + 1, -1)).map((limit) => limitOf(raw, axis, limit));
  const [low = '', high] = limits;
  if (limits.length > 2) throw cannotParse('subset', raw, `axis ${axis} has ${limits.length} limits: expected one or two`);
  return { axis, low, ...(high === undefined ? {} : { high }) };
}

/** Limits between colons that do not stand in quotes. */
function splitLimits(text: string): readonly string[] {
  const limits: string[] = [];
  let [from, quoted] = [0, false];
  for (let i = 0; i < text.length; i += 1) {
    if (text[i] === '"') quoted = !quoted;
    else if (text[i] === ':' && !quoted) {
      limits.push(text.slice(from, i));
      from = i + 1;
    }
  }
  return [...limits, text.slice(from)];
}

function limitOf(raw: string, axis: string, text: string): string {
  const trimmed = text.trim();
  if (trimmed.startsWith('"') && trimmed.endsWith('"') && trimmed.length > 2) return trimmed.slice(1, -1).replaceAll('""', '"');
  if (trimmed !== '' && !/["()]/.test(trimmed)) return trimmed;
  throw cannotParse(
    'subset',
    raw,
    trimmed === '' ? `axis ${axis} has an empty limit` : `"${trimmed.slice(0, 60)}" is no limit of axis ${axis}`,
  );
}
