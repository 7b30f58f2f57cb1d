import { AppError } from './error.ts';
import type { ErrorCode } from './error.ts';

/** The fault of a value that is not understood: `Cannot parse width "0": expected an integer of at least 1`. */
export function cannotParse(name: string, raw: string, why: string, code: ErrorCode = 'INVALID_PARAMETER'): AppError {
  const short = raw.length > 80 ? `${raw.slice(0, 80)}…` : raw;
  return new AppError(code, { detail: `Cannot parse ${name} "${short.replaceAll(/[\p{Cc}\p{Cf}]/gu, '�')}": ${why}` });
}
