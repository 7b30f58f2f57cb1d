import { invertGrid, shiftGrid, type Grid } from './grid.ts';
import { holdSamples } from './hold-samples.ts';
import type { Block, BlockBand, Samples } from './wkb.ts';

/** How far, in pixels, a block may lie off the anchor's grid and still be counted on it. */
const ALIGNED = 0.02;

/**
 * Every n-th sample of every n-th row of a block: all that is kept of blocks too many to hold, where a picture is so
 * small that a pixel covers many of them. Samples are those in the middle of n × n pixels counted on the anchor's grid,
 * so that thinned blocks fit together as the blocks did. Undefined when none of these lies in the block.
 */
export function thinBlock(block: Block, step: number, anchor: Grid): Block | undefined {
  const offset = offsetOn(anchor, block.grid);
  const base = offset === undefined ? block.grid : anchor;
  const [column, row] = offset ?? [0, 0];
  const across = lattice(column, block.width, step);
  const down = lattice(row, block.height, step);
  if (across.count === 0 || down.count === 0) return undefined;
  const grid = scaleGrid(shiftGrid(base, across.first * step, down.first * step), step);
  const bands = block.bands.map((band): BlockBand => {
    if (band.blank || band.outside !== undefined) return holdSamples(band);
    return holdSamples(band, pick(band.samples(), block.width, across, down));
  });
  return { grid, srid: block.srid, width: across.count, height: down.count, bands };
}

/** Where the samples to keep lie along one axis: index `at` in the block, then each `step`. */
interface Lattice {
  /** Number of the first kept sample on the thinned grid. */
  readonly first: number;
  readonly count: number;
  readonly at: number;
  readonly step: number;
}

function lattice(offset: number, length: number, step: number): Lattice {
  const middle = Math.floor(step / 2);
  const first = Math.ceil((offset - middle) / step);
  const at = first * step + middle - offset;
  return { first, count: at < length ? Math.ceil((length - at) / step) : 0, at, step };
}

function pick(samples: Samples, width: number, across: Lattice, down: Lattice): Samples {
  const kept = samples.slice(0, across.count * down.count);
  for (let j = 0; j < down.count; j += 1) {
    const from = (down.at + j * down.step) * width + across.at;
    for (let i = 0; i < across.count; i += 1) kept[j * across.count + i] = samples[from + i * across.step] ?? 0;
  }
  return kept;
}

/** Whole pixels from the anchor's first to the block's, or undefined when they are on different grids. */
function offsetOn(anchor: Grid, grid: Grid): readonly [number, number] | undefined {
  const { a, b, c, d, e, f } = invertGrid(anchor);
  const column = a * grid.originX + b * grid.originY + c;
  const row = d * grid.originX + e * grid.originY + f;
  const [i, j] = [Math.round(column), Math.round(row)];
  const isNear = Math.abs(column - i) <= ALIGNED && Math.abs(row - j) <= ALIGNED;
  const isAlike = (['scaleX', 'scaleY', 'skewX', 'skewY'] as const).every(
    (key) => Math.abs(anchor[key] - grid[key]) <= 1e-9 * Math.abs(anchor.scaleX),
  );
  return isNear && isAlike ? [i, j] : undefined;
}

function scaleGrid(grid: Grid, step: number): Grid {
  return { ...grid, scaleX: grid.scaleX * step, scaleY: grid.scaleY * step, skewX: grid.skewX * step, skewY: grid.skewY * step };
}
