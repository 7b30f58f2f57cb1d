/** Pixels as pictures have them, row by row; palettes are RGBA quadruples. */
export type Pixels =
  | { readonly kind: 'indexed'; readonly indices: Uint8Array; readonly palette: Uint8Array }
  | { readonly kind: 'rgba'; readonly data: Uint8Array };

/** The pixels with four channels; those that have them already are not copied. */
export function spread(pixels: Pixels): Uint8Array {
  return pixels.kind === 'rgba' ? pixels.data : lookUp(pixels.indices, pixels.palette);
}

/** RGBA quadruples by their places in a palette of RGBA quadruples. */
export function lookUp(indices: Uint8Array | Uint16Array, palette: Uint8Array): Uint8Array {
  const colors = new Uint32Array(palette.slice().buffer);
  const data = new Uint32Array(indices.length);
  for (let i = 0; i < indices.length; i += 1) data[i] = colors[indices[i] ?? 0] ?? 0;
  return new Uint8Array(data.buffer);
}

/** Pixels of a width without `rim` of them on each side. */
export function cutRim(pixels: Pixels, width: number, rim: number): Pixels {
  if (pixels.kind === 'rgba') return { kind: 'rgba', data: cut(pixels.data, width * 4, { x: rim * 4, y: rim }) };
  return { ...pixels, indices: cut(pixels.indices, width, { x: rim, y: rim }) };
}

function cut(bytes: Uint8Array, stride: number, rim: { readonly x: number; readonly y: number }): Uint8Array {
  const rows = bytes.length / stride - 2 * rim.y;
  const length = stride - 2 * rim.x;
  const out = new Uint8Array(rows * length);
  for (let row = 0; row < rows; row += 1) {
    const from = (row + rim.y) * stride + rim.x;
    out.set(bytes.subarray(from, from + length), row * length);
  }
  return out;
}
