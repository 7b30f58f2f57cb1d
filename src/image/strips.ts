import { setImmediate } from 'node:timers/promises';
import { allocatePlane, type Plane } from '../raster/image.ts';
import type { PixelTypeName } from '../raster/wkb.ts';
import type { ValueFacts, ValueWindow } from './values.ts';

/** Whole rows of an image. */
export interface Strip {
  readonly row: number;
  readonly height: number;
  /** One a band, width × height; the next strip is written into the same memory. */
  readonly planes: readonly Plane[];
}

const WIDE: readonly PixelTypeName[] = ['32BSI', '32BUI', '64BF'];

/**
 * Whole rows, `height` at a time (the last strip may be lower), from windows that come in the order of their first
 * rows and do not overlap; what none covers is NaN. Only windows that the strip touches are held, and one more.
 */
export async function* stripsOf(facts: ValueFacts, height: number, windows: AsyncIterable<ValueWindow>): AsyncGenerator<Strip> {
  const planes = facts.bands.map(({ pixelType }) => allocatePlane(facts.width * height, WIDE.includes(pixelType)));
  const iterator = windows[Symbol.asyncIterator]();
  try {
    let held: readonly ValueWindow[] = [];
    let next = await iterator.next();
    for (let row = 0; row < facts.height; row += height) {
      const end = Math.min(facts.height, row + height);
      const taken = [...held];
      while (next.done !== true && next.value.window.row < end) {
        taken.push(next.value);
        next = await iterator.next();
      }
      for (const plane of planes) plane.fill(Number.NaN);
      for (const part of taken) paint(part, { row, height: end - row, planes }, facts.width);
      // Text and tiles of a strip take milliseconds, and a source in memory never waits: others get their turn here.
      await setImmediate();
      yield { row, height: end - row, planes: planes.map((plane) => plane.subarray(0, facts.width * (end - row))) };
      held = taken.filter(({ window }) => window.row + window.height > end);
    }
  } finally {
    await iterator.return?.();
  }
}

function paint({ window, planes }: ValueWindow, strip: Strip, width: number): void {
  const left = Math.max(0, window.column);
  const right = Math.min(width, window.column + window.width);
  const top = Math.max(strip.row, window.row);
  const bottom = Math.min(strip.row + strip.height, window.row + window.height);
  if (right <= left) return;
  strip.planes.forEach((target, band) => {
    const source = planes[band];
    if (source === undefined) return;
    for (let row = top; row < bottom; row += 1) {
      const from = (row - window.row) * window.width + left - window.column;
      target.set(source.subarray(from, from + right - left), (row - strip.row) * width + left);
    }
  });
}
