import { LONGEST_EXPRESSION, MOST_NODES } from '../../algebra/limits.ts';
import type { Link } from '../../base/link.ts';
import { MEDIA } from '../../base/media-type.ts';
import type { Collection } from '../../catalog/collection.ts';
import type { Block } from '../../http/block.ts';
import type { Links } from '../../http/links.ts';
import { MAX_BODY_BYTES } from '../../http/request-body.ts';
import { MOST_POSITIONS } from '../../services/clips/clip-service.ts';
import { LONGEST_SIDE } from '../../services/rasters/limits.ts';
import { bboxRoutes, featureRoutes, previewRoutes } from './crop-routes.ts';
import { MAX_FEATURES, MAX_POSITIONS } from './geojson-body.ts';
import { infoRoutes } from './info.ts';
import type { OperationParts } from './operation-parts.ts';
import { pointRoute } from './point.ts';
import { MAX_SAMPLES, profileRoute } from './profile.ts';
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
      limits: { rasters: limitsOf(parts) },
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

/** What one request may ask for; the pixels are those of `preview`, `bbox` and `feature`. */
function limitsOf({ rasters }: OperationParts) {
  return {
    maxWidth: LONGEST_SIDE,
    maxHeight: LONGEST_SIDE,
    maxPixels: rasters.limits.maxPixels,
    maxSamples: MAX_SAMPLES,
    maxFeatures: MAX_FEATURES,
    maxPositions: MAX_POSITIONS,
    maxBodyBytes: MAX_BODY_BYTES,
    maxExpressionCharacters: LONGEST_EXPRESSION,
    maxExpressionNodes: MOST_NODES,
    maxClipPositions: MOST_POSITIONS,
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
