import { AppError } from '../../base/error.ts';
import { json } from '../../http/encodings.ts';
import { pathNumber } from '../../http/params/coordinates.ts';
import { tileLookOf, tileLookParameters } from '../../http/params/raster/tile-parameters.ts';
import { route, type MountedRoute } from '../../http/route.ts';
import type { PixelDocument } from '../../model/rasters.ts';
import { computeAtPoint } from '../../services/maps/compute-at-point.ts';
import { layerSources } from '../../services/maps/layer-sources.ts';
import type { DjangoRasterParts } from './django-raster-parts.ts';

const { layers, formula, nodata, unscale, datetime, pixelSelection } = tileLookParameters;

/** `/pixel/{x}/{y}?layers=…&formula=…`: the number at a position in Web Mercator (EPSG:3857). */
export function pixelRoute(parts: DjangoRasterParts): MountedRoute {
  return route({
    id: 'django-raster.pixel',
    path: '/pixel/{x}/{y}',
    summary: 'The value of a formula over several rasters at a position, in the spelling of django-raster',
    tag: 'Rasters',
    parameters: {
      x: pathNumber('x', 'Easting in metres of Web Mercator (EPSG:3857).'),
      y: pathNumber('y', 'Northing in metres of Web Mercator.'),
      layers: { ...layers, required: true },
      formula,
      nodata,
      unscale,
      datetime,
      pixelSelection,
    },
    representations: [json<PixelDocument>('pixel')],
    async run({ x, y, ...input }, context) {
      const wish = tileLookOf(input);
      if (wish?.layers === undefined) {
        throw new AppError('INVALID_PARAMETER', {
          detail: 'layers is missing: expected name=collection, as in layers=a=heights,b:3=landsat',
        });
      }
      const sources = layerSources(parts.collections, wish.layers);
      const { look, rows } = wish;
      const request = {
        sources,
        expressions: look.expressions,
        srid: 3857,
        position: [x, y] as const,
        rows,
        nodata: look.nodata,
        unscale: look.unscale,
      };
      const numbers = await context.timed('database', () => computeAtPoint(parts.rasters, request, context));
      const values = numbers.map((number) => (Number.isFinite(number) ? number : null));
      if (look.expressions !== undefined) return { x, y, value: values[0] ?? null };
      return { x, y, value: values[0] ?? null, values: Object.fromEntries(sources.map(({ name = '' }, n) => [name, values[n] ?? null])) };
    },
  });
}
