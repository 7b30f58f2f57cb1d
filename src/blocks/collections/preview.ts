import type { CollectionExtras } from '../../html/collection-page.ts';
import type { RequestContext } from '../../http/route.ts';
import { schemaDocument } from '../../services/collections/schema-document.ts';
import { featureCollectionDocument } from '../../services/features/feature-collection-document.ts';
import type { CollectionParts } from './collection-parts.ts';

const PREVIEW_FEATURES = 10;

/** What a collection's page shows besides the document: the schema, and the first features in a table. */
export async function previewOf(parts: CollectionParts, collectionId: string, context: RequestContext): Promise<CollectionExtras> {
  const collection = parts.collections.get(collectionId);
  const schema = schemaDocument(collection, context.links.to('schemas.schema', { collectionId: collection.id }));
  if (collection.kind !== 'vector') return { schema };
  const page = await parts.features.page(collection, { limit: PREVIEW_FEATURES, offset: 0, equals: [] }, context);
  const features = await featureCollectionDocument(page, { timeStamp: new Date().toISOString(), links: () => [] });
  return { schema, features };
}
