import type { Link } from '../base/link.ts';
import { element as h } from '../markup/element.ts';
import type { SchemaDocument } from '../model/common.ts';
import { collectionPath } from './collection-facts.ts';
import type { ItemsOf } from './items-page.ts';
import { renderLayout } from './layout.ts';
import type { PageContext } from './page-context.ts';
import { schemaTable } from './schema-table.ts';

/** The properties of a collection's features. The schema holds no links of its own, so they come beside it. */
export function renderSchemaPage(
  document: SchemaDocument,
  page: PageContext,
  about: { readonly collection: ItemsOf; readonly links: readonly Link[] },
): string {
  const { collection, links } = about;
  return renderLayout(page, {
    title: 'Schema',
    crumbs: [
      { title: 'Collections', path: '/collections' },
      { title: collection.title, path: collectionPath(collection.id) },
    ],
    links,
    main: [
      h('h1', {}, `Schema of ${collection.title}`),
      document.description !== undefined && h('p', { class: 'lead' }, document.description),
      Object.keys(document.properties).length === 0 ? h('p', { class: 'empty' }, 'No properties.') : schemaTable(document),
    ],
  });
}
