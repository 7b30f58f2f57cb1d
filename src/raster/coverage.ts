import { invertGrid, type Grid } from './grid.ts';
import type { Block, Samples } from './wkb.ts';

/** Which cells of a box have a value in all of some bands, as blocks come in. */
export interface Coverage {
  /** Marks what a block covers; how many cells are new. */
  add(block: Block): number;
  /** Cells that nothing covers yet. */
  readonly missing: number;
}

/** A box cut into cells as large as a level's pixels. */
export interface CoverageRequest {
  readonly bounds: readonly [west: number, south: number, east: number, north: number];
  readonly pixelWidth: number;
  readonly pixelHeight: number;
  /** 0-based. */
  readonly bands: readonly number[];
}

/** An empty coverage. A cell counts by its centre; blocks may have any grid. */
export function createCoverage({ bounds: [west, south, east, north], pixelWidth, pixelHeight, bands }: CoverageRequest): Coverage {
  const width = Math.max(1, Math.ceil((east - west) / pixelWidth));
  const height = Math.max(1, Math.ceil((north - south) / pixelHeight));
  const cells: Grid = {
    originX: west,
    originY: north,
    scaleX: (east - west) / width,
    scaleY: (south - north) / height,
    skewX: 0,
    skewY: 0,
  };
  const covered = new Uint8Array(width * height);
  let missing = covered.length;
  return {
    add(block) {
      const valid = bands.map((band) => validSamples(block, band));
      const { a, b, c, d, e, f } = invertGrid(block.grid);
      let fresh = 0;
      for (let j = 0; j < height; j += 1) {
        const y = cells.originY + (j + 0.5) * cells.scaleY;
        for (let i = 0; i < width; i += 1) {
          if (covered[j * width + i] === 1) continue;
          const x = cells.originX + (i + 0.5) * cells.scaleX;
          const [column, row] = [Math.floor(a * x + b * y + c), Math.floor(d * x + e * y + f)];
          if (column < 0 || row < 0 || column >= block.width || row >= block.height) continue;
          if (!valid.every((isValid) => isValid(row * block.width + column))) continue;
          covered[j * width + i] = 1;
          fresh += 1;
        }
      }
      missing -= fresh;
      return fresh;
    },
    get missing() {
      return missing;
    },
  };
}

/** Whether a band of a block has a value at a place. */
function validSamples(block: Block, index: number): (place: number) => boolean {
  const band = block.bands[index];
  if (band === undefined || band.blank || band.outside !== undefined) return () => false;
  if (band.full === true) return () => true;
  const samples: Samples = band.samples();
  return (place) => {
    const value = samples[place] ?? Number.NaN;
    return value === value && value !== band.nodata;
  };
}
