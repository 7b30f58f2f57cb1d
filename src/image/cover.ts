import type { PixelWindow } from '../raster/grid.ts';
import type { Overlay } from './compose.ts';

/** Which pixels of a canvas are opaque already, so that nothing below them is to be seen. */
export interface Cover {
  /** Takes what a picture of the canvas hides. */
  add(overlay: Overlay): void;
  /** True when every pixel of a window is hidden. */
  hides(window: PixelWindow): boolean;
}

/** A cover that hides nothing yet. */
export function createCover({ width, height }: { readonly width: number; readonly height: number }): Cover {
  const hidden = new Uint8Array(width * height);
  return {
    add(overlay) {
      const [left, top] = overlay.at ?? [0, 0];
      const alpha = alphaOf(overlay);
      for (let row = 0, from = 0; row < overlay.height; row += 1) {
        const to = (top + row) * width + left;
        for (let column = 0; column < overlay.width; column += 1, from += 1) if (alpha(from) === 255) hidden[to + column] = 1;
      }
    },
    hides({ column, row, width: across, height: down }) {
      for (let line = row; line < row + down; line += 1) {
        const from = line * width + column;
        if (hidden.subarray(from, from + across).includes(0)) return false;
      }
      return true;
    },
  };
}

/** How opaque the pixels of a picture are, by their place in it. */
function alphaOf(overlay: Overlay): (pixel: number) => number {
  if (overlay.kind === 'rgba') return (pixel) => overlay.data[4 * pixel + 3] ?? 0;
  const { indices, palette } = overlay;
  return (pixel) => palette[4 * (indices[pixel] ?? 0) + 3] ?? 0;
}
