import type { Samples } from './wkb.ts';

/** An array of the same type and length over other memory, from the byte `at` of it on, which has to be a multiple of eight. */
export function arrayOver(samples: Samples, buffer: SharedArrayBuffer, at = 0): Samples {
  const { length } = samples;
  if (samples instanceof Uint8Array) return new Uint8Array(buffer, at, length);
  if (samples instanceof Int8Array) return new Int8Array(buffer, at, length);
  if (samples instanceof Uint16Array) return new Uint16Array(buffer, at, length);
  if (samples instanceof Int16Array) return new Int16Array(buffer, at, length);
  if (samples instanceof Uint32Array) return new Uint32Array(buffer, at, length);
  if (samples instanceof Int32Array) return new Int32Array(buffer, at, length);
  return samples instanceof Float32Array ? new Float32Array(buffer, at, length) : new Float64Array(buffer, at, length);
}
