/** A finished picture, rows from the top. Palettes are RGBA quadruples; an index beyond the palette is a fault. */
export type Picture =
  | {
      readonly kind: 'indexed';
      readonly width: number;
      readonly height: number;
      readonly indices: Uint8Array;
      readonly palette: Uint8Array;
    }
  | { readonly kind: 'rgba'; readonly width: number; readonly height: number; readonly data: Uint8Array };

/** Encodings of pictures. */
export type PictureFormat = 'png' | 'jpeg' | 'webp' | 'avif';

/** Red, green and blue from 0 to 255. */
export type Rgb = readonly [red: number, green: number, blue: number];

/** The pixels of a picture with four channels. */
export function toRgba(picture: Picture): Uint8Array {
  if (picture.kind === 'rgba') return picture.data;
  const { indices, palette } = picture;
  const data = new Uint8Array(indices.length * 4);
  for (let i = 0; i < indices.length; i += 1) {
    const entry = (indices[i] ?? 0) * 4;
    for (let c = 0; c < 4; c += 1) data[i * 4 + c] = palette[entry + c] ?? 0;
  }
  return data;
}

/** Writes the pixels of a picture with three channels into `target`, as they look on a background. */
export function putRgb(picture: Picture, background: Rgb, target: Uint8Array): void {
  if (picture.kind === 'rgba') {
    putColors(picture.data, background, target);
    return;
  }
  const { indices, palette } = picture;
  const colors = new Uint8Array((palette.length / 4) * 3);
  putColors(palette, background, colors);
  for (let i = 0, to = 0; i < indices.length; i += 1, to += 3) {
    const entry = (indices[i] ?? 0) * 3;
    target[to] = colors[entry] ?? 0;
    target[to + 1] = colors[entry + 1] ?? 0;
    target[to + 2] = colors[entry + 2] ?? 0;
  }
}

/** True when nothing of the picture is transparent. */
export function isOpaque(picture: Picture): boolean {
  // An entry of a palette that no pixel uses counts too: looking at the pixels would cost more than it saves.
  const data = picture.kind === 'rgba' ? picture.data : picture.palette;
  for (let i = 3; i < data.length; i += 4) if (data[i] !== 255) return false;
  return true;
}

/** The pixels of RGBA as words of the host's byte order; a copy only where they are not aligned. */
export function pixelWords(data: Uint8Array): Int32Array {
  const aligned = data.byteOffset % 4 === 0 ? data : data.slice();
  return new Int32Array(aligned.buffer, aligned.byteOffset, Math.floor(aligned.byteLength / 4));
}

function putColors(colors: Uint8Array, [red, green, blue]: Rgb, target: Uint8Array): void {
  for (let i = 0, to = 0; i < colors.length; i += 4, to += 3) {
    const alpha = colors[i + 3] ?? 0;
    if (alpha === 255) {
      target[to] = colors[i] ?? 0;
      target[to + 1] = colors[i + 1] ?? 0;
      target[to + 2] = colors[i + 2] ?? 0;
    } else {
      target[to] = blend(colors[i] ?? 0, red, alpha);
      target[to + 1] = blend(colors[i + 1] ?? 0, green, alpha);
      target[to + 2] = blend(colors[i + 2] ?? 0, blue, alpha);
    }
  }
}

function blend(color: number, below: number, alpha: number): number {
  return Math.round((color * alpha + below * (255 - alpha)) / 255);
}
