/** What the modifier of a geometry or geography column says; absent members are not constrained by it. */
export interface SpatialType {
  readonly geometryType: string | undefined;
  readonly srid: number | undefined;
  readonly hasZ: boolean;
  readonly hasM: boolean;
}

/** PostGIS's type numbers (liblwgeom.h), OGC names in upper case. */
const NAMES = [
  'GEOMETRY',
  'POINT',
  'LINESTRING',
  'POLYGON',
  'MULTIPOINT',
  'MULTILINESTRING',
  'MULTIPOLYGON',
  'GEOMETRYCOLLECTION',
  'CIRCULARSTRING',
  'COMPOUNDCURVE',
  'CURVEPOLYGON',
  'MULTICURVE',
  'MULTISURFACE',
  'POLYHEDRALSURFACE',
  'TRIANGLE',
  'TIN',
] as const;

/** Decodes PostGIS's column modifier: bit 0 M, bit 1 Z, bits 2–7 type, bits 8–28 signed SRID; undefined for none (-1). */
export function decodeSpatialTypmod(typmod: number): SpatialType | undefined {
  if (typmod < 0) return undefined;
  const srid = ((typmod & 0x0fffff00) - (typmod & 0x10000000)) >> 8;
  return {
    geometryType: NAMES[(typmod & 0xfc) >> 2] ?? 'GEOMETRY',
    srid: srid > 0 ? srid : undefined,
    hasZ: (typmod & 2) !== 0,
    hasM: (typmod & 1) !== 0,
  };
}
