import { AppError } from '../base/error.ts';
import type { Range } from './rescale.ts';

/** What becomes the first and the last colour: numbers, the band's own extremes, or two of its percentiles (0–100). */
export type Rescale =
  | ({ readonly kind: 'numbers' } & Range)
  | { readonly kind: 'extremes' }
  | { readonly kind: 'percentiles'; readonly low: number; readonly high: number };

const FORMS = 'min,max as two numbers, the words min,max, or percentiles such as p2,p98';
const MAX_BANDS = 64;
const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

/**
 * Parses ranges: `0,255`, `min,max` (from statistics) or `p2,p98`; several of them one after another, separated by commas
 * or semicolons, one for each band. Ends may be given in either order, which turns the colours round.
 * @throws AppError INVALID_PARAMETER with the part that is wrong and what is expected there
 */
export function parseRescale(text: string): readonly Rescale[] {
  const words = text.split(/[,;]/).map((word) => word.trim().toLowerCase());
  if (words.length % 2 !== 0) throw fault(text, `${FORMS}, got ${words.length === 1 ? `"${text}"` : `${words.length} parts`}`);
  if (words.length > 2 * MAX_BANDS) throw fault(text, `at most ${MAX_BANDS} ranges, got ${words.length / 2}`);
  return Array.from({ length: words.length / 2 }, (_, n) => parsePair(text, words[2 * n] ?? '', words[2 * n + 1] ?? ''));
}

/** A range as `parseRescale` reads it. */
export function formatRescale(rescale: Rescale): string {
  switch (rescale.kind) {
    case 'numbers':
      return `${rescale.min},${rescale.max}`;
    case 'extremes':
      return 'min,max';
    default:
      return `p${rescale.low},p${rescale.high}`;
  }
}

function parsePair(text: string, first: string, second: string): Rescale {
  if (first === 'min' && second === 'max') return { kind: 'extremes' };
  if (first.startsWith('p') && second.startsWith('p')) {
    const [low, high] = [percentile(text, first), percentile(text, second)];
    if (!(low < high)) throw fault(text, `the lower percentile first, got ${first},${second}`);
    return { kind: 'percentiles', low, high };
  }
  return { kind: 'numbers', min: number(text, first), max: number(text, second) };
}

function percentile(text: string, word: string): number {
  const value = NUMBER.test(word.slice(1)) ? Number(word.slice(1)) : Number.NaN;
  if (!(value >= 0 && value <= 100)) throw fault(text, `a percentile from p0 to p100, got "${word}"`);
  return value;
}

function number(text: string, word: string): number {
  const value = NUMBER.test(word) ? Number(word) : Number.NaN;
  if (!Number.isFinite(value)) throw fault(text, `${FORMS}, got "${word}"`);
  return value;
}

function fault(text: string, expected: string): AppError {
  const shown = text.length > 60 ? `${text.slice(0, 60)}…` : text;
  return new AppError('INVALID_PARAMETER', { detail: `Cannot parse rescale "${shown}": expected ${expected}` });
}
