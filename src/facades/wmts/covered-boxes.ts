import { element, type Element } from '../../markup/element.ts';
import type { TileMatrixLimits } from '../../model/tiles.ts';
import type { TileMatrixSet } from '../../tms/tile-matrix-set.ts';
import { supportedCrs } from './matrix-set-element.ts';

/** A set by which a layer is cut, and where in it the layer has data; undefined limits: anywhere. */
export interface LinkedSet {
  readonly tms: TileMatrixSet;
  readonly limits: readonly TileMatrixLimits[] | undefined;
}

/**
 * The ground that a layer's tiles cover in each CRS of its sets, within a tile of the finest matrix. Of a layer that
 * reaches the poles GDAL would else make Web Mercator reach them too, at infinity.
 */
export function coveredBoxes(links: readonly LinkedSet[]): readonly Element[] {
  const byCrs = new Map<string, Element>();
  for (const { tms, limits } of links) {
    const limit = limits?.at(-1);
    const matrix = tms.matrices.find(({ id }) => id === limit?.tileMatrix);
    if (limit === undefined || matrix === undefined || matrix.cornerOfOrigin !== 'topLeft') continue;
    const { originX, originY, cellSize, tileWidth, tileHeight } = matrix;
    const x = (column: number): number => originX + column * tileWidth * cellSize;
    const y = (row: number): number => originY - row * tileHeight * cellSize;
    const corner = (east: number, north: number): string => (tms.northingFirst ? `${north} ${east}` : `${east} ${north}`);
    const crs = supportedCrs(tms);
    byCrs.set(
      crs,
      element(
        'ows:BoundingBox',
        { crs },
        element('ows:LowerCorner', {}, corner(x(limit.minTileCol), y(limit.maxTileRow + 1))),
        element('ows:UpperCorner', {}, corner(x(limit.maxTileCol + 1), y(limit.minTileRow))),
      ),
    );
  }
  return [...byCrs.values()];
}
