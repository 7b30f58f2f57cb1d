import type { Catalog } from './catalog.ts';
import type { Collection } from './collection.ts';

/** What differs between two catalogues, by collection id. */
export interface CatalogDiff {
  readonly added: readonly string[];
  readonly changed: readonly string[];
  readonly removed: readonly string[];
}

/** Compares two catalogues by the versions of their collections. */
export function diffCatalogs(before: Pick<Catalog, 'collections'>, after: Pick<Catalog, 'collections'>): CatalogDiff {
  const added: string[] = [];
  const changed: string[] = [];
  for (const [id, collection] of after.collections) {
    const old: Collection | undefined = before.collections.get(id);
    if (old === undefined) added.push(id);
    else if (old.version !== collection.version) changed.push(id);
  }
  return { added, changed, removed: [...before.collections.keys()].filter((id) => !after.collections.has(id)) };
}

/** True when nothing differs. */
export function isEmptyDiff({ added, changed, removed }: CatalogDiff): boolean {
  return added.length + changed.length + removed.length === 0;
}
