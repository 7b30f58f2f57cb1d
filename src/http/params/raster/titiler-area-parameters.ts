import type { CrsName } from '../../../crs/crs-uri.ts';
import type { Parameter } from '../../parameter.ts';
import { integerParameter } from '../scalar.ts';
import { crsParameter } from './crs-parameter.ts';
import { onlyOne } from './look-parameters.ts';
import type { MapAreaInput } from './map-parameters.ts';

/** Values of `titilerAreaParameters`. */
export interface TitilerAreaInput {
  readonly dstCrs?: CrsName | undefined;
  readonly coordCrs?: CrsName | undefined;
  readonly maxSize?: number | undefined;
}

/** Where a map lies and how large it is, in TiTiler's words. */
export const titilerAreaParameters: { readonly [K in keyof Required<TitilerAreaInput>]: Parameter<TitilerAreaInput[K]> } = {
  dstCrs: crsParameter('dst_crs', 'The same as `crs`.'),
  coordCrs: crsParameter(
    'coord_crs',
    'CRS of `bbox` and `center`, easting or longitude first whatever the CRS says; instead of `bbox-crs`.',
  ),
  maxSize: integerParameter(
    { name: 'max_size', doc: 'Pixels of the longer side where neither size nor scale is given; 1024 unless given.' },
    { minimum: 1 },
  ),
};

/** The area of a map in the words of the standard. @throws AppError CONFLICTING_PARAMETERS for the same said twice */
export function mapAreaOf({ crs, dstCrs, bboxCrs, centerCrs, coordCrs }: MapAreaInput & TitilerAreaInput): MapAreaInput {
  onlyOne({ crs, dst_crs: dstCrs });
  onlyOne({ 'bbox-crs': bboxCrs, coord_crs: coordCrs });
  onlyOne({ 'center-crs': centerCrs, coord_crs: coordCrs });
  const eastingFirst = coordCrs === undefined ? undefined : { ...coordCrs, northingFirst: false };
  return { crs: crs ?? dstCrs, bboxCrs: bboxCrs ?? eastingFirst, centerCrs: centerCrs ?? eastingFirst };
}
