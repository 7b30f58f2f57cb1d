import { element, type Element } from '../../markup/element.ts';
import type { TileMatrix, TileMatrixSet } from '../../tms/tile-matrix-set.ts';

/** The set that the standard calls GoogleMapsCompatible names its CRS like this (OGC 07-057r7 annex E.4). */
const GOOGLE = {
  crs: 'urn:ogc:def:crs:EPSG:6.18:3:3857',
  scales: 'urn:ogc:def:wkss:OGC:1.0:GoogleMapsCompatible',
  id: 'WebMercatorQuad',
};

/** The description of a tile matrix set (OGC 07-057r7 tables 11 and 12). */
export function matrixSetElement(tms: TileMatrixSet): Element {
  return element(
    'TileMatrixSet',
    {},
    element('ows:Title', {}, tms.title),
    element('ows:Identifier', {}, tms.id),
    element('ows:SupportedCRS', {}, supportedCrs(tms)),
    isGoogle(tms) && element('WellKnownScaleSet', {}, GOOGLE.scales),
    tms.matrices.map((matrix) => matrixElement(matrix, tms.northingFirst)),
  );
}

/** The name of a set's CRS, as URN. */
export function supportedCrs(tms: TileMatrixSet): string {
  return isGoogle(tms) ? GOOGLE.crs : crsUrn(tms.crs);
}

function isGoogle({ id, srid }: TileMatrixSet): boolean {
  return id === GOOGLE.id && srid === 3857;
}

function matrixElement(matrix: TileMatrix, northingFirst: boolean): Element {
  const { originX, originY } = matrix;
  return element(
    'TileMatrix',
    {},
    element('ows:Identifier', {}, matrix.id),
    element('ScaleDenominator', {}, matrix.scaleDenominator),
    element('TopLeftCorner', {}, northingFirst ? `${originY} ${originX}` : `${originX} ${originY}`),
    element('TileWidth', {}, matrix.tileWidth),
    element('TileHeight', {}, matrix.tileHeight),
    element('MatrixWidth', {}, matrix.matrixWidth),
    element('MatrixHeight', {}, matrix.matrixHeight),
  );
}

/** `http://www.opengis.net/def/crs/EPSG/0/4326` → `urn:ogc:def:crs:EPSG::4326`; version 0 is none. */
function crsUrn(uri: string): string {
  const match = /\/def\/crs\/([^/]+)\/([^/]+)\/([^/]+)$/.exec(uri);
  if (match === null) return uri;
  const [, authority = '', version = '', code = ''] = match;
  return `urn:ogc:def:crs:${authority}:${version === '0' ? '' : version}:${code}`;
}
