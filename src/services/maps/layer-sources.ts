import { AppError } from '../../base/error.ts';
import type { RasterCollection } from '../../catalog/collection.ts';
import type { CollectionService } from '../collections/collection-service.ts';
import type { RasterSource } from '../rasters/raster-request.ts';

/** One of `layers`: which band (from 0) of which collection, under which name. */
export interface NamedLayer {
  readonly name: string;
  readonly band?: number;
  readonly collectionId: string;
}

/** The sources of a picture that `layers` names. @throws AppError INVALID_PARAMETER for what is not there */
export function layerSources(collections: CollectionService, layers: readonly NamedLayer[]): readonly RasterSource[] {
  return layers.map(({ name, band, collectionId }) => {
    const collection = rasterNamed(collections, collectionId);
    if (collection === undefined) {
      throw new AppError('INVALID_PARAMETER', {
        detail: `Cannot use layer ${name}: there is no raster collection "${collectionId.slice(0, 60)}"`,
      });
    }
    if (band !== undefined && band >= collection.bands.length) {
      const last = collection.bands.length - 1;
      throw new AppError('INVALID_PARAMETER', {
        detail: `Cannot use band ${band} of "${collection.id}" for layer ${name}: expected ${last === 0 ? '0, the only one' : `0 to ${last}`}`,
      });
    }
    return { collection, name, ...(band === undefined ? {} : { band }) };
  });
}

/** By its id or another spelling of it. */
function rasterNamed(collections: CollectionService, id: string): RasterCollection | undefined {
  try {
    return collections.raster(id);
  } catch (error) {
    if (error instanceof AppError && error.code === 'NOT_FOUND') return undefined;
    throw error;
  }
}
