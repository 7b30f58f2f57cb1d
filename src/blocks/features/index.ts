import type { Collection } from '../../catalog/collection.ts';
import type { Link } from '../../base/link.ts';
import { MEDIA } from '../../base/media-type.ts';
import type { Block } from '../../http/block.ts';
import type { Links } from '../../http/links.ts';
import type { FeatureParts } from './feature-parts.ts';
import { itemRoute } from './item.ts';
import { itemsRoute } from './items.ts';

const FEATURES_1 = 'http://www.opengis.net/spec/ogcapi-features-1/1.0/conf';

/** OGC API Features Part 1: items and single items of every vector collection. */
export function featuresBlock(parts: FeatureParts): Block {
  return {
    id: 'features',
    spec: 'OGC 17-069r4',
    conformsTo: ['core', 'geojson', 'html', 'oas30'].map((name) => `${FEATURES_1}/${name}`),
    requires: ['common', 'collections'],
    mount: () => ({
      routes: [itemsRoute(parts), itemRoute(parts)],
      collectionLinks: itemsLinks,
    }),
  };
}

function itemsLinks(collection: Collection, links: Links): readonly Link[] {
  const title = collection.kind === 'vector' ? 'Features' : 'Rows of the table, as outlines';
  return [
    {
      href: links.to('features.items', { collectionId: collection.id }),
      rel: 'items',
      type: MEDIA.geojson,
      title,
    },
    {
      href: links.to('features.items', { collectionId: collection.id }, { f: 'html' }),
      rel: 'items',
      type: MEDIA.html,
      title,
    },
  ];
}
