import type { Block } from '../../http/block.ts';
import { algebraRoute } from './algebra.ts';
import type { DjangoRasterParts } from './django-raster-parts.ts';
import { legendRoutes } from './legend.ts';
import { pixelRoute } from './pixel.ts';

/** The addresses of django-raster for tiles of formulas, for the numbers under a position and for legends; the work is done elsewhere. */
export function djangoRasterFacade(parts: DjangoRasterParts): Block {
  return {
    id: 'django-raster',
    spec: 'django-raster 0.8',
    conformsTo: [],
    requires: ['tiles'],
    mount: () => ({ routes: [algebraRoute(parts), pixelRoute(parts), ...legendRoutes(parts)] }),
  };
}
