import { REL } from '../../base/link.ts';
import type { Link } from '../../base/link.ts';
import { MEDIA } from '../../base/media-type.ts';
import { html, json } from '../../http/encodings.ts';
import type { Block, Kit } from '../../http/block.ts';
import { renderCollectionPage } from '../../html/collection-page.ts';
import { renderCollectionsPage } from '../../html/collections-page.ts';
import { pagingLinks } from '../../http/paging-links.ts';
import { pathText } from '../../http/params/path.ts';
import { bboxParameter, limitParameter, offsetParameter } from '../../http/params/query.ts';
import { searchParameter } from '../../http/params/search.ts';
import { route } from '../../http/route.ts';
import type { MountedRoute, RequestContext } from '../../http/route.ts';
import type { CollectionDocument, Collections } from '../../model/common.ts';
import type { DescribedCollection } from '../../services/collections/collection-service.ts';
import { collectionDocument } from '../../services/collections/collection-document.ts';
import type { CollectionParts } from './collection-parts.ts';
import { previewOf } from './preview.ts';

const COMMON_2 = 'https://www.opengis.net/spec/ogcapi-common-2/1.0/conf';

/** OGC API Common Part 2: the collections, paged and searchable, and each alone. */
export function collectionsBlock(deps: CollectionParts): Block {
  return {
    id: 'collections',
    spec: 'OGC 20-024',
    // Coverages asks for the extents of further dimensions.
    conformsTo: [`${COMMON_2}/collections`, `${COMMON_2}/uad-collections`, `${COMMON_2}/json`, `${COMMON_2}/html`],
    requires: ['common'],
    mount: (kit) => ({
      routes: [listRoute(kit, deps), oneRoute(kit, deps)],
      landingLinks: (links) => {
        const href = links.to('collections.list');
        return ['data', REL.data].map((rel) => ({
          href,
          rel,
          type: MEDIA.json,
          title: 'Collections',
        }));
      },
    }),
  };
}

function listRoute(kit: Kit, { collections }: CollectionParts): MountedRoute {
  return route({
    id: 'collections.list',
    path: '/collections',
    summary: 'What there is',
    tag: 'Collections',
    refusesUnknown: true,
    parameters: {
      limit: limitParameter({ default: 1000, maximum: 10_000 }),
      offset: offsetParameter,
      bbox: bboxParameter,
      q: searchParameter,
    },
    representations: [json<Collections>('collections'), html(renderCollectionsPage)],
    async run(input, context) {
      const page = await collections.page(input, context.signal);
      const { links } = context;
      const hasMore = input.offset + page.collections.length < page.numberMatched;
      return {
        links: [...links.selfAndAlternates('Collections'), ...pagingLinks(links, input, { hasMore, type: MEDIA.json })],
        numberMatched: page.numberMatched,
        numberReturned: page.collections.length,
        collections: page.collections.map((described) => collectionDocument(described, entryLinks(kit, described, context))),
      };
    },
  });
}

function oneRoute(kit: Kit, parts: CollectionParts): MountedRoute {
  return route({
    id: 'collections.one',
    path: '/collections/{collectionId}',
    summary: 'One collection',
    tag: 'Collections',
    refusesUnknown: true,
    parameters: { collectionId: pathText('collectionId', 'Id of the collection.') },
    representations: [
      json<CollectionDocument>('collection'),
      html(async (document: CollectionDocument, page, context) =>
        renderCollectionPage(document, page, await previewOf(parts, document.id, context)),
      ),
    ],
    async run({ collectionId }, context) {
      const { collections } = parts;
      const described = await collections.describe(collections.get(collectionId), context.signal);
      return collectionDocument(described, entryLinks(kit, described, context));
    },
  });
}

/** Links are canonical: whatever spelling of the id was asked for, they carry the id itself. */
function entryLinks(kit: Kit, { collection }: DescribedCollection, { links }: RequestContext): readonly Link[] {
  const to = (f: string): string => links.to('collections.one', { collectionId: collection.id }, { f });
  return [
    { href: to('json'), rel: 'self', type: MEDIA.json, title: collection.title },
    { href: to('html'), rel: 'alternate', type: MEDIA.html, title: collection.title },
    ...kit.collectionLinks(collection, links),
  ];
}
