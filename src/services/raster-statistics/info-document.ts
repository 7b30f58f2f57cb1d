import type { Link } from '../../base/link.ts';
import type { Band, RasterCollection } from '../../catalog/collection.ts';
import { storageCrsUri } from '../../crs/crs-uri.ts';
import type { RasterInfo } from '../../model/rasters.ts';
import type { PixelTypeName } from '../../raster/wkb.ts';

/** numpy's name of each pixel type; types of less than a byte are stored in one. */
const DTYPES: Readonly<Record<PixelTypeName, string>> = {
  '1BB': 'uint8',
  '2BUI': 'uint8',
  '4BUI': 'uint8',
  '8BSI': 'int8',
  '8BUI': 'uint8',
  '16BSI': 'int16',
  '16BUI': 'uint16',
  '32BSI': 'int32',
  '32BUI': 'uint32',
  '32BF': 'float32',
  '64BF': 'float64',
};

/** What a collection holds, from the catalogue alone, in TiTiler's words. */
export function infoDocument(collection: RasterCollection, links: readonly Link[]): RasterInfo {
  const { bands, nativeBbox, levels } = collection;
  const [base] = levels;
  const size = nativeBbox === undefined || base === undefined ? undefined : sizeIn(nativeBbox, base);
  const nodata = bands[0]?.nodata;
  const alpha = bands.some((band) => band.color === 'alpha');
  return {
    id: collection.id,
    title: collection.title,
    ...(collection.description === undefined ? {} : { description: collection.description }),
    bounds: nativeBbox ?? null,
    crs: storageCrsUri(collection.srid),
    ...size,
    count: bands.length,
    dtype: DTYPES[bands[0]?.pixelType ?? '8BUI'],
    band_metadata: bands.map((band) => [band.name, bandFacts(band)] as const),
    band_descriptions: bands.map((band) => [band.name, band.title ?? ''] as const),
    nodata_type: alpha ? 'Alpha' : nodata === undefined ? 'None' : 'Nodata',
    nodata_value: nodata === undefined || Number.isNaN(nodata) ? null : nodata,
    colorinterp: bands.map((band) => band.color ?? 'undefined'),
    scales: bands.map((band) => band.scale ?? 1),
    offsets: bands.map((band) => band.offset ?? 0),
    overviews: levels.flatMap(({ factor }) => (factor > 1 ? [factor] : [])),
    levels: levels.map(({ factor, pixelWidth, pixelHeight }) => ({ factor, resolution: [pixelWidth, pixelHeight] as const })),
    links,
  };
}

function bandFacts({ pixelType, unit, nodata }: Band): Readonly<Record<string, unknown>> {
  return { pixelType, ...(unit === undefined ? {} : { unit }), ...(nodata === undefined ? {} : { nodata }) };
}

function sizeIn(
  [west, south, east, north]: readonly [number, number, number, number],
  { pixelWidth, pixelHeight }: { readonly pixelWidth: number; readonly pixelHeight: number },
): { readonly width: number; readonly height: number } {
  return { width: Math.round((east - west) / pixelWidth), height: Math.round((north - south) / pixelHeight) };
}
