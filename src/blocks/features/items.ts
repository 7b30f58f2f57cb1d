import type { Link } from '../../base/link.ts';
import { MEDIA } from '../../base/media-type.ts';
import type { Collection } from '../../catalog/collection.ts';
import { renderItemsPage } from '../../html/items-page.ts';
import { html } from '../../http/encodings.ts';
import { pagingLinks } from '../../http/paging-links.ts';
import { pathText } from '../../http/params/path.ts';
import { bboxParameter, datetimeParameter, limitParameter, offsetParameter } from '../../http/params/query.ts';
import { route } from '../../http/route.ts';
import type { MountedRoute, RequestContext } from '../../http/route.ts';
import type { FeatureQuery, PageTotals } from '../../services/features/feature-query.ts';
import { featureCollectionDocument } from '../../services/features/feature-collection-document.ts';
import { collectionLink } from './collection-link.ts';
import { featureCollectionBody } from './feature-collection.ts';
import type { FeatureParts } from './feature-parts.ts';
import type { ItemsResult } from './items-result.ts';
import { equalities, propertyParameters } from './property-parameters.ts';

/** Rows of one HTML page at most: its features are held and drawn as a whole. */
const PAGE_ROWS = 1000;
/** Above this many properties in all collections together, the API document names none of them. */
const LISTED_PROPERTIES = 3000;

/** `/collections/{collectionId}/items` (OGC 17-069r4 §7.15). */
export function itemsRoute(parts: FeatureParts): MountedRoute {
  return route({
    id: 'features.items',
    path: '/collections/{collectionId}/items',
    summary: 'Features of a collection',
    tag: 'Features',
    refusesUnknown: true,
    parameters: {
      collectionId: pathText('collectionId', 'Id of the collection.'),
      limit: limitParameter({ default: 10, maximum: 10_000 }),
      offset: offsetParameter,
      bbox: bboxParameter,
      datetime: datetimeParameter,
    },
    resourceParameters: {
      of: (path) => propertyParameters(parts.collections.get(path.collectionId ?? '')),
      listed: () => listedCollections(parts),
    },
    representations: [
      {
        f: 'json',
        mediaType: MEDIA.geojson,
        aliases: [MEDIA.json, 'geojson'],
        schema: 'featureCollectionGeoJSON',
        encode: featureCollectionBody,
      },
      html(async (result: ItemsResult, page) =>
        renderItemsPage(await featureCollectionDocument(result.page, result), page, result.collection),
      ),
    ],
    async run(input, context) {
      const collection = parts.collections.get(input.collectionId);
      const limit = context.f === 'html' ? Math.min(input.limit, PAGE_ROWS) : input.limit;
      const query: FeatureQuery = { ...input, limit, equals: equalities(context.further) };
      const page = await context.timed('database', () =>
        collection.kind === 'vector' ? parts.features.page(collection, query, context) : parts.rasterRows.page(collection, query, context),
      );
      const timeStamp = new Date().toISOString();
      return {
        collection,
        page,
        timeStamp,
        links: (totals) => pageLinks(collection, query, totals, context),
      };
    },
  });
}

function pageLinks(collection: Collection, query: FeatureQuery, totals: PageTotals, { links }: RequestContext): readonly Link[] {
  return [
    ...links.selfAndAlternates(collection.title),
    collectionLink(collection, links),
    ...pagingLinks(links, query, { hasMore: totals.hasMore, type: MEDIA.geojson }),
  ];
}

function listedCollections({ collections }: FeatureParts): readonly Readonly<Record<string, string>>[] {
  const vector = collections.all().filter((c) => c.kind === 'vector');
  const total = vector.reduce((sum, c) => sum + c.properties.length + 5, 0);
  return total > LISTED_PROPERTIES ? [] : vector.map((c) => ({ collectionId: c.id }));
}
