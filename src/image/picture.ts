/** A finished picture, rows from the top. Palettes are RGBA quadruples; an index beyond the palette is a fault. */
export type Picture =
  | { readonly kind: 'indexed'; readonly width: number; readonly height: number; readonly indices: Uint8Array; readonly palette: Uint8Array }
  | { readonly kind: 'rgb' | 'rgba'; readonly width: number; readonly height: number; readonly data: Uint8Array };

/** Encodings of pictures. */
export type PictureFormat = 'png' | 'jpeg' | 'webp';

/** The same picture with three or four channels; colours that are not opaque make it `rgba`. */
export function expand(picture: Picture): Extract<Picture, { kind: 'rgb' | 'rgba' }> {
  if (picture.kind !== 'indexed') return picture;
  const { width, height, indices, palette } = picture;
  const opaque = palette.every((value, i) => i % 4 !== 3 || value === 255);
  const channels = opaque ? 3 : 4;
  const data = new Uint8Array(width * height * channels);
  for (let i = 0; i < indices.length; i += 1) {
    const entry = (indices[i] ?? 0) * 4;
    for (let c = 0; c < channels; c += 1) data[i * channels + c] = palette[entry + c] ?? 0;
  }
  return { kind: opaque ? 'rgb' : 'rgba', width, height, data };
}

/** The picture over a white ground, three channels: what a JPEG shows where there is nothing. */
export function flatten(picture: Picture): Extract<Picture, { kind: 'rgb' | 'rgba' }> {
  const { kind, width, height, data } = expand(picture);
  if (kind === 'rgb') return { kind, width, height, data };
  const flat = new Uint8Array(width * height * 3);
  for (let i = 0; i < width * height; i += 1) {
    const alpha = data[i * 4 + 3] ?? 0;
    for (let c = 0; c < 3; c += 1) flat[i * 3 + c] = ((data[i * 4 + c] ?? 0) * alpha + 255 * (255 - alpha) + 127) / 255;
  }
  return { kind: 'rgb', width, height, data: flat };
}
