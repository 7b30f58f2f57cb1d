import { cannotParse } from '../../../base/cannot-parse.ts';
import { decimalOf } from '../../../base/decimal.ts';
import type { AskedTime } from '../../../base/partial-time.ts';
import type { RawBox } from '../../../base/raw-box.ts';
import { parseSubset } from '../../../base/subset.ts';
import type { AxisSubset } from '../../../base/subset.ts';
import type { CrsName } from '../../../crs/crs-uri.ts';
import { RESAMPLINGS } from '../../../raster/resampling.ts';
import type { Resampling } from '../../../raster/resampling.ts';
import type { Parameter } from '../../parameter.ts';
import { booleanParameter, choiceParameter, integerParameter, numberParameter } from '../scalar.ts';
import { nodataParameter } from './band-parameters.ts';
import { rasterBbox } from './box-parameters.ts';
import { clipParameters } from './clip-parameters.ts';
import type { ClipInput } from './clip-parameters.ts';
import { crsParameter } from './crs-parameter.ts';
import { rasterDatetime } from './datetime.ts';
import { rowParameters } from './row-parameters.ts';
import type { RowInput } from './row-parameters.ts';
import { subsetParameter } from './subset-parameter.ts';
import { tiffParameters, type TiffInput } from './tiff-parameters.ts';

/** A number for an axis, as in `resolution=Lat(0.5),Lon(0.5)`; undefined keeps the axis as it is. */
export interface AxisNumber {
  readonly axis: string;
  readonly value: number | undefined;
}

/** Values of `coverageParameters`. */
export interface CoverageInput extends Pick<RowInput, 'pixelSelection'>, ClipInput, TiffInput {
  readonly datetime?: AskedTime | undefined;
  readonly crs?: CrsName | undefined;
  readonly bbox?: RawBox | undefined;
  readonly bboxCrs?: CrsName | undefined;
  readonly subset?: readonly AxisSubset[] | undefined;
  readonly subsetCrs?: CrsName | undefined;
  readonly resolution?: readonly AxisNumber[] | undefined;
  readonly width?: number | undefined;
  readonly height?: number | undefined;
  readonly scaleFactor?: number | undefined;
  readonly scaleAxes?: readonly AxisNumber[] | undefined;
  readonly scaleSize?: readonly AxisNumber[] | undefined;
  readonly scaleSizeAlias?: readonly AxisNumber[] | undefined;
  readonly properties?: readonly string[] | undefined;
  readonly rangeSubset?: readonly string[] | undefined;
  readonly excludeProperties?: readonly string[] | undefined;
  readonly nodata?: number | undefined;
  readonly unscale?: boolean | undefined;
  readonly resampling?: Resampling | undefined;
}

/** Which part of a coverage, at which resolution, of which fields (OGC 19-087 rc2, and the names of earlier drafts). */
export const coverageParameters: { readonly [K in keyof Required<CoverageInput>]: Parameter<CoverageInput[K]> } = {
  crs: crsParameter('crs', 'CRS of the answer; without it that in which the data are stored.'),
  bbox: rasterBbox,
  bboxCrs: crsParameter('bbox-crs', 'CRS of `bbox`; without it longitude, latitude (CRS84).'),
  subset: subsetParameter,
  subsetCrs: crsParameter(
    'subset-crs',
    'CRS of the spatial axes of `subset`; without it degrees for Lat and Lon, that of the data for E and N.',
  ),
  datetime: {
    ...rasterDatetime,
    doc: `${rasterDatetime.doc} An interval keeps its instants apart, as an axis of the answer, unless \`pixel_selection\` says what they make together.`,
    parse(raw) {
      const interval = rasterDatetime.parse(raw);
      return interval === undefined ? undefined : { ...interval, trims: raw?.includes('/') === true };
    },
  },
  pixelSelection: rowParameters.pixelSelection,
  resolution: axisNumbers(
    'resolution',
    'Distance of the cells of the answer in units of its CRS, axis by axis: `Lat(0.5),Lon(0.5)`; nothing in the parentheses keeps that of the data.',
  ),
  width: integerParameter({ name: 'width', doc: 'Cells from west to east.' }, { minimum: 1 }),
  height: integerParameter({ name: 'height', doc: 'Cells from north to south.' }, { minimum: 1 }),
  scaleFactor: numberParameter(
    { name: 'scale-factor', doc: 'How many times fewer cells than stored along each axis (earlier drafts).' },
    { above: 0 },
  ),
  scaleAxes: axisNumbers('scale-axes', 'How many times fewer cells than stored along an axis: `Lat(2),Lon(2)` (earlier drafts).'),
  scaleSize: axisNumbers('scale-size', 'How many cells along an axis: `Lat(100),Lon(200)` (earlier drafts).'),
  scaleSizeAlias: axisNumbers('scaleSize', 'The same as `scale-size`, as GDAL spells it.'),
  properties: fieldList('properties', 'Fields of the answer in this order, by name or number from 1.'),
  rangeSubset: fieldList('rangeSubset', 'The same as `properties` (earlier drafts).'),
  excludeProperties: fieldList('exclude-properties', 'Fields that the answer leaves out.', true),
  ...clipParameters,
  ...tiffParameters,
  nodata: nodataParameter,
  unscale: booleanParameter({ name: 'unscale', doc: 'Values as scale × stored + offset, where the collection declares these.' }, false),
  resampling: choiceParameter(
    {
      name: 'resampling',
      doc: 'How cells of another size or CRS are made; without it bilinear when enlarging and area average when reducing, nearest and mode for classes.',
    },
    RESAMPLINGS,
  ),
};

function axisNumbers(name: string, doc: string): Parameter<readonly AxisNumber[] | undefined> {
  return {
    name,
    in: 'query',
    doc,
    schema: { type: 'array', items: { type: 'string' } },
    repeatable: true,
    parse(raw) {
      if (raw === undefined || raw.trim() === '') return undefined;
      // An empty pair of parentheses keeps an axis as it is; the grammar of subsets writes that as `*`.
      return parseSubset(raw.replaceAll(/\(\s*\)/g, '(*)')).map(({ axis, low, high }) => {
        const value = low === '*' ? undefined : decimalOf(low);
        if (high !== undefined || (low !== '*' && (value === undefined || value <= 0))) {
          throw cannotParse(name, raw, `axis ${axis} needs one number above 0`);
        }
        return { axis, value };
      });
    },
  };
}

function fieldList(name: string, doc: string, mayBeEmpty = false): Parameter<readonly string[] | undefined> {
  return {
    name,
    in: 'query',
    doc,
    schema: { type: 'array', minItems: mayBeEmpty ? 0 : 1, items: { type: 'string', minLength: mayBeEmpty ? 0 : 1 } },
    parse(raw) {
      if (raw === undefined) return undefined;
      // OGC 19-087 /req/field-selection/exclude-properties F: nothing excludes nothing.
      if (raw.trim() === '' && mayBeEmpty) return [];
      const fields = raw.split(',').map((field) => field.trim());
      if (fields.includes('')) throw cannotParse(name, raw, 'a field has no name');
      return fields;
    },
  };
}
