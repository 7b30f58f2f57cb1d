import { element as h } from '../markup/element.ts';
import type { TileSetDocument } from '../model/tiles.ts';
import { renderLayout } from './layout.ts';
import { mapBox } from './map-box.ts';
import type { PageContext } from './page-context.ts';
import { relativeTo } from './relative-url.ts';
import { matrixSetId, tileCrumbs, type TilesOf } from './tile-sets-page.ts';

/** A map of one tileset that fills the window: `…/tiles/WebMercatorQuad/map.html`. Browsers draw that tile matrix set only. */
export function renderMapPage(document: TileSetDocument, page: PageContext, of: TilesOf): string {
  const folder = page.path.replace(/\/[^/]*$/, '');
  const id = matrixSetId(document);
  const title = of.collection?.title ?? page.title;
  return renderLayout(page, {
    title: `Map of ${title}`,
    crumbs: [...tileCrumbs(of), { title: id, path: folder }],
    shape: 'map',
    main: [
      h('h1', { class: 'visually-hidden' }, `Map of ${title}`),
      id === 'WebMercatorQuad'
        ? mapBox(page, { label: `Map of ${title}`, style: `${page.root}${folder}/style.json` })
        : h(
            'p',
            { class: 'empty' },
            `Browsers cannot draw tiles of ${id} directly. `,
            h(
              'a',
              { href: relativeTo(page, `${folder.replace(/\/[^/]*$/, '')}/WebMercatorQuad/map.html`) },
              'See the map in WebMercatorQuad',
            ),
          ),
    ],
  });
}
