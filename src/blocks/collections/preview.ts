import type { CollectionExtras } from '../../html/collection-page.ts';
import type { RequestContext } from '../../http/route.ts';
import type { FeatureCollectionDocument } from '../../model/features.ts';
import { schemaDocument } from '../../services/collections/schema-document.ts';
import { withLongNumbersAsText } from '../../services/features/long-numbers.ts';
import type { CollectionParts } from './collection-parts.ts';

const PREVIEW_FEATURES = 10;

/** What a collection's page shows besides the document: the schema, and the first features in a table. */
export async function previewOf(parts: CollectionParts, collectionId: string, context: RequestContext): Promise<CollectionExtras> {
  const collection = parts.collections.get(collectionId);
  const schema = schemaDocument(collection, context.links.to('schemas.schema', { collectionId: collection.id }));
  if (collection.kind !== 'vector') return { schema };
  const page = await parts.features.page(collection, { limit: PREVIEW_FEATURES, offset: 0, equals: [] }, context);
  const features: FeatureCollectionDocument | undefined =
    page.kind === 'whole'
      ? {
          type: 'FeatureCollection',
          timeStamp: new Date().toISOString(),
          ...(page.totals.numberMatched === undefined ? {} : { numberMatched: page.totals.numberMatched }),
          numberReturned: page.totals.numberReturned,
          links: [],
          features: page.features.map((text) => JSON.parse(withLongNumbersAsText(text))),
        }
      : undefined;
  return { schema, ...(features === undefined ? {} : { features }) };
}
