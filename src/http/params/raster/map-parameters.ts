import type { RawBox } from '../../../base/raw-box.ts';
import type { AxisSubset } from '../../../base/subset.ts';
import type { CrsName } from '../../../crs/crs-uri.ts';
import type { Parameter } from '../../parameter.ts';
import { integerParameter, numberParameter } from '../scalar.ts';
import { centerParameter, rasterBbox } from './box-parameters.ts';
import { crsParameter } from './crs-parameter.ts';
import { subsetParameter } from './subset-parameter.ts';

/** Values of `mapAreaParameters`. */
export interface MapAreaInput {
  readonly crs?: CrsName | undefined;
  readonly bbox?: RawBox | undefined;
  readonly bboxCrs?: CrsName | undefined;
  readonly center?: readonly [number, number] | undefined;
  readonly centerCrs?: CrsName | undefined;
  readonly subset?: readonly AxisSubset[] | undefined;
  readonly subsetCrs?: CrsName | undefined;
  readonly width?: number | undefined;
  readonly height?: number | undefined;
  readonly scaleDenominator?: number | undefined;
  readonly mmPerPixel?: number | undefined;
  readonly orientation?: number | undefined;
}

/** Where a map lies, how large it is and how it is turned (OGC 20-058 §8–§16). */
export const mapAreaParameters: { readonly [K in keyof Required<MapAreaInput>]: Parameter<MapAreaInput[K]> } = {
  crs: crsParameter('crs', 'CRS of the map; without it that in which the data are stored.'),
  bbox: rasterBbox,
  bboxCrs: crsParameter('bbox-crs', 'CRS of `bbox`; without it longitude, latitude (CRS84).'),
  center: centerParameter,
  centerCrs: crsParameter('center-crs', 'CRS of `center`; without it longitude, latitude (CRS84).'),
  subset: subsetParameter,
  subsetCrs: crsParameter(
    'subset-crs',
    'CRS of the spatial axes of `subset`; without it degrees for Lat and Lon, that of the data for E and N.',
  ),
  width: integerParameter({ name: 'width', doc: 'Pixels across; without it as the height and the area want it.' }, { minimum: 1 }),
  height: integerParameter({ name: 'height', doc: 'Pixels down; without it as the width and the area want it.' }, { minimum: 1 }),
  scaleDenominator: numberParameter(
    {
      name: 'scale-denominator',
      doc: 'Scale 1 : n, with pixels of `mm-per-pixel`; of the ground at the middle; instead of width and height, or together with them for what lies around `center` (or the middle of the data).',
    },
    { above: 0 },
  ),
  mmPerPixel: numberParameter(
    { name: 'mm-per-pixel', doc: 'Side of a pixel of the display in millimetres, 0.28 unless given.' },
    { above: 0 },
  ),
  orientation: numberParameter({ name: 'orientation', doc: 'Degrees by which the map is turned counter-clockwise about its middle.' }),
};
