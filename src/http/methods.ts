import { AppError } from '../base/error.ts';
import type { Answer } from './answer.ts';
import { ALLOW, PREFLIGHT_HEADERS } from './headers.ts';

/** The answer to OPTIONS, on every resource and on the server as a whole. */
export const PREFLIGHT: Answer = { status: 204, headers: PREFLIGHT_HEADERS, body: new Uint8Array() };

/** A method that no resource of this server has. */
export function methodNotAllowed(method: string): AppError {
  return new AppError('METHOD_NOT_ALLOWED', {
    detail: `${method} is not possible here: expected ${ALLOW}`,
    headers: { Allow: ALLOW },
  });
}
