import type { Link } from '../base/link.ts';
import { MEDIA } from '../base/media-type.ts';
import { element as h, type Child, type Element } from '../markup/element.ts';
import { mediaLabel } from './media-label.ts';
import type { PageContext } from './page-context.ts';
import { relativeUrl } from './relative-url.ts';

/** Every link of a document but `self` and its other formats (those stand in the foot), one line each. */
export function linkList(page: PageContext, links: readonly Link[]): Child {
  const shown = distinct(links.filter((link) => link.rel !== 'self' && link.rel !== 'alternate'));
  if (shown.length === 0) return undefined;
  return h(
    'ul',
    { class: 'links' },
    shown.map((link) => h('li', {}, linkLine(page, link))),
  );
}

/** The same under a heading; nothing where there are no such links. */
export function linkSection(page: PageContext, links: readonly Link[]): Child {
  const list = linkList(page, links);
  return list !== undefined && h('section', {}, h('h2', {}, 'Links'), list);
}

/** The document's formats: the page itself first, then every `alternate`. */
export function formatLinks(page: PageContext, links: readonly Link[]): Child {
  const formats = links.filter((link) => link.rel === 'alternate' || (link.rel === 'self' && link.type !== MEDIA.html));
  if (formats.length === 0) return undefined;
  return h(
    'p',
    { class: 'formats' },
    'This page as ',
    formats.map((link) => h('a', { class: 'chip', href: relativeUrl(page, link.href), type: link.type }, formatName(link))),
  );
}

/** Formats that share a media type with others are told apart by their `f`. */
const FORMATS: ReadonlyMap<string, string> = new Map([
  ['cog', 'COG'],
  ['npy', 'NumPy'],
  ['asc', 'ASCII grid'],
  ['xyz', 'XYZ text'],
  ['raw', 'Raw numbers'],
]);

function formatName({ href, type = 'document' }: Link): string {
  const f = /[?&]f=(\w+)/.exec(href)?.[1] ?? '';
  return FORMATS.get(f) ?? mediaLabel(type);
}

/** The first link with one of these relations, HTML preferred: pages lead to pages. */
export function findLink(links: readonly Link[], ...rels: readonly string[]): Link | undefined {
  const found = links.filter((link) => rels.includes(link.rel) && link.templated !== true);
  return found.find((link) => link.type === MEDIA.html) ?? found[0];
}

/** An anchor for an address that may be foreign or unsafe: what cannot be followed is shown as text. */
export function anchor(page: PageContext, url: string, ...content: readonly Child[]): Element {
  const href = relativeUrl(page, url);
  return href === undefined ? h('span', {}, ...content) : h('a', { href }, ...content);
}

function linkLine(page: PageContext, link: Link): Child {
  const label = link.title ?? relName(link.rel);
  const type = link.type === undefined ? undefined : h('span', { class: 'chip' }, mediaLabel(link.type));
  const rel = h('span', { class: 'rel', title: link.rel }, relName(link.rel));
  if (link.templated === true) {
    return [h('span', {}, label), ' ', type, rel, h('code', { class: 'template' }, link.href)];
  }
  return [anchor(page, link.href, label), ' ', type, rel];
}

/** `http://www.opengis.net/def/rel/ogc/1.0/tilesets-vector` → `tilesets-vector`. */
function relName(rel: string): string {
  return rel.split('/').at(-1) ?? rel;
}

/** Some relations are given in two spellings for the sake of clients; people need them once. */
function distinct(links: readonly Link[]): readonly Link[] {
  const seen = new Set<string>();
  return links.filter((link) => {
    const key = `${relName(link.rel).toLowerCase()} ${link.href} ${link.type ?? ''}`;
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}
