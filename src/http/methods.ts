import { AppError } from '../base/error.ts';
import type { Answer } from './answer.ts';
import { ALLOW, allowing, PREFLIGHT_HEADERS } from './headers.ts';

/** The answer to OPTIONS, on every resource and on the server as a whole. */
export const PREFLIGHT: Answer = { status: 204, headers: PREFLIGHT_HEADERS, body: new Uint8Array() };

/** The answer to OPTIONS where bodies are taken. */
const PREFLIGHT_OF_BODIES: ReadonlyMap<string, Answer> = new Map(
  ['POST, OPTIONS', 'GET, HEAD, POST, OPTIONS'].map((allow) => [
    allow,
    { ...PREFLIGHT, headers: { ...PREFLIGHT_HEADERS, ...allowing(allow) } },
  ]),
);

/** The answer to OPTIONS for a resource with these methods. */
export function preflightOf(allow: string): Answer {
  return PREFLIGHT_OF_BODIES.get(allow) ?? PREFLIGHT;
}

/** The methods of a resource as `Allow` lists them: GET brings HEAD. */
export function allowOf(methods: ReadonlySet<string>): string {
  return [...(methods.has('GET') ? ['GET', 'HEAD'] : []), ...(methods.has('POST') ? ['POST'] : []), 'OPTIONS'].join(', ');
}

/** A method that a resource, or the server as a whole, does not have. */
export function methodNotAllowed(method: string, allow: string = ALLOW): AppError {
  return new AppError('METHOD_NOT_ALLOWED', {
    detail: `${method} is not possible here: expected ${allow}`,
    headers: { Allow: allow },
  });
}
