import { AppError } from '../../base/error.ts';
import type { Link } from '../../base/link.ts';
import { MEDIA } from '../../base/media-type.ts';
import type { VectorCollection } from '../../catalog/collection.ts';
import { renderItemPage } from '../../html/item-page.ts';
import { html } from '../../http/encodings.ts';
import { pathText } from '../../http/params/path.ts';
import { route } from '../../http/route.ts';
import type { MountedRoute } from '../../http/route.ts';
import { withLongNumbersAsText } from '../../services/features/long-numbers.ts';
import { collectionLink } from './collection-link.ts';
import type { FeatureParts } from './feature-parts.ts';

/** One feature: the text that the database wrote, without its closing brace, and its links. */
interface ItemResult {
  readonly collection: VectorCollection;
  readonly text: string;
  readonly links: readonly Link[];
}

/** `/collections/{collectionId}/items/{featureId}` (OGC 17-069r4 §7.16). */
export function itemRoute({ collections, features }: FeatureParts): MountedRoute {
  return route({
    id: 'features.item',
    path: '/collections/{collectionId}/items/{featureId}',
    summary: 'One feature',
    tag: 'Features',
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
    ],
    async run({ collectionId, featureId }, context) {
      const collection = collections.vector(collectionId);
      const text = await context.timed('database', () => features.feature(collection, featureId, context));
      if (text === undefined)
        throw new AppError('NOT_FOUND', {
          detail: `Collection "${collection.id}" has no feature "${featureId.slice(0, 100).replaceAll('\0', '�')}"`,
        });
      return { collection, text, links: [...context.links.selfAndAlternates(), collectionLink(collection, context.links)] };
    },
  });
}

function itemText({ text, links }: ItemResult): string {
  return `${text.slice(0, text.lastIndexOf('}'))},"links":${JSON.stringify(links)}}`;
}
