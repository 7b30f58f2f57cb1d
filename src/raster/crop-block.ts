import { invertGrid, shiftGrid } from './grid.ts';
import { holdSamples } from './hold-samples.ts';
import type { Block, BlockBand, Samples } from './wkb.ts';

/**
 * The part of a block that bounds touch (west, south, east, north in its CRS), with `margin` samples around it; in memory
 * of its own, so that the rest can be let go. Undefined where they do not meet.
 */
export function cropBlock(block: Block, bounds: readonly [number, number, number, number], margin: number): Block | undefined {
  const { a, b, c, d, e, f } = invertGrid(block.grid);
  const corners = [0, 2].flatMap((x) => [1, 3].map((y) => [bounds[x] ?? 0, bounds[y] ?? 0] as const));
  const columns = corners.map(([x, y]) => a * x + b * y + c);
  const rows = corners.map(([x, y]) => d * x + e * y + f);
  const left = Math.max(0, Math.floor(Math.min(...columns)) - margin);
  const top = Math.max(0, Math.floor(Math.min(...rows)) - margin);
  const width = Math.min(block.width, Math.ceil(Math.max(...columns)) + margin) - left;
  const height = Math.min(block.height, Math.ceil(Math.max(...rows)) + margin) - top;
  if (!(width > 0 && height > 0)) return undefined;
  const bands = block.bands.map((band): BlockBand => {
    if (band.blank || band.outside !== undefined) return holdSamples(band);
    return holdSamples(band, cut(band.samples(), block.width, { left, top, width, height }));
  });
  return { ...block, grid: shiftGrid(block.grid, left, top), width, height, bands };
}

function cut(
  samples: Samples,
  stride: number,
  { left, top, width, height }: { readonly left: number; readonly top: number; readonly width: number; readonly height: number },
): Samples {
  const out = samples.slice(0, width * height);
  for (let row = 0; row < height; row += 1) {
    const from = (top + row) * stride + left;
    out.set(samples.subarray(from, from + width), row * width);
  }
  return out;
}
