import type { Bbox } from '../../base/bbox.ts';
import type { Collection, DimensionExtent, Extent, Property, RasterCollection } from '../../catalog/collection.ts';
import { dimensionKind, rasterDimensions } from '../../catalog/raster-dimensions.ts';
import { CRS84, parseCrs, storageCrsUri } from '../../crs/crs-uri.ts';
import type { DimensionExtentDocument, ExtentDocument } from '../../model/common.ts';
import { axisNamed } from '../crs/axes.ts';
import type { DatasetReach } from './dataset-extent.ts';
import type { DescribedCollection } from './collection-service.ts';

const GREGORIAN = 'http://www.opengis.net/def/uom/ISO-8601/0/Gregorian';
/** The nil reason of the OGC's register for what is not known: nobody has said what a column means. */
const UNKNOWN_MEANING = 'http://www.opengis.net/def/nil/OGC/0/unknown';
/** Steps between positions that differ by less than this part are equal. */
const EVEN = 1e-9;

/** Where and when a collection lies, and how far along the axes of its own (OGC 20-024 /req/uad-collections). */
export function extentDocument({ extent, collection }: DescribedCollection): ExtentDocument | undefined {
  const dimensions = collection.kind === 'raster' ? dimensionDocuments(collection, extent.dimensions ?? []) : {};
  if (extent.bbox === undefined && extent.interval === undefined && Object.keys(dimensions).length === 0) return undefined;
  return {
    // One box of four numbers: six crash the Features test suite, two stop GDAL.
    ...(extent.bbox === undefined
      ? {}
      : { spatial: { bbox: [extent.bbox], crs: CRS84, ...storageBox(collection, extent), ...cellGrid(collection, extent) } }),
    ...temporalDocument(extent.interval),
    ...dimensions,
  };
}

/** Where and when everything lies (OGC 20-058 /req/dataset-map/desc-extent). */
export function datasetExtentDocument({ bbox, interval }: DatasetReach): ExtentDocument {
  return { spatial: { bbox: [bbox], crs: CRS84 }, ...temporalDocument(interval) };
}

function temporalDocument(interval: Extent['interval']): Pick<ExtentDocument, 'temporal'> {
  return interval === undefined ? {} : { temporal: { interval: [interval], trs: GREGORIAN } };
}

/** The box in the CRS of a raster, in its axis order (OGC 20-024, `storageCrsBbox`); CRS84 has its own. */
function storageBox(collection: Collection, extent: Extent): { readonly storageCrsBbox?: readonly Bbox[] } {
  const uri = collection.kind === 'raster' ? storageCrsUri(collection.srid) : CRS84;
  const bbox = collection.kind === 'raster' ? (collection.nativeBbox ?? extent.nativeBbox) : undefined;
  if (uri === CRS84 || bbox === undefined) return {};
  const [west, south, east, north] = bbox;
  return { storageCrsBbox: [parseCrs(uri)?.northingFirst === true ? [south, west, north, east] : [west, south, east, north]] };
}

/** The cells of a raster along each axis of its CRS (OGC 20-024 /req/uad-collections, `grid`). */
function cellGrid(collection: Collection, extent: Extent): Pick<NonNullable<ExtentDocument['spatial']>, 'grid'> {
  if (collection.kind !== 'raster') return {};
  const [level] = collection.levels;
  const bbox = collection.nativeBbox ?? extent.nativeBbox;
  if (bbox === undefined || level === undefined) return {};
  const [west, south, east, north] = bbox;
  const across = alongAxis(west, east, level.pixelWidth);
  const up = alongAxis(south, north, level.pixelHeight);
  return { grid: parseCrs(storageCrsUri(collection.srid))?.northingFirst === true ? [up, across] : [across, up] };
}

function alongAxis(low: number, high: number, resolution: number) {
  return {
    cellsCount: Math.max(1, Math.round((high - low) / resolution)),
    resolution,
    firstCoordinate: low + resolution / 2,
    relativeBounds: [-resolution / 2, resolution / 2] as const,
  };
}

/** A column whose name means space or time in a `subset` cannot be named there: it is asked for by a parameter of its own name. */
function dimensionDocuments(
  collection: RasterCollection,
  extents: readonly DimensionExtent[],
): Readonly<Record<string, DimensionExtentDocument>> {
  const columns = new Map(rasterDimensions(collection).map((column) => [column.name, column]));
  return Object.fromEntries(
    extents.flatMap((extent) => {
      const column = columns.get(extent.name);
      const isOwn = axisNamed(extent.name) === undefined && extent.name !== 'spatial' && extent.name !== 'temporal';
      return column === undefined || !isOwn ? [] : [[extent.name, dimensionDocument(column, extent)]];
    }),
  );
}

function dimensionDocument(column: Property, { range, values }: DimensionExtent): DimensionExtentDocument {
  const kind = dimensionKind(column);
  return {
    interval: [range],
    ...(kind === 'time' ? { trs: GREGORIAN } : { definition: UNKNOWN_MEANING }),
    ...(column.unit === undefined ? {} : { unit: column.unit }),
    ...(kind === 'text' ? { variableType: 'categoricalNominal' } : {}),
    ...(values === undefined ? {} : { grid: gridOf(values) }),
  };
}

function gridOf(values: readonly (number | string)[]): NonNullable<DimensionExtentDocument['grid']> {
  const numbers = values.filter((value) => typeof value === 'number');
  const [first = 0, second = 0] = numbers;
  const resolution = second - first;
  const isRegular =
    numbers.length === values.length &&
    numbers.length > 2 &&
    numbers.every((value, i) => Math.abs(value - (first + i * resolution)) <= Math.abs(value) * EVEN);
  return isRegular ? { cellsCount: values.length, resolution, firstCoordinate: first } : { cellsCount: values.length, coordinates: values };
}
