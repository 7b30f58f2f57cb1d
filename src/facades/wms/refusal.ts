import { AppError } from '../../base/error.ts';

/** The codes of the standard (OGC 06-042 table E.1; InvalidSRS in OGC 01-068r3). */
export type WmsCode =
  | 'InvalidFormat'
  | 'InvalidCRS'
  | 'LayerNotDefined'
  | 'StyleNotDefined'
  | 'LayerNotQueryable'
  | 'InvalidPoint'
  | 'CurrentUpdateSequence'
  | 'InvalidUpdateSequence'
  | 'MissingDimensionValue'
  | 'InvalidDimensionValue'
  | 'OperationNotSupported';

/** A request that the standard refuses under one of its codes. */
export function refusal(code: WmsCode, locator: string, detail: string): AppError {
  return new AppError('INVALID_PARAMETER', { detail, exception: { code, locator } });
}

/** A parameter for which the standard has no code of its own. */
export function invalidValue(locator: string, detail: string): AppError {
  return new AppError('INVALID_PARAMETER', { detail, exception: { code: 'InvalidParameterValue', locator } });
}

/** A parameter that is not there. */
export function missing(locator: string): AppError {
  return new AppError('INVALID_PARAMETER', {
    detail: `Parameter ${locator} is missing`,
    exception: { code: 'MissingParameterValue', locator },
  });
}

/** Text of a request as messages show it. */
export function shown(text: string): string {
  const short = text.length > 60 ? `${text.slice(0, 60)}…` : text;
  return `"${short.replaceAll(/[\p{Cc}\p{Cf}]/gu, '�')}"`;
}
