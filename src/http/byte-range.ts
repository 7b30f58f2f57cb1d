/** A part of a body: bytes `from` (included) to `to` (excluded); or all of it; or nothing that there is. */
export type ByteRange = { readonly from: number; readonly to: number } | 'whole' | 'outside';

const SINGLE = /^bytes=(\d*)-(\d*)$/;

/**
 * The part of a body of some length that a `Range` header asks for (RFC 9110 §14.2). Several ranges at once, and what is
 * not understood, get the whole body, as the standard allows.
 */
export function byteRange(range: string | undefined, length: number): ByteRange {
  const match = SINGLE.exec(range?.trim() ?? '');
  const [, first = '', last = ''] = match ?? [];
  if (match === null || (first === '' && last === '')) return 'whole';
  if (first === '') {
    const count = Math.min(Number(last), length);
    return count === 0 ? 'outside' : { from: length - count, to: length };
  }
  if (last !== '' && Number(last) < Number(first)) return 'whole';
  if (Number(first) >= length) return 'outside';
  return { from: Number(first), to: Math.min(length, last === '' ? length : Number(last) + 1) };
}
