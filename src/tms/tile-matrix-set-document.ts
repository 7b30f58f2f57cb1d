import type { Link } from '../base/link.ts';
import type { TileMatrix1Document, TileMatrixDocument, TileMatrixSetDocument, VariableMatrixWidth } from '../model/tiles.ts';
import type { TileMatrix, TileMatrixSet } from './tile-matrix-set.ts';

/**
 * The document of a tile matrix set: OGC 17-083r4 with the members of version 1.0 beside them, which is all that GDAL's
 * OGCAPI driver reads. Version 1.0 knows no bottom-left origin, so sets with one have no such members.
 */
export function tileMatrixSetDocument(tms: TileMatrixSet, links: readonly Link[] = []): TileMatrixSetDocument {
  const topLeft = tms.matrices.every((matrix) => matrix.cornerOfOrigin === 'topLeft');
  return {
    id: tms.id,
    title: tms.title,
    ...(tms.uri === undefined ? {} : { uri: tms.uri }),
    crs: tms.crs,
    ...(tms.orderedAxes === undefined ? {} : { orderedAxes: tms.orderedAxes }),
    ...(tms.wellKnownScaleSet === undefined ? {} : { wellKnownScaleSet: tms.wellKnownScaleSet }),
    tileMatrices: tms.matrices.map((matrix) => matrixDocument(matrix, tms.northingFirst)),
    ...(topLeft ? versionOne(tms) : {}),
    ...(links.length === 0 ? {} : { links }),
  };
}

function matrixDocument(matrix: TileMatrix, northingFirst: boolean): TileMatrixDocument {
  return {
    id: matrix.id,
    scaleDenominator: matrix.scaleDenominator,
    cellSize: matrix.cellSize,
    cornerOfOrigin: matrix.cornerOfOrigin,
    pointOfOrigin: corner(matrix, northingFirst),
    tileWidth: matrix.tileWidth,
    tileHeight: matrix.tileHeight,
    matrixWidth: matrix.matrixWidth,
    matrixHeight: matrix.matrixHeight,
    ...(matrix.coalesced.length === 0 ? {} : { variableMatrixWidths: widths(matrix) }),
  };
}

function versionOne(tms: TileMatrixSet): Pick<TileMatrixSetDocument, 'type' | 'identifier' | 'supportedCRS' | 'tileMatrix'> {
  return {
    type: 'TileMatrixSetType',
    identifier: tms.id,
    supportedCRS: tms.crs,
    tileMatrix: tms.matrices.map((matrix) => matrixDocument1(matrix, tms.northingFirst)),
  };
}

function matrixDocument1(matrix: TileMatrix, northingFirst: boolean): TileMatrix1Document {
  return {
    type: 'TileMatrixType',
    identifier: matrix.id,
    scaleDenominator: matrix.scaleDenominator,
    topLeftCorner: corner(matrix, northingFirst),
    tileWidth: matrix.tileWidth,
    tileHeight: matrix.tileHeight,
    matrixWidth: matrix.matrixWidth,
    matrixHeight: matrix.matrixHeight,
    ...(matrix.coalesced.length === 0 ? {} : { variableMatrixWidth: widths(matrix) }),
  };
}

function corner(matrix: TileMatrix, northingFirst: boolean): readonly [number, number] {
  return northingFirst ? [matrix.originY, matrix.originX] : [matrix.originX, matrix.originY];
}

function widths(matrix: TileMatrix): readonly VariableMatrixWidth[] {
  return matrix.coalesced.map(({ coalesce, minRow, maxRow }) => ({ coalesce, minTileRow: minRow, maxTileRow: maxRow }));
}
