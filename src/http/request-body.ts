import type { IncomingMessage } from 'node:http';
import { AppError } from '../base/error.ts';
import type { JsonSchema } from './json-schema.ts';

/** What a POST request carries, and how its bytes become a value. */
export interface RequestBody<T> {
  /** The first is the one to name; a request without `Content-Type` is taken for it. */
  readonly mediaTypes: readonly string[];
  readonly doc: string;
  readonly schema: JsonSchema;
  /** @throws AppError INVALID_BODY */
  parse(bytes: Buffer): T;
}

/** Bytes of a request's body at most; a polygon of 100,000 positions has about 4 MB. */
export const MAX_BODY_BYTES = 8 * 1024 * 1024;

/**
 * Reads a body to its end.
 * @throws AppError UNSUPPORTED_MEDIA_TYPE, CONTENT_TOO_LARGE, and INVALID_BODY for codings
 */
export async function readRequestBody(request: IncomingMessage, { mediaTypes }: Pick<RequestBody<unknown>, 'mediaTypes'>): Promise<Buffer> {
  const type = request.headers['content-type']?.split(';')[0]?.trim().toLowerCase();
  if (type !== undefined && !mediaTypes.includes(type)) {
    throw new AppError('UNSUPPORTED_MEDIA_TYPE', {
      detail: `Cannot read a body of type "${type.slice(0, 60)}": expected ${mediaTypes.join(' or ')}`,
    });
  }
  const coding = request.headers['content-encoding'];
  if (coding !== undefined && coding !== 'identity') {
    throw new AppError('UNSUPPORTED_MEDIA_TYPE', { detail: `Cannot read a body coded as "${coding.slice(0, 60)}": send it as it is` });
  }
  if (Number(request.headers['content-length'] ?? 0) > MAX_BODY_BYTES) throw tooLarge();
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request.iterator({ destroyOnReturn: false })) {
    if (!Buffer.isBuffer(chunk)) continue;
    length += chunk.length;
    if (length > MAX_BODY_BYTES) throw tooLarge();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** Levels of nesting at most: what writes JSON again descends into each. */
const MOST_LEVELS = 100;

/** A body as JSON, of not more than a hundred levels. @throws AppError INVALID_BODY */
export function parseJsonBody(bytes: Buffer): unknown {
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (cause) {
    const reason = cause instanceof SyntaxError ? cause.message : 'it is not UTF-8';
    throw new AppError('INVALID_BODY', { detail: `Cannot parse the body as JSON: ${reason.slice(0, 200)}`, cause });
  }
  if (!isDeeperThan(value, MOST_LEVELS)) return value;
  throw new AppError('INVALID_BODY', { detail: `Cannot parse the body as JSON: expected at most ${MOST_LEVELS} levels of nesting` });
}

function isDeeperThan(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return levels === 0 || Object.values(value).some((member) => isDeeperThan(member, levels - 1));
}

function tooLarge(): AppError {
  return new AppError('CONTENT_TOO_LARGE', {
    detail: `The body is too large: at most ${MAX_BODY_BYTES} bytes are possible`,
    // The rest of the body is not read, so the connection cannot be used again.
    headers: { Connection: 'close' },
  });
}
