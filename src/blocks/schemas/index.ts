import { REL } from '../../base/link.ts';
import { MEDIA } from '../../base/media-type.ts';
import type { Collection } from '../../catalog/collection.ts';
import { renderSchemaPage } from '../../html/schema-page.ts';
import type { Block } from '../../http/block.ts';
import { html } from '../../http/encodings.ts';
import { pathText } from '../../http/params/path.ts';
import { route } from '../../http/route.ts';
import type { SchemaDocument } from '../../model/common.ts';
import type { CollectionService } from '../../services/collections/collection-service.ts';
import { schemaDocument } from '../../services/collections/schema-document.ts';

interface SchemaResult {
  readonly collection: Collection;
  readonly document: SchemaDocument;
}

/** OGC API Common Part 3: the logical schema of each collection. */
export function schemasBlock({ collections }: { readonly collections: CollectionService }): Block {
  return {
    id: 'schemas',
    spec: 'OGC 23-058r2',
    conformsTo: ['schemas', 'returnables-and-receivables'].map((name) => `http://www.opengis.net/spec/ogcapi-common-3/1.0/conf/${name}`),
    requires: ['collections'],
    mount: () => ({
      routes: [
        route({
          id: 'schemas.schema',
          path: '/collections/{collectionId}/schema',
          summary: 'The properties of a collection as JSON Schema',
          tag: 'Collections',
          parameters: { collectionId: pathText('collectionId', 'Id of the collection.') },
          representations: [
            {
              f: 'json',
              mediaType: MEDIA.schema,
              aliases: [MEDIA.json],
              schema: 'schema',
              encode: ({ document }: SchemaResult) => ({ content: JSON.stringify(document) }),
            },
            html(({ document, collection }: SchemaResult, page, { links }) =>
              renderSchemaPage(document, page, { collection, links: links.selfAndAlternates() }),
            ),
          ],
          run: async ({ collectionId }, { links }) => {
            const collection = collections.get(collectionId);
            return {
              collection,
              document: schemaDocument(collection, links.to('schemas.schema', { collectionId: collection.id })),
            };
          },
        }),
      ],
      collectionLinks: (collection, links) => {
        const href = links.to('schemas.schema', { collectionId: collection.id });
        // GDAL 3.6 reads the schema only under `describedBy` with a capital B.
        return [REL.schema, 'describedby', 'describedBy'].map((rel) => ({
          href,
          rel,
          type: MEDIA.schema,
          title: 'Schema',
        }));
      },
    }),
  };
}
