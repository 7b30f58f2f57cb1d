import type { Canvas } from '../image/compose.ts';
import type { Picture } from '../image/picture.ts';

/** Pictures to be laid over one another on a canvas of their size, the first lowest. They are used up by it. */
export interface Composition {
  readonly pictures: readonly Picture[];
  readonly canvas: Canvas;
}

/** Nanoseconds that a pixel of one picture takes to be laid over another. */
const PIXEL_NS = 8;

/** About how many milliseconds of one core a composition will take, encoding left out. */
export function compositionCost({ pictures, canvas: { width, height, ground } }: Composition): number {
  const layers = Math.max(pictures.length - 1, 0) + (ground === undefined ? 0 : 1);
  return (layers * width * height * PIXEL_NS) / 1e6;
}
