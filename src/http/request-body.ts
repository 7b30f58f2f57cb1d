import type { IncomingMessage } from 'node:http';
import { AppError } from '../base/error.ts';
import type { JsonSchema } from './json-schema.ts';

/** What a POST request carries, and how its bytes become a value. */
export interface RequestBody<T> {
  /** The first is the one to name; a request without `Content-Type` is taken for it. */
  readonly mediaTypes: readonly string[];
  readonly doc: string;
  readonly schema: JsonSchema;
  /** What takes long may let others have their turn. @throws AppError INVALID_BODY */
  parse(bytes: Buffer): T | Promise<T>;
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
  if (levelsOf(bytes) <= MOST_LEVELS) return value;
  throw new AppError('INVALID_BODY', { detail: `Cannot parse the body as JSON: expected at most ${MOST_LEVELS} levels of nesting` });
}

const [QUOTE, BACKSLASH, OPEN_ARRAY, CLOSE_ARRAY, OPEN_OBJECT, CLOSE_OBJECT] = [0x22, 0x5c, 0x5b, 0x5d, 0x7b, 0x7d];

/** How deep a JSON text nests; from its bytes, which takes a tenth of a walk through what it says. */
function levelsOf(bytes: Buffer): number {
  let [level, deepest, isQuoted] = [0, 0, false];
  for (let i = 0; i < bytes.length; i += 1) {
    const byte = bytes[i];
    if (isQuoted) {
      if (byte === BACKSLASH) i += 1;
      else if (byte === QUOTE) isQuoted = false;
    } else if (byte === QUOTE) isQuoted = true;
    else if (byte === OPEN_ARRAY || byte === OPEN_OBJECT) {
      level += 1;
      if (level > deepest) deepest = level;
    } else if (byte === CLOSE_ARRAY || byte === CLOSE_OBJECT) level -= 1;
  }
  return deepest;
}

function tooLarge(): AppError {
  return new AppError('CONTENT_TOO_LARGE', {
    detail: `The body is too large: at most ${MAX_BODY_BYTES} bytes are possible`,
    // The rest of the body is not read, so the connection cannot be used again.
    headers: { Connection: 'close' },
  });
}
