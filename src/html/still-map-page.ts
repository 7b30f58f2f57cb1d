import type { Link } from '../base/link.ts';
import { element as h } from '../markup/element.ts';
import { collectionPath } from './collection-facts.ts';
import { copyBox } from './copy-box.ts';
import { renderLayout } from './layout.ts';
import { linkList } from './link-list.ts';
import type { PageContext } from './page-context.ts';
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
  const viewer = relativeTo(page, '/viewer') + (collectionId === undefined ? '' : `#show=${encodeURIComponent(collectionId)}&fit`);
  return renderLayout(page, {
    title: `Map of ${map.title}`,
    crumbs: [
      { title: 'Collections', path: '/collections' },
      ...(collectionId === undefined ? [] : [{ title: map.title, path: collectionPath(collectionId) }]),
    ],
    links: map.links,
    main: [
      h('h1', {}, `Map of ${map.title}`),
      h('p', { class: 'actions' }, h('a', { class: 'button strong', href: viewer }, 'Open in the map')),
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
      h('section', {}, h('h2', {}, 'Links'), linkList(page, map.links)),
    ],
  });
}
