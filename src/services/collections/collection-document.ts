import type { Bbox } from '../../base/bbox.ts';
import type { Link } from '../../base/link.ts';
import type { Collection } from '../../catalog/collection.ts';
import { CRS84, parseCrs, storageCrsUri } from '../../crs/crs-uri.ts';
import type { CollectionDocument, ExtentDocument } from '../../model/common.ts';
import { collectionDescription } from './collection-description.ts';
import type { DescribedCollection } from './collection-service.ts';

/** A collection as the OGC APIs describe it; the same in the list and alone (OGC 20-024 /req/collections). */
export function collectionDocument(described: DescribedCollection, links: readonly Link[]): CollectionDocument {
  const { collection } = described;
  const extent = extentDocument(described);
  const description = collectionDescription(collection);
  return {
    id: collection.id,
    title: collection.title,
    ...(description === undefined ? {} : { description }),
    ...(collection.keywords.length === 0 ? {} : { keywords: collection.keywords }),
    ...(collection.attribution === undefined ? {} : { attribution: collection.attribution }),
    itemType: collection.kind === 'vector' ? 'feature' : 'coverage',
    ...(extent === undefined ? {} : { extent }),
    crs: crsList(collection),
    ...(storageSrid(collection) === undefined ? {} : { storageCrs: storageCrsUri(storageSrid(collection) ?? 0) }),
    dataType: collection.kind === 'vector' ? 'vector' : 'map',
    ...geometryDimension(collection),
    links,
  };
}

/** One box of four numbers: six crash the Features test suite, two stop GDAL. */
function extentDocument({ extent, collection }: DescribedCollection): ExtentDocument | undefined {
  if (extent.bbox === undefined && extent.interval === undefined) return undefined;
  return {
    ...(extent.bbox === undefined ? {} : { spatial: { bbox: [extent.bbox], crs: CRS84, ...storageBox(collection) } }),
    ...(extent.interval === undefined
      ? {}
      : {
          temporal: {
            interval: [extent.interval],
            trs: 'http://www.opengis.net/def/uom/ISO-8601/0/Gregorian',
          },
        }),
  };
}

/** Rasters come in any CRS; those are named that everything has, and their own first after CRS84. */
function crsList(collection: Collection): readonly string[] {
  if (collection.kind === 'vector') return [CRS84];
  const others = [...(collection.srid === 0 ? [] : [storageCrsUri(collection.srid)]), ...USUAL_CRSS].filter((uri) => uri !== CRS84);
  return [CRS84, ...new Set(others)];
}

const USUAL_CRSS = [4326, 3857].map((code) => `http://www.opengis.net/def/crs/EPSG/0/${code}`);

/** The box in the CRS of a raster, in its axis order (OGC 20-024, `storageCrsBbox`); CRS84 has its own. */
function storageBox(collection: Collection): { readonly storageCrsBbox?: readonly Bbox[] } {
  const uri = collection.kind === 'raster' ? storageCrsUri(collection.srid) : CRS84;
  if (collection.kind === 'vector' || uri === CRS84 || collection.nativeBbox === undefined) return {};
  const [west, south, east, north] = collection.nativeBbox;
  return { storageCrsBbox: [parseCrs(uri)?.northingFirst === true ? [south, west, north, east] : [west, south, east, north]] };
}

function storageSrid(collection: Collection): number | undefined {
  return collection.kind === 'raster' ? collection.srid : collection.geometry?.srid;
}

function geometryDimension(collection: Collection): { readonly geometryDimension?: number } {
  const type = collection.kind === 'vector' ? (collection.geometry?.geometryType ?? '') : '';
  if (type.includes('POINT')) return { geometryDimension: 0 };
  if (/LINE|CURVE|STRING/.test(type) && !type.includes('POLYGON')) return { geometryDimension: 1 };
  return /POLYGON|SURFACE|TRIANGLE|TIN/.test(type) ? { geometryDimension: 2 } : {};
}
