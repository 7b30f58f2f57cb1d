import type { Collection } from '../../catalog/collection.ts';

const KEYLESS = 'Its features have no ids and no addresses of their own: the table has no key.';

/** What is said of a collection: its own description, and that features cannot be told apart where they have no key. */
export function collectionDescription(collection: Collection): string | undefined {
  if (collection.kind === 'raster' || collection.key.length > 0) return collection.description;
  const own = collection.description?.trimEnd();
  if (own === undefined || own === '') return KEYLESS;
  return `${own}${/[.!?…]$/.test(own) ? '' : '.'} ${KEYLESS}`;
}
