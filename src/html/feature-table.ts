import { element as h, type Child, type Element } from '../markup/element.ts';
import type { FeatureDocument } from '../model/features.ts';
import { collectionPath } from './collection-facts.ts';
import type { PageContext } from './page-context.ts';
import { relativeTo } from './relative-url.ts';
import { scrollTable } from './table.ts';
import { cellValue } from './value.ts';

/** Features as rows: the id leads to the feature's page, columns in the order in which properties first appear. */
export function featureTable(page: PageContext, collectionId: string, features: readonly FeatureDocument[]): Element {
  if (features.length === 0) return h('p', { class: 'empty' }, 'No features.');
  const withIds = features.some((feature) => feature.id !== undefined);
  const all = [...new Set(features.flatMap((feature) => Object.keys(feature.properties ?? {})))];
  const names = all.filter((name) => name !== 'id' || features.some((feature) => feature.properties?.id !== feature.id));
  return scrollTable(
    'Features',
    [...(withIds ? ['id'] : []), ...names],
    features.map((feature) => [
      ...(withIds ? [idCell(page, collectionId, feature.id)] : []),
      ...names.map((name) => cellValue(feature.properties?.[name])),
    ]),
  );
}

/** Path under the root of a feature's page. */
function featurePath(collectionId: string, featureId: string | number): string {
  return `${collectionPath(collectionId)}/items/${encodeURIComponent(featureId)}`;
}

function idCell(page: PageContext, collectionId: string, id: string | number | undefined): Child {
  if (id === undefined || id === '') return undefined;
  return h('a', { href: relativeTo(page, featurePath(collectionId, id)) }, id);
}
