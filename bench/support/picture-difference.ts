import { built } from './built.ts';

/** Mean difference of two pictures in grey levels over all pixels and channels; infinite when their sizes differ. */
export async function pictureDifference(a: Buffer, b: Buffer): Promise<number> {
  const { decodeRgb } = await built('image/decode.js');
  const [first, second] = [await decodeRgb(a), await decodeRgb(b)];
  if (first.data.length !== second.data.length) return Infinity;
  return first.data.reduce((total, value, i) => total + Math.abs(value - (second.data[i] ?? 0)), 0) / first.data.length;
}
