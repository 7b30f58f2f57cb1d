import type { Link } from '../base/link.ts';
import type { RasterCollection } from '../catalog/collection.ts';
import { element as h, type Child, type Element } from '../markup/element.ts';
import { collectionPath } from './collection-facts.ts';
import { renderLayout } from './layout.ts';
import type { PageContext } from './page-context.ts';
import { relativeTo } from './relative-url.ts';

/** The raster that a page speaks of, and the page's other formats. */
export interface OfRaster {
  readonly collection: Pick<RasterCollection, 'id' | 'title' | 'bands'>;
  readonly links: readonly Link[];
}

/** A page that answers a question about a raster: under the collection, with its name in the title. */
export function renderRasterPage(page: PageContext, { collection, links }: OfRaster, what: { title: string; main: Child }): string {
  const title = `${what.title} of ${collection.title}`;
  return renderLayout(page, {
    title,
    crumbs: [
      { title: 'Collections', path: '/collections' },
      { title: collection.title, path: collectionPath(collection.id) },
    ],
    links,
    main: [h('h1', {}, title), what.main],
  });
}

/** Where the collection's tiles are shown on a map, under the root. */
export function rasterMapPath(collectionId: string): string {
  return `${collectionPath(collectionId)}/map/tiles/WebMercatorQuad/map.html`;
}

/** The address of this page with a parameter more. */
export function withParameter(page: PageContext, name: string, value: string): string {
  const query = new URLSearchParams();
  for (const [key, given] of Object.entries(page.query ?? {})) if (given !== undefined && key !== name) query.set(key, given);
  query.set(name, value);
  return `${relativeTo(page, page.path)}?${query.toString()}`;
}

/** How many of the pixels an answer rests on, and the way to all of them. */
export function exactness(page: PageContext, { exact, level }: { readonly exact: boolean; readonly level: number }): Element {
  if (exact) return h('p', { class: 'lead' }, 'Every pixel was counted.');
  return h(
    'p',
    { class: 'lead' },
    `Counted in the pyramid, where one pixel stands for ${level} × ${level}. `,
    h('a', { href: withParameter(page, 'exact', 'true') }, 'Count every pixel'),
  );
}
