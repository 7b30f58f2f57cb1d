import type { LandingExtras } from '../../html/landing-page.ts';
import type { Kit } from '../../http/block.ts';
import type { RequestContext } from '../../http/route.ts';
import { collectionDocument } from '../../services/collections/collection-document.ts';
import type { CollectionService } from '../../services/collections/collection-service.ts';

const SHOWN = 12;

/** The first collections for the landing page, and how many there are. */
export async function tasteOf(kit: Kit, collections: CollectionService, { links, signal }: RequestContext): Promise<LandingExtras> {
  const page = await collections.page({ limit: SHOWN, offset: 0, bbox: undefined, q: undefined }, signal);
  return {
    collections: page.collections.map((described) => collectionDocument(described, kit.collectionLinks(described.collection, links))),
    total: page.numberMatched,
  };
}
