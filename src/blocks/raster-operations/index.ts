import type { Link } from '../../base/link.ts';
import { MEDIA } from '../../base/media-type.ts';
import type { Collection } from '../../catalog/collection.ts';
import type { Block } from '../../http/block.ts';
import type { Links } from '../../http/links.ts';
import { bboxRoutes, featureRoutes, previewRoutes } from './crop-routes.ts';
import { infoRoutes } from './info.ts';
import type { OperationParts } from './operation-parts.ts';
import { pointRoute } from './point.ts';
import { profileRoute } from './profile.ts';
import { statisticsRoute, zonalStatisticsRoute } from './statistics.ts';
import { valueCountRoute, zonalValueCountRoute } from './value-count.ts';

/** Questions about rasters in TiTiler's vocabulary: facts, statistics, counts, values under points and along lines. */
export function rasterOperationsBlock(parts: OperationParts): Block {
  return {
    id: 'raster-operations',
    spec: 'TiTiler 2',
    conformsTo: [],
    requires: ['collections'],
    mount: () => ({
      routes: [
        ...infoRoutes(parts),
        statisticsRoute(parts),
        zonalStatisticsRoute(parts),
        valueCountRoute(parts),
        zonalValueCountRoute(parts),
        pointRoute(parts),
        profileRoute(parts),
        ...previewRoutes(parts),
        ...bboxRoutes(parts),
        ...featureRoutes(parts),
      ],
      collectionLinks,
    }),
  };
}

function collectionLinks(collection: Collection, links: Links): readonly Link[] {
  if (collection.kind !== 'raster') return [];
  const { id: collectionId } = collection;
  return [
    { href: links.to('rasters.info', { collectionId }), rel: 'describedby', type: MEDIA.json, title: 'What the raster holds' },
    { href: links.to('rasters.statistics', { collectionId }), rel: 'related', type: MEDIA.json, title: 'Statistics by band' },
  ];
}
