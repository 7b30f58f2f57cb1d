import assert from 'node:assert/strict';
import type { JsonObject } from './json.ts';
import { objectsOf, textOf } from './json.ts';

/** Media types that a declared conformance class makes the Features suite look for: on features, and elsewhere. */
const ENCODINGS: Readonly<Record<string, { readonly features: string; readonly others: string }>> = {
  'http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/html': { features: 'text/html', others: 'text/html' },
  'http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/geojson': { features: 'application/geo+json', others: 'application/json' },
};

/** What a document's links must have: `self`, and `alternate` for each declared encoding but its own, all with a type. */
export interface LinkRule {
  readonly conformsTo: readonly string[];
  /** `features` for items and features, `others` for the documents around them. */
  readonly kind: 'features' | 'others';
  /** Relations besides `self` that must be there and be typed. */
  readonly required?: readonly string[];
}

/** Asserts the rule on a document's links (OGC 17-069r4 /req/core/fc-links, f-links, fc-md-links and the rel-type ones). */
export function assertLinks(document: JsonObject, rule: LinkRule): void {
  const links = objectsOf(document['links'], 'links');
  const self = findLink(links, 'self');
  const required = ['self', ...(rule.required ?? [])];
  for (const rel of required) findLink(links, rel);
  const wanted = rule.conformsTo.map((uri) => ENCODINGS[uri]?.[rule.kind]).filter((type) => type !== undefined && type !== self['type']);
  const offered = links.filter((link) => link['rel'] === 'alternate').map((link) => link['type']);
  const missing = wanted.filter((type) => !offered.includes(type));
  assert.deepEqual(missing, [], `no alternate link for ${missing.join(', ')}`);
  const untyped = links.filter((link) => [...required, 'alternate'].includes(String(link['rel'])) && link['type'] === undefined);
  assert.deepEqual(
    untyped.map((link) => link['href']),
    [],
    'links without type',
  );
}

/** The first link of a relation; fails the test when there is none. */
export function findLink(links: readonly JsonObject[], rel: string): JsonObject {
  const link = links.find((l) => l['rel'] === rel);
  if (link !== undefined) return link;
  assert.fail(`no link with relation ${rel}`);
}

/** Absolute URL of a link, as the suites make it: an `href` that is not absolute stands under the server's authority. */
export function hrefOf(link: JsonObject, root: string): string {
  return new URL(textOf(link['href'], 'href of a link'), root).href;
}
