import { cannotParse } from '../../base/cannot-parse.ts';
import { decimalOf } from '../../base/decimal.ts';
import type { Parameter } from '../parameter.ts';

/** A path variable of numbers separated by commas, `7.5,46.2`. @throws AppError INVALID_PARAMETER */
export function numbersInPath<N extends number>(name: string, doc: string, count: N): Parameter<readonly number[]> {
  return {
    name,
    in: 'path',
    doc,
    schema: { type: 'string' },
    parse(raw = '') {
      const parts = raw.split(',');
      const numbers = parts.map((part) => decimalOf(part.trim()));
      if (parts.length !== count) throw cannotParse(name, raw, `expected ${count} numbers separated by commas, got ${parts.length}`);
      const wrong = numbers.indexOf(undefined);
      if (wrong >= 0) throw cannotParse(name, raw, `expected ${count} finite numbers separated by commas, got "${parts[wrong] ?? ''}"`);
      return numbers.flatMap((number) => number ?? []);
    },
  };
}

/** A path variable that is one number. @throws AppError INVALID_PARAMETER */
export function pathNumber(name: string, doc: string): Parameter<number> {
  return {
    name,
    in: 'path',
    doc,
    schema: { type: 'number' },
    parse(raw = '') {
      const value = decimalOf(raw);
      if (value === undefined) throw cannotParse(name, raw, 'expected a finite number');
      return value;
    },
  };
}
