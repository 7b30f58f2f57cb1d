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
export type PictureFormat = 'png' | 'jpeg' | 'webp';

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
