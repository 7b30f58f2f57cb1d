import type { RasterCollection } from '../../catalog/collection.ts';
import type { RunContext } from '../../db/database.ts';
import type { PixelWindow } from '../../raster/grid.ts';
import { extentIn, windowsOf, type Target, type TargetExtent } from './placement.ts';
import type { References } from './references.ts';
import { remember } from './remember.ts';

/** Where a collection lies on a target, as far as its extent tells. */
export interface SourcePlace {
  readonly extent: TargetExtent;
  /** Pixels outside have no data of it; none: it lies elsewhere. */
  readonly windows: readonly PixelWindow[];
}

/** Finds where collections lie on targets, without a look at their rows. @throws AppError UNSUPPORTED_CRS */
export type SourcePlaces = (collection: RasterCollection, target: Target, context: RunContext) => Promise<SourcePlace>;

/** Places that share the extents of collections in other CRSs, which are the same for all tiles. */
export function createSourcePlaces(references: References): SourcePlaces {
  const extents = remember<TargetExtent>();
  return async (collection, target, context) => {
    const own = await references(collection.srid, target.srid, context);
    const key = `${collection.id} ${collection.version} ${target.srid}`;
    const extent = await extents(key, context.signal, (signal) => extentIn(collection, own, { ...context, signal }));
    return { extent, windows: windowsOf(target, extent, own.turn) };
  };
}
