import { AppError } from '../../base/error.ts';
import { MEDIA } from '../../base/media-type.ts';
import { renderItemPage } from '../../html/item-page.ts';
import { html } from '../../http/encodings.ts';
import { pathText } from '../../http/params/path.ts';
import { route } from '../../http/route.ts';
import type { MountedRoute } from '../../http/route.ts';
import { withLongNumbersAsText } from '../../services/features/long-numbers.ts';
import { collectionLink } from './collection-link.ts';
import type { FeatureParts } from './feature-parts.ts';
import type { ItemResult } from './item-result.ts';
import { isRowFile, rowFiles } from './row-files.ts';

/** `/collections/{collectionId}/items/{featureId}` (OGC 17-069r4 §7.16). */
export function itemRoute(parts: FeatureParts): MountedRoute {
  return route({
    id: 'features.item',
    path: '/collections/{collectionId}/items/{featureId}',
    summary: 'One feature',
    tag: 'Features',
    refusesUnknown: true,
    parameters: {
      collectionId: pathText('collectionId', 'Id of the collection.'),
      featureId: pathText('featureId', 'Id of the feature; the values of a composite key are joined by commas.'),
    },
    representations: [
      {
        f: 'json',
        mediaType: MEDIA.geojson,
        aliases: [MEDIA.json, 'geojson'],
        schema: 'featureGeoJSON',
        encode: (result: ItemResult) => ({ content: itemText(result) }),
      },
      html((result: ItemResult, page) => renderItemPage(JSON.parse(withLongNumbersAsText(itemText(result))), page, result.collection)),
      ...rowFiles(parts),
    ],
    async run({ collectionId, featureId }, context) {
      const collection = parts.collections.get(collectionId);
      const text = await context.timed('database', () =>
        collection.kind === 'vector'
          ? parts.features.feature(collection, featureId, context)
          : parts.rasterRows.feature(collection, featureId, context),
      );
      if (text === undefined)
        throw new AppError('NOT_FOUND', {
          detail: `Collection "${collection.id}" has no feature "${featureId.slice(0, 100).replaceAll('\0', '�')}"`,
        });
      const alternates = context.links.selfAndAlternates().filter(({ type }) => collection.kind === 'raster' || !isRowFile(type));
      return { collection, featureId, text, links: [...alternates, collectionLink(collection, context.links)] };
    },
  });
}

function itemText({ text, links }: ItemResult): string {
  return `${text.slice(0, text.lastIndexOf('}'))},"links":${JSON.stringify(links)}}`;
}
