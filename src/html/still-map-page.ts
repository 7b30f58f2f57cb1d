import type { Link } from '../base/link.ts';
import { element as h } from '../markup/element.ts';
import { collectionPath } from './collection-facts.ts';
import { copyBox } from './copy-box.ts';
import { renderLayout } from './layout.ts';
import { linkSection } from './link-list.ts';
import type { PageContext } from './page-context.ts';
import { rasterMapPath } from './raster-page.ts';
import { relativeTo, relativeUrl } from './relative-url.ts';

/** A map as a picture, and where it comes from. */
export interface StillMap {
  readonly title: string;
  /** Undefined for the map of everything. */
  readonly collectionId: string | undefined;
  /** Absolute address of the picture as it was asked for. */
  readonly picture: string;
  readonly width: number;
  readonly height: number;
  readonly links: readonly Link[];
}

/** A map of OGC API Maps as people look at it: the picture, its address to copy, the way to the map that moves. */
export function renderStillMapPage(page: PageContext, map: StillMap): string {
  const { collectionId } = map;
  return renderLayout(page, {
    title: `Map of ${map.title}`,
    crumbs: [
      { title: 'Collections', path: '/collections' },
      ...(collectionId === undefined ? [] : [{ title: map.title, path: collectionPath(collectionId) }]),
    ],
    links: map.links,
    main: [
      h('h1', {}, `Map of ${map.title}`),
      h('p', { class: 'actions' }, h('a', { class: 'button strong', href: movingMap(page, collectionId) }, 'Open in the map')),
      h(
        'p',
        {},
        h('img', {
          class: 'still-map',
          src: relativeUrl(page, map.picture),
          alt: `Map of ${map.title}`,
          width: map.width,
          height: map.height,
        }),
      ),
      h('section', {}, h('h2', {}, 'Use it elsewhere'), copyBox('Picture', map.picture)),
      linkSection(page, map.links),
    ],
  });
}

/** The map that moves; that of one raster understands the look that the picture was asked with. */
function movingMap(page: PageContext, collectionId: string | undefined): string {
  if (collectionId === undefined) return relativeTo(page, '/viewer');
  const look = new URLSearchParams();
  for (const [name, value] of Object.entries(page.query ?? {})) if (value !== undefined && name !== 'f') look.set(name, value);
  return relativeTo(page, rasterMapPath(collectionId)) + (look.size === 0 ? '' : `#${look.toString()}`);
}
