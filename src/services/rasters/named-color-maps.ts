import { AppError } from '../../base/error.ts';
import type { ColorMap } from '../../color/color-map.ts';
import type { Look } from '../../raster/look.ts';
import type { RasterService } from './raster-service.ts';

/** Finds a colour map that the database holds by its name in lower case. */
export type FindColorMap = (name: string) => ColorMap | undefined;

/**
 * The service for looks that name a colour map of the database.
 * @throws AppError INVALID_PARAMETER from what draws, for a name that there is not
 */
export function withNamedColorMaps(rasters: RasterService, find: FindColorMap): RasterService {
  const resolved = <Request extends { readonly look: Look }>(request: Request): Request => {
    const { legend } = request.look;
    if (legend === undefined) return request;
    const colorMap = find(legend.toLowerCase());
    if (colorMap !== undefined) return { ...request, look: { ...request.look, colorMap } };
    throw new AppError('INVALID_PARAMETER', { detail: `There is no legend "${legend.slice(0, 60)}" in this database` });
  };
  return {
    ...rasters,
    picture: async (request, context) => rasters.picture(resolved(request), context),
    encoded: async (request, format, context) => rasters.encoded(resolved(request), format, context),
    coloring: async (request, context) => rasters.coloring(resolved(request), context),
  };
}
