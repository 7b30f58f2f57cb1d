import { layGround, type Ground } from './ground.ts';
import { pixelWords, toRgba, type Picture } from './picture.ts';

/** The size of a composition, and what lies under everything. */
export interface Canvas {
  readonly width: number;
  readonly height: number;
  /** Undefined: what no picture covers is transparent. */
  readonly ground?: Ground | undefined;
}

/** A picture, and where its first pixel lies on a canvas that holds all of it: at the canvas' own unless given. */
export type Overlay = Picture & { readonly at?: readonly [column: number, row: number] };

/**
 * Lays pictures over one another, the first lowest, by the operator "over" on straight alpha
 * (Porter and Duff 1984, §4), and all of them on its ground. A picture with a palette that is alone and fills the
 * canvas keeps it.
 */
export function composePictures(pictures: readonly Overlay[], { width, height, ground }: Canvas): Picture {
  const [first, ...others] = pictures;
  const fills = first?.width === width && first.height === height;
  const lowest = first !== undefined && fills ? first : blank(width, height);
  const above = fills ? others : pictures;
  const composed = above.length === 0 ? lowest : overlaid(lowest, above);
  return ground === undefined ? composed : layGround(composed, ground);
}

function blank(width: number, height: number): Picture {
  return { kind: 'indexed', width, height, indices: new Uint8Array(width * height), palette: new Uint8Array(4) };
}

function overlaid(lowest: Picture, others: readonly Overlay[]): Picture {
  const { width, height } = lowest;
  // Only what came as RGBA is somebody else's.
  const data = lowest.kind === 'rgba' ? lowest.data.slice() : toRgba(lowest);
  for (const overlay of others) drawOver({ data, words: pixelWords(data), width }, overlay);
  return { kind: 'rgba', width, height, data };
}

/** A canvas as bytes and as words of the same memory. */
interface Under {
  readonly data: Uint8Array;
  readonly words: Int32Array;
  readonly width: number;
}

/** Draws a picture over a canvas, in place. */
function drawOver(under: Under, overlay: Overlay): void {
  const [left, top] = overlay.at ?? [0, 0];
  const isIndexed = overlay.kind === 'indexed';
  const colors = isIndexed ? overlay.palette : overlay.data;
  const words = pixelWords(colors);
  const indices = isIndexed ? overlay.indices : undefined;
  for (let row = 0, pixel = 0; row < overlay.height; row += 1) {
    let to = (top + row) * under.width + left;
    for (const end = to + overlay.width; to < end; to += 1, pixel += 1) {
      const from = indices === undefined ? pixel : (indices[pixel] ?? 0);
      const alpha = colors[4 * from + 3] ?? 0;
      if (alpha === 255) under.words[to] = words[from] ?? 0;
      else if (alpha > 0) blend(under.data, 4 * to, colors.subarray(4 * from, 4 * from + 3), alpha);
    }
  }
}

/** Lays one transparent colour over an RGBA quadruple. */
function blend(under: Uint8Array, at: number, color: Uint8Array, alpha: number): void {
  const below = ((under[at + 3] ?? 0) * (255 - alpha)) / 255;
  const sum = alpha + below;
  for (let c = 0; c < 3; c += 1) under[at + c] = Math.round(((color[c] ?? 0) * alpha + (under[at + c] ?? 0) * below) / sum);
  under[at + 3] = Math.round(sum);
}
