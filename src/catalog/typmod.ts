import { identifierPattern } from './identifier-pattern.ts';

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

/**
 * What the check constraints of PostGIS 1 say about a column without modifier: `st_srid(geom) = 4326`,
 * `st_ndims(geom) = 2`, `geometrytype(geom) = 'POINT'::text`. Undefined when none names the SRID.
 */
export function spatialTypeOfConstraints(column: string, definitions: readonly string[]): SpatialType | undefined {
  const name = identifierPattern(column);
  const valueOf = (called: string): string | undefined =>
    definitions
      .map((text) => new RegExp(`\\b${called}\\(${name}\\) = \\(*'?(\\w+)`, 'i').exec(text)?.[1])
      .find((value) => value !== undefined);
  const srid = Number(valueOf('st_srid') ?? 0);
  if (!(srid > 0)) return undefined;
  const type = valueOf('geometrytype')?.toUpperCase();
  const hasM = type?.endsWith('M') ?? false;
  const dimensions = Number(valueOf('st_ndims') ?? 2);
  return {
    geometryType: hasM ? type?.slice(0, -1) : type,
    srid,
    hasZ: dimensions === 4 || (dimensions === 3 && !hasM),
    hasM: hasM || dimensions === 4,
  };
}

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
