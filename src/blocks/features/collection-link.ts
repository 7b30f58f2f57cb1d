import type { Link } from '../../base/link.ts';
import { MEDIA } from '../../base/media-type.ts';
import type { Collection } from '../../catalog/collection.ts';
import type { Links } from '../../http/links.ts';

/** The way from features to the document of their collection (OGC 17-069r4 /req/core/f-links). */
export function collectionLink({ id, title }: Collection, links: Links): Link {
  return { href: links.to('collections.one', { collectionId: id }), rel: 'collection', type: MEDIA.json, title };
}
