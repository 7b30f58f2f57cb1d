import type { Canvas, Overlay } from '../image/compose.ts';

/** Pictures to be laid over one another on a canvas, the first lowest. They are used up by it. */
export interface Composition {
  readonly pictures: readonly Overlay[];
  readonly canvas: Canvas;
}

/** Nanoseconds that a pixel of one picture takes to be laid over another. */
const PIXEL_NS = 8;

/** About how many milliseconds of one core a composition will take, encoding left out. */
export function compositionCost({ pictures, canvas: { width, height, ground } }: Composition): number {
  const laid = pictures.slice(1).reduce((pixels, picture) => pixels + picture.width * picture.height, 0);
  return ((laid + (ground === undefined ? 0 : width * height)) * PIXEL_NS) / 1e6;
}
