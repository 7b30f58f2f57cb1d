import { createHash } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

/** A whole answer in memory, before encoding for one client. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

/** Content codings that we send, best first. */
export type Coding = 'br' | 'gzip' | 'identity';

/** An answer with its tag and the compressed variants made so far; each is made once. */
export interface Entry {
  readonly answer: Answer;
  /** Entity tag of the identity coding, without quotes. */
  readonly tag: string;
  readonly isWeak: boolean;
  readonly storedAt: number;
  readonly variants: Map<Coding, Promise<Uint8Array>>;
  /** Names and values of the headers that all who are answered in one way get, by that way; each list is made once. */
  readonly heads: Map<string, readonly string[]>;
}

/** Brotli's default (11) takes 3.4 s for 3 MB, quality 4 27 ms, gzip 6 16 ms. */
const BROTLI_QUALITY = 4;
const GZIP_LEVEL = 6;
/** Below this a compressed body saves no packet. */
const COMPRESS_FROM_BYTES = 860;

const compressBrotli = promisify(brotliCompress);
const compressGzip = promisify(gzip);

/** Wraps an answer: computes its tag, weak when `sameAs` decides instead of the bytes, and notes the time (ms since epoch). */
export async function createEntry(answer: Answer, now: number, sameAs?: string): Promise<Entry> {
  const tag = await digest(answer.headers['Content-Type'] ?? '', sameAs === undefined ? answer.body : Buffer.from(sameAs));
  return { answer, tag, isWeak: sameAs !== undefined, storedAt: now, variants: new Map(), heads: new Map() };
}

/** Bytes that are digested at once: 2 ms. In between others have their turn. */
const DIGESTED_AT_ONCE = 4 * 1024 * 1024;

async function digest(mediaType: string, bytes: Uint8Array): Promise<string> {
  const hash = createHash('sha1').update(mediaType);
  for (let from = 0; from < bytes.length; from += DIGESTED_AT_ONCE) {
    if (from > 0) await setImmediate();
    hash.update(bytes.subarray(from, from + DIGESTED_AT_ONCE));
  }
  return hash.digest('base64url').slice(0, 22);
}

/** The coding to send: the client's best (RFC 9110 §12.5.3), identity for what is small or already compressed. */
export function chooseCoding(acceptEncoding: string | undefined, mediaType: string, sizeBytes: number): Coding {
  if (acceptEncoding === undefined || sizeBytes < COMPRESS_FROM_BYTES || !isCompressible(mediaType)) return 'identity';
  const weights = new Map(
    acceptEncoding.split(',').map((part) => {
      const [name = '', q = 'q=1'] = part.split(';').map((s) => s.trim().toLowerCase());
      return [name, Number(q.replace('q=', ''))] as const;
    }),
  );
  const weight = (coding: Coding): number => weights.get(coding) ?? (coding === 'identity' ? 0.001 : (weights.get('*') ?? 0));
  const codings: readonly Coding[] = ['br', 'gzip', 'identity'];
  return codings.reduce((best, coding) => (weight(coding) > weight(best) ? coding : best));
}

/** True for text and vector tiles; images are compressed already. */
function isCompressible(mediaType: string): boolean {
  return /^text\/|json|xml|javascript|mapbox-vector-tile|svg/.test(mediaType);
}

/** The body in one coding; computed once per entry. */
export function encodedBody(entry: Entry, coding: Coding): Promise<Uint8Array> {
  if (coding === 'identity') return Promise.resolve(entry.answer.body);
  const made = entry.variants.get(coding);
  if (made !== undefined) return made;
  const making = coding === 'br' ? brotli(entry.answer.body) : compressGzip(entry.answer.body, { level: GZIP_LEVEL });
  entry.variants.set(coding, making);
  making.catch(() => entry.variants.delete(coding));
  return making;
}

/** The `ETag` header; tags differ between codings (RFC 9110 §8.8.3.3). */
export function entityTag(entry: Entry, coding: Coding): string {
  return entry.isWeak ? `W/${strongTag(entry.tag, coding)}` : strongTag(entry.tag, coding);
}

/** A tag as the header has it, of bytes in a coding. */
export function strongTag(tag: string, coding: Coding): string {
  return coding === 'identity' ? `"${tag}"` : `"${tag}-${coding}"`;
}

/** True when `If-None-Match` names the tag in any coding; weak comparison (RFC 9110 §13.1.2). */
export function isNotModified(ifNoneMatch: string | undefined, tag: string): boolean {
  if (ifNoneMatch === undefined) return false;
  if (ifNoneMatch.trim() === '*') return true;
  return ifNoneMatch.split(',').some((part) => {
    const given = /^\s*(?:W\/)?"([^"]*)"\s*$/.exec(part)?.[1];
    return given === tag || given === `${tag}-br` || given === `${tag}-gzip`;
  });
}

function brotli(body: Uint8Array): Promise<Buffer> {
  const params = {
    [constants.BROTLI_PARAM_QUALITY]: BROTLI_QUALITY,
    [constants.BROTLI_PARAM_SIZE_HINT]: body.length,
  };
  return compressBrotli(body, { params });
}
