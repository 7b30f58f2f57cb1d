import type { Link } from '../base/link.ts';
import { element as h, type Child, type Element } from '../markup/element.ts';
import { renderHtml } from '../markup/render.ts';
import { formatLinks } from './link-list.ts';
import { logo } from './logo.ts';
import type { PageContext } from './page-context.ts';
import { relativeTo, relativeUrl } from './relative-url.ts';

/** One step of the path from the landing page to a page. */
export interface Crumb {
  readonly title: string;
  /** Path under the root, percent-encoded. */
  readonly path: string;
}

/** What a page adds to the common frame. */
export interface Layout {
  readonly title: string;
  readonly description?: string | undefined;
  readonly crumbs?: readonly Crumb[];
  /** Links of the document: its other formats stand in the head and in the foot of the page. */
  readonly links?: readonly Link[];
  /** Names of further assets. */
  readonly styles?: readonly string[];
  readonly scripts?: readonly string[];
  /** `map`: the content fills the window below the header. */
  readonly shape?: 'article' | 'map';
  readonly main: Child;
}

const NAVIGATION: readonly Crumb[] = [
  { title: 'Collections', path: '/collections' },
  { title: 'Map', path: '/viewer' },
  { title: 'API', path: '/api?f=html' },
];

/** A whole HTML document: head, header with navigation, the page's content, foot. */
export function renderLayout(page: PageContext, layout: Layout): string {
  const shape = layout.shape ?? 'article';
  return renderHtml(
    h(
      'html',
      { lang: 'en' },
      head(page, layout),
      h(
        'body',
        { class: shape, 'data-root': page.root, 'data-home': relativeTo(page, '/') },
        h('a', { class: 'skip', href: '#content' }, 'Skip to content'),
        header(page),
        crumbTrail(page, layout),
        h('main', { id: 'content', tabindex: -1 }, layout.main),
        shape === 'article' && footer(page, layout),
      ),
    ),
  );
}

function head(page: PageContext, layout: Layout): Element {
  const title = layout.title === page.title ? page.title : `${layout.title} · ${page.title}`;
  const asset = (name: string): string => relativeTo(page, `/assets/${name}`);
  const alternates = (layout.links ?? []).filter((link) => link.rel === 'alternate' && link.type !== undefined);
  return h(
    'head',
    {},
    h('meta', { charset: 'utf-8' }),
    h('meta', { name: 'viewport', content: 'width=device-width, initial-scale=1' }),
    h('meta', { name: 'color-scheme', content: 'light dark' }),
    h('title', {}, title),
    layout.description !== undefined && h('meta', { name: 'description', content: layout.description }),
    h('link', { rel: 'icon', href: asset('favicon.svg'), type: 'image/svg+xml' }),
    [...(layout.styles ?? []), 'graticule.css'].map((name) => h('link', { rel: 'stylesheet', href: asset(name) })),
    alternates.map((link) => h('link', { rel: 'alternate', type: link.type, href: relativeUrl(page, link.href) })),
    (layout.scripts ?? []).map((name) =>
      h('script', name.endsWith('-bundle.js') ? { src: asset(name), defer: true } : { src: asset(name), type: 'module' }),
    ),
    h('script', { src: asset('page.js'), type: 'module' }),
  );
}

function header(page: PageContext): Element {
  return h(
    'header',
    { class: 'site' },
    h('a', { class: 'brand', href: relativeTo(page, '/') }, logo(), h('span', {}, page.title)),
    h(
      'nav',
      { 'aria-label': 'Main' },
      NAVIGATION.map(({ title, path }) => h('a', { href: relativeTo(page, path), ...currentMark(page, path) }, title)),
    ),
  );
}

function currentMark(page: PageContext, path: string): { readonly 'aria-current'?: string } {
  const own = path.replace(/\?.*/, '');
  if (page.path === own) return { 'aria-current': 'page' };
  return page.path.startsWith(`${own}/`) ? { 'aria-current': 'true' } : {};
}

function crumbTrail(page: PageContext, layout: Layout): Child {
  const crumbs = layout.crumbs ?? [];
  if (crumbs.length === 0) return undefined;
  return h(
    'nav',
    { class: 'crumbs', 'aria-label': 'Breadcrumb' },
    h(
      'ol',
      {},
      [{ title: 'Home', path: '/' }, ...crumbs].map(({ title, path }) => h('li', {}, h('a', { href: relativeTo(page, path) }, title))),
      h('li', { 'aria-current': 'page' }, layout.title),
    ),
  );
}

function footer(page: PageContext, layout: Layout): Element {
  const more: readonly Crumb[] = [
    { title: 'Tile matrix sets', path: '/tileMatrixSets' },
    { title: 'Conformance', path: '/conformance' },
  ];
  return h(
    'footer',
    { class: 'site' },
    formatLinks(page, layout.links ?? []),
    h(
      'p',
      { class: 'quiet' },
      more.map(({ title, path }) => [h('a', { href: relativeTo(page, path) }, title), ' · ']),
      'Served by Graticule from PostGIS',
    ),
  );
}
