import { AppError } from '../base/error.ts';

/** One step of a colour formula. Channels: 0 red, 1 green, 2 blue, ascending. */
export type ColorStep =
  | { readonly kind: 'gamma'; readonly channels: readonly number[]; readonly gamma: number }
  | { readonly kind: 'sigmoidal'; readonly channels: readonly number[]; readonly contrast: number; readonly bias: number }
  | { readonly kind: 'saturation'; readonly proportion: number };

/** Steps that are applied in order to colours of 0–1. */
export type ColorFormula = readonly ColorStep[];

const MAX_STEPS = 16;
const MAX_LENGTH = 500;
const CHANNELS = new Map(Object.entries({ r: 0, g: 1, b: 2, '1': 0, '2': 1, '3': 2 }));
const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

/**
 * Parses rio-color's language: `gamma RGB 3.5, sigmoidal RGB 15 0.35, saturation 1.7`, words in any case, commas as
 * white space, channels as letters or 1–3.
 * @throws AppError INVALID_PARAMETER with the word that is wrong and what is expected there
 */
export function parseColorFormula(text: string): ColorFormula {
  if (text.length > MAX_LENGTH) throw fault(`${text.slice(0, 20)}…`, `at most ${MAX_LENGTH} characters, got ${text.length}`);
  const words = text.split(/[\s,]+/).filter((word) => word !== '');
  if (words.length === 0) throw fault(text, 'gamma, sigmoidal or saturation, got nothing');
  const steps: ColorStep[] = [];
  for (let at = 0; at < words.length;) {
    const length = LENGTHS.get(words[at]?.toLowerCase() ?? '');
    if (length === undefined) throw fault(text, `gamma, sigmoidal or saturation, got "${words[at] ?? ''}"`);
    steps.push(parseStep(text, words.slice(at, at + length)));
    at += length;
  }
  if (steps.length > MAX_STEPS) throw fault(text, `at most ${MAX_STEPS} steps, got ${steps.length}`);
  return steps;
}

/** Words of a step with its name. */
const LENGTHS = new Map(Object.entries({ gamma: 3, sigmoidal: 4, saturation: 2 }));

function parseStep(text: string, [name = '', first, second, third]: readonly string[]): ColorStep {
  switch (name.toLowerCase()) {
    case 'gamma': {
      const channels = parseChannels(text, first);
      const gamma = parseNumber(text, second, `a gamma above 0`);
      if (!(gamma > 0)) throw fault(text, `a gamma above 0, got ${gamma}`);
      return { kind: 'gamma', channels, gamma };
    }
    case 'sigmoidal': {
      const channels = parseChannels(text, first);
      const contrast = parseNumber(text, second, 'the contrast');
      const bias = parseNumber(text, third, 'a bias from 0 to 1');
      if (Math.abs(contrast) > MAX_CONTRAST) throw fault(text, `a contrast from -${MAX_CONTRAST} to ${MAX_CONTRAST}, got ${contrast}`);
      if (bias < 0 || bias > 1) throw fault(text, `a bias from 0 to 1, got ${bias}`);
      return { kind: 'sigmoidal', channels, contrast, bias };
    }
    default: {
      const proportion = parseNumber(text, first, 'a saturation of 0 or more');
      if (proportion < 0) throw fault(text, `a saturation of 0 or more, got ${proportion}`);
      return { kind: 'saturation', proportion };
    }
  }
}

/** Beyond it the exponentials of the sigmoid leave the range of doubles. */
const MAX_CONTRAST = 500;

function parseChannels(text: string, word: string | undefined): readonly number[] {
  const channels = (word ?? '')
    .toLowerCase()
    .split('')
    .map((letter) => CHANNELS.get(letter));
  const known = channels.filter((channel) => channel !== undefined);
  if (known.length === 0 || known.length < channels.length) throw fault(text, `channels such as RGB or 1, got "${word ?? ''}"`);
  return [...new Set(known)].sort((a, b) => a - b);
}

function parseNumber(text: string, word: string | undefined, what: string): number {
  const number = word !== undefined && NUMBER.test(word) ? Number(word) : Number.NaN;
  if (!Number.isFinite(number)) throw fault(text, word === undefined ? `${what}, got nothing` : `${what}, got "${word}"`);
  return number;
}

function fault(text: string, expected: string): AppError {
  return new AppError('INVALID_PARAMETER', { detail: `Cannot parse color_formula "${text}": expected ${expected}` });
}
