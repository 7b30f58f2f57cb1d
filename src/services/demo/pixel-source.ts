import type { Grid } from '../../raster/grid.ts';
import type { PixelTypeName, Samples } from '../../raster/wkb.ts';

/** A whole raster in memory: what becomes a table of blocks. Bands row by row from row 0, all of one size. */
export interface PixelSource {
  readonly grid: Grid;
  readonly srid: number;
  readonly width: number;
  readonly height: number;
  readonly bands: readonly { readonly pixelType: PixelTypeName; readonly nodata: number | undefined; readonly samples: Samples }[];
}

/**
 * The raster at half the resolution: each pixel is the mean of the valid ones among its four, rounded for integer
 * types, nodata when none is valid. An odd last row or column is averaged over what there is of it, and the grid keeps
 * its origin, so the last pixels reach past the edge, as GDAL's overviews do.
 */
export function halve(source: PixelSource): PixelSource {
  const width = Math.ceil(source.width / 2);
  const height = Math.ceil(source.height / 2);
  const { grid } = source;
  return {
    ...source,
    width,
    height,
    grid: { ...grid, scaleX: grid.scaleX * 2, scaleY: grid.scaleY * 2, skewX: grid.skewX * 2, skewY: grid.skewY * 2 },
    bands: source.bands.map((band) => ({
      ...band,
      samples: halveBand(band.samples, { width: source.width, height: source.height }, band.nodata),
    })),
  };
}

/** Mean of each 2 × 2 square. Typed arrays of integers truncate, so half is added before. */
function halveBand(samples: Samples, size: { width: number; height: number }, nodata: number | undefined): Samples {
  const { width, height } = size;
  const outWidth = Math.ceil(width / 2);
  const out = emptyLike(samples, outWidth * Math.ceil(height / 2));
  const isFloat = samples instanceof Float32Array || samples instanceof Float64Array;
  for (let row = 0; row < height; row += 2) {
    const lower = Math.min(row + 1, height - 1) * width;
    for (let column = 0; column < width; column += 2) {
      const right = Math.min(column + 1, width - 1);
      let sum = 0;
      let count = 0;
      for (let i = 0; i < 4; i += 1) {
        const value = samples[((i & 2) === 0 ? row * width : lower) + ((i & 1) === 0 ? column : right)] ?? 0;
        if (value === nodata || Number.isNaN(value)) continue;
        sum += value;
        count += 1;
      }
      const mean = count === 0 ? (nodata ?? Number.NaN) : sum / count;
      out[(row / 2) * outWidth + column / 2] = isFloat || count === 0 ? mean : Math.floor(mean + 0.5);
    }
  }
  return out;
}

/** A rectangle of each band, for one block. */
export function cut(source: PixelSource, window: { column: number; row: number; width: number; height: number }): readonly Samples[] {
  return source.bands.map(({ samples }) => {
    const out = emptyLike(samples, window.width * window.height);
    for (let row = 0; row < window.height; row += 1) {
      const start = (window.row + row) * source.width + window.column;
      out.set(samples.subarray(start, start + window.width), row * window.width);
    }
    return out;
  });
}

function emptyLike(samples: Samples, length: number): Samples {
  const like: Samples = samples.slice(0, 0);
  switch (like.BYTES_PER_ELEMENT) {
    case 1:
      return like instanceof Int8Array ? new Int8Array(length) : new Uint8Array(length);
    case 2:
      return like instanceof Int16Array ? new Int16Array(length) : new Uint16Array(length);
    case 4:
      return like instanceof Float32Array
        ? new Float32Array(length)
        : like instanceof Int32Array
          ? new Int32Array(length)
          : new Uint32Array(length);
    default:
      return new Float64Array(length);
  }
}
