import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { send, type WireAnswer } from '../bad-inputs/wire.ts';
import type { ApiLookup } from './api-lookup.ts';

/** A link as it stands in a document: where it points and what it says of what is there. */
export interface FoundLink {
  readonly href: string;
  /** Media type that the link declares; undefined for links of HTML pages. */
  readonly type: string | undefined;
  readonly rel: string;
  /** URL of the document that has the link. */
  readonly from: string;
}

/** A resource that was visited. */
export interface Visit {
  readonly link: FoundLink;
  readonly url: string;
  /** Path template in the API definition; undefined for files such as scripts. */
  readonly route: string | undefined;
  readonly answer: WireAnswer;
  /** The body of a JSON answer. */
  readonly document: unknown;
}

/** Bounds of a crawl, so that a catalogue of any size takes a known time. */
export interface CrawlBounds {
  readonly perRoute: number;
  readonly total: number;
}

/** Follows every link from the landing page, breadth first, at most so many URLs for each route and representation. */
export async function crawl(root: string, api: ApiLookup, bounds: CrawlBounds): Promise<readonly Visit[]> {
  const queue: FoundLink[] = [{ href: `${root}/`, type: 'application/json', rel: 'start', from: 'the beginning' }];
  const seen = new Set<string>();
  const counts = new Map<string, number>();
  const visits: Visit[] = [];
  for (let link = queue.shift(); link !== undefined && visits.length < bounds.total; link = queue.shift()) {
    const url = new URL(link.href, `${root}/`).href.replace(/#.*$/, '');
    if (!url.startsWith(`${root}/`) || seen.has(`${url} ${link.type}`)) continue;
    seen.add(`${url} ${link.type}`);
    const route = api.routeOf(pathOf(url));
    const kind = `${route ?? pathOf(url).split('/')[1]} ${link.type} ${link.rel}`;
    const count = counts.get(kind) ?? 0;
    if (count >= bounds.perRoute) continue;
    counts.set(kind, count + 1);
    const visit = await fetchLink({ ...link, href: url }, root, route);
    visits.push(visit);
    queue.push(...linksIn(visit));
  }
  return visits;
}

/** The body as the client sees it after decoding. */
export function decoded(answer: WireAnswer): Buffer {
  const encoding = answer.headers['content-encoding'];
  if (encoding === 'gzip') return gunzipSync(answer.body);
  if (encoding === 'br') return brotliDecompressSync(answer.body);
  return answer.body;
}

/** Media type without parameters, but for the version that tells API definitions apart. */
export function mediaType(value: string | undefined): string {
  return (value ?? '')
    .replaceAll(' ', '')
    .replace(/;charset=[^;]*/i, '')
    .toLowerCase();
}

/** Path and query of a URL. */
export function targetOf(url: string): string {
  return url.replace(/^https?:\/\/[^/]*/, '');
}

function pathOf(url: string): string {
  return new URL(url).pathname;
}

async function fetchLink(link: FoundLink, root: string, route: string | undefined): Promise<Visit> {
  const answer = await send(root, { target: targetOf(link.href), headers: { Accept: acceptOf(link) } });
  const isJson = /[/+]json\b/.test(String(answer.headers['content-type']));
  return { link, url: link.href, route, answer, document: isJson ? parse(answer.body) : undefined };
}

/** What a client that follows the link sends: the declared type, or what browsers send for a link and for a file of a page. */
export function acceptOf(link: FoundLink): string {
  if (link.type !== undefined) return link.type;
  return link.rel === 'a' ? 'text/html,application/xhtml+xml,application/xml;q=0.9,image/webp,*/*;q=0.8' : '*/*';
}

function parse(body: Buffer): unknown {
  return JSON.parse(body.toString('utf8'));
}

function linksIn(visit: Visit): readonly FoundLink[] {
  if (visit.answer.status !== 200) return [];
  if (String(visit.answer.headers['content-type']).startsWith('text/html')) return linksOfPage(visit);
  return linksOfJson(visit.document, visit);
}

/** Every `{href, rel}` anywhere in the document; templates get the values of the first tile there is. */
function linksOfJson(value: unknown, visit: Visit): readonly FoundLink[] {
  if (Array.isArray(value)) return value.flatMap((element) => linksOfJson(element, visit));
  if (!isRecord(value)) return [];
  const nested = Object.values(value).flatMap((member) => linksOfJson(member, visit));
  const { href, rel, type } = value;
  if (typeof href !== 'string' || typeof rel !== 'string') return nested;
  const target = value['templated'] === true ? fillTemplate(href, value, visit.document) : href;
  if (target === undefined) return nested;
  return [{ href: target, rel, type: typeof type === 'string' ? type : undefined, from: visit.url }, ...nested];
}

function fillTemplate(href: string, _link: Readonly<Record<string, unknown>>, document: unknown): string | undefined {
  const limits = firstLimits(document);
  if (limits === undefined) return undefined;
  return href
    .replace('{tileMatrix}', String(limits['tileMatrix']))
    .replace('{tileRow}', String(limits['minTileRow']))
    .replace('{tileCol}', String(limits['minTileCol']));
}

function firstLimits(document: unknown): Readonly<Record<string, unknown>> | undefined {
  if (!isRecord(document) || !Array.isArray(document['tileMatrixSetLimits'])) return undefined;
  const first: unknown = document['tileMatrixSetLimits'][0];
  return isRecord(first) ? first : undefined;
}

function linksOfPage(visit: Visit): readonly FoundLink[] {
  const text = visit.answer.body.toString('utf8');
  return [...text.matchAll(/<(a|link|script|img|iframe)\b[^>]*?\s(?:href|src)="([^"]*)"/g)].flatMap(([, tag = '', raw = '']) => {
    const href = unescapeHtml(raw);
    if (href.startsWith('#') || /^(mailto|data|javascript):/.test(href)) return [];
    return [{ href: new URL(href, visit.url).href, rel: tag, type: undefined, from: visit.url }];
  });
}

function unescapeHtml(text: string): string {
  const named: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
  return text.replace(/&(#x[\da-f]+|#\d+|\w+);/gi, (whole, name: string) => {
    if (name.startsWith('#x')) return String.fromCodePoint(Number.parseInt(name.slice(2), 16));
    if (name.startsWith('#')) return String.fromCodePoint(Number(name.slice(1)));
    return named[name] ?? whole;
  });
}

/** True for a JSON object. */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
