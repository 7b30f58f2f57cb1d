import { bboxesIntersect } from '../../base/bbox.ts';
import type { Bbox } from '../../base/bbox.ts';
import { AppError } from '../../base/error.ts';
import { findCollection } from '../../catalog/catalog.ts';
import type { Catalog, Facts } from '../../catalog/catalog.ts';
import type { Collection, Extent, RasterCollection, VectorCollection } from '../../catalog/collection.ts';

/** Which collections, and which page of them. */
export interface CollectionQuery {
  readonly limit: number;
  readonly offset: number;
  /** CRS84; collections whose extent is not known match. */
  readonly bbox: Bbox | undefined;
  /** Words that must all occur in id, title, description or keywords; commas separate alternatives. */
  readonly q: string | undefined;
}

/** A collection with what its data say of it. */
export interface DescribedCollection {
  readonly collection: Collection;
  readonly extent: Extent;
}

/** A page of collections. */
export interface CollectionPage {
  readonly collections: readonly DescribedCollection[];
  readonly numberMatched: number;
}

/** Collections by id and by search. Every call sees one snapshot of the catalogue. */
export interface CollectionService {
  /** @throws AppError NOT_FOUND; the same for what is hidden and for what never was */
  get(id: string): Collection;
  /** @throws AppError NOT_FOUND when there is none of the id or it holds no features */
  vector(id: string): VectorCollection;
  /** @throws AppError NOT_FOUND when there is none of the id or it is no raster */
  raster(id: string): RasterCollection;
  all(): readonly Collection[];
  describe(collection: Collection, signal: AbortSignal): Promise<DescribedCollection>;
  page(query: CollectionQuery, signal: AbortSignal): Promise<CollectionPage>;
  /** Version of the snapshot in use. */
  version(): string;
}

/** The collection service over a catalogue that may be replaced at any time. */
export function createCollectionService(source: { catalog(): Catalog; readonly facts: Facts }): CollectionService {
  const get = (id: string): Collection => {
    const found = findCollection(source.catalog(), id);
    if (found === undefined) throw notFound(id);
    return found;
  };
  const describe = async (collection: Collection, signal: AbortSignal): Promise<DescribedCollection> => ({
    collection,
    extent: await source.facts.extent(collection, signal),
  });
  return {
    get,
    describe,
    all: () => [...source.catalog().collections.values()],
    version: () => source.catalog().version,
    vector(id) {
      const found = get(id);
      if (found.kind === 'vector') return found;
      throw new AppError('NOT_FOUND', {
        detail: `Collection "${found.id}" is a raster: it has no features`,
      });
    },
    raster(id) {
      const found = get(id);
      if (found.kind === 'raster') return found;
      throw new AppError('NOT_FOUND', {
        detail: `Collection "${found.id}" holds features: this address is for rasters`,
      });
    },
    async page(query, signal) {
      const named = [...source.catalog().collections.values()].filter((c) => matchesText(c, query.q));
      const { bbox } = query;
      if (bbox === undefined) {
        const page = named.slice(query.offset, query.offset + query.limit);
        return {
          collections: await Promise.all(page.map((c) => describe(c, signal))),
          numberMatched: named.length,
        };
      }
      const described = await Promise.all(named.map((c) => describe(c, signal)));
      const inside = described.filter(({ extent }) => extent.bbox === undefined || bboxesIntersect(extent.bbox, bbox));
      return {
        collections: inside.slice(query.offset, query.offset + query.limit),
        numberMatched: inside.length,
      };
    },
  };
}

function notFound(id: string): AppError {
  return new AppError('NOT_FOUND', {
    detail: `There is no collection "${id.slice(0, 100).replaceAll('\0', '�')}"`,
  });
}

function matchesText(collection: Collection, q: string | undefined): boolean {
  if (q === undefined) return true;
  const text = [collection.id, collection.title, collection.description ?? '', ...collection.keywords].join(' ').toLowerCase();
  return q
    .toLowerCase()
    .split(',')
    .some((alternative) => {
      const words = alternative.split(/\s+/).filter((word) => word !== '');
      return words.length > 0 && words.every((word) => text.includes(word));
    });
}
