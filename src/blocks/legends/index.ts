import { REL } from '../../base/link.ts';
import { MEDIA } from '../../base/media-type.ts';
import type { Block } from '../../http/block.ts';
import { legendRoute, type LegendParts } from './legend.ts';
import { storedLegendRoute } from './stored-legend.ts';

/**
 * What the colours of raster pictures mean: `/collections/{collectionId}/legend`, with the pictures' parameters; and of
 * the legends that the database keeps: `/legends/{legendId}`.
 */
export function legendsBlock(parts: LegendParts): Block {
  return {
    id: 'legends',
    spec: 'TiTiler, django-raster',
    conformsTo: [],
    requires: ['collections'],
    mount: () => ({
      routes: [legendRoute(parts), storedLegendRoute(parts)],
      collectionLinks: (collection, links) =>
        collection.kind === 'raster'
          ? [
              {
                href: links.to('rasters.legend', { collectionId: collection.id }, { f: 'svg' }),
                rel: REL.legend,
                type: MEDIA.svg,
                title: 'Legend',
              },
            ]
          : [],
    }),
  };
}
