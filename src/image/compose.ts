import { layGround, type Ground } from './ground.ts';
import { toRgba, type Picture } from './picture.ts';

/** The size of a composition, and what lies under everything. */
export interface Canvas {
  readonly width: number;
  readonly height: number;
  /** Undefined: what no picture covers is transparent. */
  readonly ground?: Ground | undefined;
}

/**
 * Lays pictures of the canvas' size over one another, the first lowest, by the operator "over" on straight alpha
 * (Porter and Duff 1984, §4), and all of them on its ground. A picture with a palette that is alone keeps it.
 */
export function composePictures(pictures: readonly Picture[], { width, height, ground }: Canvas): Picture {
  const [first = blank(width, height), ...others] = pictures;
  const composed = others.length === 0 ? first : overlaid(first, others);
  return ground === undefined ? composed : layGround(composed, ground);
}

function blank(width: number, height: number): Picture {
  return { kind: 'indexed', width, height, indices: new Uint8Array(width * height), palette: new Uint8Array(4) };
}

function overlaid(first: Picture, others: readonly Picture[]): Picture {
  const data = toRgba(first).slice();
  for (const picture of others) drawOver(data, toRgba(picture));
  return { kind: 'rgba', width: first.width, height: first.height, data };
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
