import { AppError } from '../../base/error.ts';
import type { Kvp } from '../../http/kvp.ts';

/** A value that the service does not have. */
export function invalidValue(locator: string, detail: string): AppError {
  return new AppError('INVALID_PARAMETER', { detail, exception: { code: 'InvalidParameterValue', locator } });
}

/** A tile, or a pixel of one, that there is not. */
export function outOfRange(code: 'TileOutOfRange' | 'PointIJOutOfRange', locator: string, detail: string): AppError {
  return new AppError('OUT_OF_RANGE', { detail, exception: { code, locator } });
}

/** The value of a parameter. @throws AppError with MissingParameterValue */
export function required(kvp: Kvp, name: string): string {
  const value = kvp.get(name);
  if (value !== undefined && value !== '') return value;
  throw new AppError('INVALID_PARAMETER', {
    detail: `Parameter ${name} is missing`,
    exception: { code: 'MissingParameterValue', locator: name },
  });
}

/** Text of a request as messages show it. */
export function shown(text: string): string {
  const short = text.length > 60 ? `${text.slice(0, 60)}…` : text;
  return `"${short.replaceAll(/[\p{Cc}\p{Cf}]/gu, '�')}"`;
}
