import type { Band } from '../../../src/catalog/collection.ts';
import type { DomainSet, RangeType } from '../../../src/model/coverages.ts';
import type { OfRaster } from '../../../src/html/raster-page.ts';
import type {
  BandStatisticsDocument,
  LegendDocument,
  PointDocument,
  RasterInfo,
  RasterStatistics,
  ValueCountsDocument,
} from '../../../src/model/rasters.ts';
import { HOSTILE, ROOT } from './sample-documents.ts';

const band: Band = {
  name: 'b1',
  title: HOSTILE,
  unit: HOSTILE,
  pixelType: '32BF',
  nodata: -9999,
  scale: 0.5,
  offset: 10,
  classes: [{ min: 1, max: 1, label: HOSTILE, color: '#ff0000' }],
  color: 'gray',
};

/** A raster of two bands, named by whoever wanted to break pages. */
export const raster: OfRaster['collection'] = {
  id: 'r/s',
  title: HOSTILE,
  bands: [band, { ...band, name: HOSTILE, title: undefined, nodata: undefined, scale: 1, offset: 0, classes: [] }],
};

const numbers: BandStatisticsDocument = {
  min: -106.9910888671875,
  max: 12345,
  mean: 1 / 3,
  count: 100,
  sum: -1499337,
  std: null,
  median: 0,
  majority: 7,
  minority: 8,
  unique: 1_027_932,
  percentile_2: -60.25,
  percentile_98: 59.5,
  histogram: [
    [10, 0, 40],
    [-100, -50, 0, 50],
  ],
  valid_percent: 50,
  masked_pixels: 50,
  valid_pixels: 50,
  exact: false,
  level: 4,
};

export const statistics: RasterStatistics = { b1: numbers, [HOSTILE]: { ...numbers, histogram: null } };

/** More values than a page shows, and one whose picture has a colour. */
export const counts: ValueCountsDocument = {
  exact: true,
  level: 1,
  bands: [
    {
      name: 'b1',
      values: [
        { value: 1, label: HOSTILE, count: 999_000, area: 2_500_000_000 },
        ...Array.from({ length: 300 }, (_, i) => ({ value: i + 2, count: i + 1, area: 1000 })),
      ],
    },
    { name: HOSTILE, values: null },
  ],
};

export const point: PointDocument = {
  coordinates: [-7.5, 46],
  values: [-1.5, null],
  band_names: ['b1', HOSTILE],
  times: [
    { time: '2002-01-01T00:00:00Z', values: [-1.5, null] },
    { time: '2001-01-01T12:00:00Z', values: [2, 3] },
  ],
};

export const legend: LegendDocument = {
  title: HOSTILE,
  unit: 'm',
  kind: 'classes',
  entries: [
    { value: 1, label: HOSTILE, color: '#ff0000' },
    { min: 2, max: 5, label: '2 to 5', color: '#00ff0080' },
    { min: 5, label: 'more', color: '#0000ff' },
    { expression: '(x > 1) & (x < 2)', label: 'between', color: '#123456' },
  ],
};

export const info: RasterInfo = {
  id: 'r/s',
  title: HOSTILE,
  description: HOSTILE,
  bounds: [-180.125, -90, 179.875, 90],
  crs: 'http://www.opengis.net/def/crs/EPSG/0/4326',
  width: 1440,
  height: 721,
  count: 2,
  dtype: 'float32',
  band_metadata: [],
  band_descriptions: [],
  nodata_type: 'Nodata',
  colorinterp: ['gray', 'undefined'],
  scales: [0.5, 1],
  offsets: [10, 0],
  overviews: [2],
  levels: [
    { factor: 1, resolution: [0.25, 0.25] },
    { factor: 2, resolution: [0.5, 0.5] },
  ],
  links: [{ href: `${ROOT}/collections/r%2Fs/info?f=json`, rel: 'self', type: 'application/json' }],
};

export const domainSet: DomainSet = {
  type: 'DomainSet',
  generalGrid: {
    type: 'GeneralGridCoverage',
    srsName: HOSTILE,
    axisLabels: ['Lon', HOSTILE],
    axis: [
      { type: 'RegularAxis', axisLabel: 'Lon', lowerBound: 0, upperBound: 360, resolution: 2, uomLabel: 'degree' },
      { type: 'RegularAxis', axisLabel: HOSTILE, lowerBound: -80, upperBound: 90, resolution: 1, uomLabel: HOSTILE },
    ],
    gridLimits: {
      type: 'GridLimits',
      srsName: 'http://www.opengis.net/def/crs/OGC/0/Index2D',
      axisLabels: ['i', 'j'],
      axis: [
        { type: 'IndexAxis', axisLabel: 'i', lowerBound: 0, upperBound: 179 },
        { type: 'IndexAxis', axisLabel: 'j', lowerBound: 0, upperBound: 169 },
      ],
    },
  },
};

export const rangeType: RangeType = { type: 'DataRecord', field: [] };
