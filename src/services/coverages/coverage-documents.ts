import type { RasterCollection } from '../../catalog/collection.ts';
import type { DomainSet, RangeType } from '../../model/coverages.ts';
import type { PixelTypeName } from '../../raster/wkb.ts';
import type { Crs } from '../crs/crs-service.ts';
import type { Target } from '../rasters/placement.ts';
import { boundsOf } from '../rasters/targets.ts';

/** Types of numbers as OGC 09-146r8 and GDAL name them; less than a byte is a byte. */
const TYPES: Readonly<Record<PixelTypeName, string>> = {
  '1BB': 'unsignedByte',
  '2BUI': 'unsignedByte',
  '4BUI': 'unsignedByte',
  '8BUI': 'unsignedByte',
  '8BSI': 'signedByte',
  '16BUI': 'unsignedShort',
  '16BSI': 'signedShort',
  '32BUI': 'unsignedInt',
  '32BSI': 'signedInt',
  '32BF': 'float32',
  '64BF': 'float64',
};

/** Names of the axes from west to east and from south to north. */
export function axisLabels(crs: Pick<Crs, 'geographic'>): readonly [east: string, north: string] {
  return crs.geographic ? ['Lon', 'Lat'] : ['E', 'N'];
}

/** Where the cells of a collection lie, and when, where its instants can be named (CIS 1.1). */
export function domainSetDocument(native: Target, crs: Crs, instants: readonly string[] = []): DomainSet {
  const [west, south, east, north] = boundsOf(native);
  const [eastLabel, northLabel] = axisLabels(crs);
  const uomLabel = crs.geographic ? 'degree' : 'metre';
  const axes = [
    { type: 'RegularAxis', axisLabel: eastLabel, lowerBound: west, upperBound: east, resolution: (east - west) / native.width, uomLabel },
    {
      type: 'RegularAxis',
      axisLabel: northLabel,
      lowerBound: south,
      upperBound: north,
      resolution: (north - south) / native.height,
      uomLabel,
    },
  ] as const;
  const time = { type: 'IrregularAxis', axisLabel: 'time', coordinate: instants, uomLabel: 'RFC 3339' } as const;
  const ordered = [...(crs.northingFirst ? axes.toReversed() : axes), ...(instants.length === 0 ? [] : [time])];
  return {
    type: 'DomainSet',
    generalGrid: {
      type: 'GeneralGridCoverage',
      srsName: crs.uri,
      axisLabels: ordered.map(({ axisLabel }) => axisLabel),
      axis: ordered,
      gridLimits: {
        type: 'GridLimits',
        srsName: 'http://www.opengis.net/def/crs/OGC/0/Index2D',
        axisLabels: ['i', 'j'],
        axis: [
          { type: 'IndexAxis', axisLabel: 'i', lowerBound: 0, upperBound: native.width - 1 },
          { type: 'IndexAxis', axisLabel: 'j', lowerBound: 0, upperBound: native.height - 1 },
        ],
      },
    },
  };
}

/** What the numbers of a collection mean, a field each band (CIS 1.1). */
export function rangeTypeDocument({ bands }: RasterCollection): RangeType {
  return {
    type: 'DataRecord',
    field: bands.map(({ name, title, unit, pixelType, nodata }) => ({
      type: 'Quantity',
      id: name,
      name,
      ...(title === undefined ? {} : { description: title }),
      definition: `ogcType:${TYPES[pixelType]}`,
      ...(unit === undefined ? {} : { uom: { type: 'UnitReference', code: unit } as const }),
      ...(nodata === undefined || !Number.isFinite(nodata) ? {} : { nodata }),
    })),
  };
}
