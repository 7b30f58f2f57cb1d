import type { Link } from '../../base/link.ts';
import type { Collection } from '../../catalog/collection.ts';
import { CRS84, storageCrsUri } from '../../crs/crs-uri.ts';
import type { CollectionDocument } from '../../model/common.ts';
import { collectionDescription } from './collection-description.ts';
import type { DescribedCollection } from './collection-service.ts';
import { extentDocument } from './extent-document.ts';

/** What pictures of everything come in: any CRS will do, these are those that everybody asks for. */
export const USUAL_CRSS: readonly string[] = [CRS84, ...[4326, 3857].map((code) => `http://www.opengis.net/def/crs/EPSG/0/${code}`)];

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

/** Rasters come in any CRS; those are named that everything has, and their own first after CRS84. */
function crsList(collection: Collection): readonly string[] {
  if (collection.kind === 'vector') return [CRS84];
  return [...new Set([CRS84, ...(collection.srid === 0 ? [] : [storageCrsUri(collection.srid)]), ...USUAL_CRSS])];
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
