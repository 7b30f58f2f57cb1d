import type { RasterCollection } from '../../catalog/collection.ts';
import type { RunContext } from '../../db/database.ts';
import type { HalvingMethod } from '../../image/geotiff/halve.ts';
import type { Resampling } from '../../raster/resampling.ts';
import type { RasterService } from './raster-service.ts';

/** Whose pixels are made smaller, and how somebody wants it. */
export interface OverviewWish {
  readonly collection: RasterCollection;
  /** 0-based. */
  readonly bands: readonly number[];
  readonly resampling?: Resampling | undefined;
}

/** How overviews of a file come of its pixels: as the request says, classes and masks by what occurs most, quantities by averages. */
export async function overviewMethod(
  rasters: RasterService,
  { collection, bands, resampling }: OverviewWish,
  context: RunContext,
): Promise<HalvingMethod> {
  if (resampling === 'nearest' || resampling === 'mode' || resampling === 'average') return resampling;
  if (bands.every((band) => collection.bands[band]?.pixelType === '1BB')) return 'mode';
  return (await rasters.appearance(collection, context)).kind === 'classes' ? 'mode' : 'average';
}
