import { shiftGrid } from '../../raster/grid.ts';
import { type BlockToWrite, encodeBlock } from '../../raster/wkb-encode.ts';
import { cut, type PixelSource } from './pixel-source.ts';

/** Side of a block in pixels: what the raster engine reads at once for a tile. */
const BLOCK_SIZE = 256;

/** How many blocks a raster is cut into. */
export function blockCount(source: PixelSource): number {
  return Math.ceil(source.width / BLOCK_SIZE) * Math.ceil(source.height / BLOCK_SIZE);
}

/**
 * The raster cut into WKB values of 256 × 256 pixels, from the top left, row by row; those at the right and bottom edge
 * are smaller, as `raster2pgsql` leaves them without `-P`.
 */
export function* blocks(source: PixelSource): Generator<Buffer> {
  for (let row = 0; row < source.height; row += BLOCK_SIZE) {
    for (let column = 0; column < source.width; column += BLOCK_SIZE) {
      const width = Math.min(BLOCK_SIZE, source.width - column);
      const height = Math.min(BLOCK_SIZE, source.height - row);
      const samples = cut(source, { column, row, width, height });
      const block: BlockToWrite = {
        grid: shiftGrid(source.grid, column, row),
        srid: source.srid,
        width,
        height,
        bands: source.bands.flatMap((band, i) => {
          const own = samples[i];
          return own === undefined ? [] : [{ pixelType: band.pixelType, nodata: band.nodata, samples: own }];
        }),
      };
      yield encodeBlock(block);
    }
  }
}
