import type { CollectionExtras } from '../../html/collection-page.ts';
import type { RasterExtras } from '../../html/raster-sections.ts';
import type { RequestContext } from '../../http/route.ts';
import { schemaDocument } from '../../services/collections/schema-document.ts';
import { featureCollectionDocument } from '../../services/features/feature-collection-document.ts';
import type { CollectionParts } from './collection-parts.ts';

const PREVIEW_FEATURES = 10;

/** What a collection's page shows besides the document: of features the schema and the first ones, of rasters their bands and services. */
export async function previewOf(parts: CollectionParts, collectionId: string, context: RequestContext): Promise<CollectionExtras> {
  const collection = parts.collections.get(collectionId);
  if (collection.kind !== 'vector') return { raster: { collection, ...classicServices(context) } };
  const schema = schemaDocument(collection, context.links.to('schemas.schema', { collectionId: collection.id }));
  const page = await parts.features.page(collection, { limit: PREVIEW_FEATURES, offset: 0, equals: [] }, context);
  const features = await featureCollectionDocument(page, { timeStamp: new Date().toISOString(), links: () => [] });
  return { schema, features };
}

function classicServices({ links }: RequestContext): Pick<RasterExtras, 'wms' | 'wmts'> {
  return {
    ...(links.has('wms') ? { wms: `${links.to('wms')}?service=WMS&request=GetCapabilities` } : {}),
    ...(links.has('wmts.capabilities') ? { wmts: links.to('wmts.capabilities') } : {}),
  };
}
