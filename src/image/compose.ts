import { toRgba, type Picture, type Rgb } from './picture.ts';

/** The size of a composition, and what lies under everything: a colour, or nothing. */
export interface Canvas {
  readonly width: number;
  readonly height: number;
  readonly background: Rgb | undefined;
}

/**
 * Lays pictures of the canvas' size over one another, the first lowest, by the operator "over" on straight alpha
 * (Porter and Duff 1984, §4). A picture with a palette that is alone keeps it.
 */
export function composePictures(pictures: readonly Picture[], { width, height, background }: Canvas): Picture {
  const [first, ...others] = pictures;
  if (first === undefined) return plain(width, height, background);
  if (others.length === 0) {
    if (background === undefined) return first;
    if (first.kind === 'indexed') return { ...first, palette: onBackground(first.palette, background) };
    return { ...first, data: onBackground(first.data, background) };
  }
  const data = background === undefined ? toRgba(first).slice() : onBackground(toRgba(first), background);
  for (const picture of others) drawOver(data, toRgba(picture));
  return { kind: 'rgba', width, height, data };
}

function plain(width: number, height: number, background: Rgb | undefined): Picture {
  const palette = background === undefined ? new Uint8Array(4) : Uint8Array.of(...background, 255);
  return { kind: 'indexed', width, height, indices: new Uint8Array(width * height), palette };
}

/** RGBA quadruples over an opaque colour: a new array, opaque everywhere. */
function onBackground(source: Uint8Array, background: Rgb): Uint8Array {
  const data = new Uint8Array(source.length);
  for (let i = 0; i < source.length; i += 4) {
    const alpha = source[i + 3] ?? 0;
    for (let c = 0; c < 3; c += 1) data[i + c] = Math.round(((source[i + c] ?? 0) * alpha + (background[c] ?? 0) * (255 - alpha)) / 255);
    data[i + 3] = 255;
  }
  return data;
}

/** Draws one array of RGBA quadruples over another, in place. */
function drawOver(under: Uint8Array, over: Uint8Array): void {
  for (let i = 0; i < over.length; i += 4) {
    const alpha = over[i + 3] ?? 0;
    if (alpha === 0) continue;
    const below = alpha === 255 ? 0 : ((under[i + 3] ?? 0) * (255 - alpha)) / 255;
    const sum = alpha + below;
    for (let c = 0; c < 3; c += 1) under[i + c] = Math.round(((over[i + c] ?? 0) * alpha + (under[i + c] ?? 0) * below) / sum);
    under[i + 3] = Math.round(sum);
  }
}
