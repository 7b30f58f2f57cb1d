import { MEDIA } from '../base/media-type.ts';
import { element as h } from '../markup/element.ts';
import type { FeatureDocument } from '../model/features.ts';
import { collectionPath } from './collection-facts.ts';
import type { ItemsOf } from './items-page.ts';
import { renderLayout } from './layout.ts';
import { linkList } from './link-list.ts';
import { mapBox } from './map-box.ts';
import type { PageContext } from './page-context.ts';
import { factList } from './table.ts';
import { propertyValue } from './value.ts';

/** One feature: map and all properties. */
export function renderItemPage(document: FeatureDocument, page: PageContext, collection: ItemsOf): string {
  const links = document.links ?? [];
  const properties = Object.entries(document.properties ?? {});
  const geojson = links.find((link) => ['alternate', 'self'].includes(link.rel) && link.type === MEDIA.geojson);
  const own = `${collection.title} ${document.id ?? ''}`.trim();
  const title = featureName(document.properties ?? {}) ?? own;
  return renderLayout(page, {
    title: String(document.id ?? 'Feature'),
    crumbs: [
      { title: 'Collections', path: '/collections' },
      { title: collection.title, path: collectionPath(collection.id) },
      { title: 'Features', path: `${collectionPath(collection.id)}/items` },
    ],
    links,
    main: [
      h('h1', {}, title),
      title !== own && h('p', { class: 'lead' }, own),
      document.geometry === null
        ? h('p', { class: 'empty' }, 'This feature has no geometry.')
        : mapBox(page, { label: `Map of ${title}`, geojson: geojson?.href }),
      h('section', {}, h('h2', {}, 'Properties'), factList(properties.map(([name, value]) => [name, propertyValue(value)]))),
      h('section', {}, h('h2', {}, 'Links'), linkList(page, links)),
    ],
  });
}

/** What people call a feature, if a property says so. */
function featureName(properties: Readonly<Record<string, unknown>>): string | undefined {
  const names = Object.entries(properties).filter(([key]) => /^(name|title|label)(_en)?$/i.test(key));
  return names.flatMap(([, value]) => (typeof value === 'string' && value.trim() !== '' ? [value] : []))[0];
}
