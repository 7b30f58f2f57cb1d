import assert from 'node:assert/strict';
import { type Skip, skip } from '../case.ts';
import { type JsonObject, numberOf, objectOf, objectsOf, textOf } from '../json.ts';
import { assertLinks } from '../links.ts';
import { getDocument } from '../request.ts';
import type { Session } from '../session.ts';
import { boxOf, type Position } from './geometry.ts';
import { featuresOf, idOf, type ItemsRequest, itemsAnswer, itemsDocument } from './responses.ts';

/** A check of one items response, shared by the plain, bbox, limit and datetime groups of the suite. */
export type Check = (request: ItemsRequest, session: Session) => Promise<Skip | void>;

const MAX_MATCHED = 10_000;
const MAX_FEATURES = 100;
const MAX_PAGES = 4;

/** Status 200 (abstract test 13, /req/core/fc-op). */
export const checkOperation: Check = async (request, session) => {
  await itemsDocument(request, session);
};

/** Coordinates lie within ±180, ±90 (abstract test 2, /req/core/crs84). */
export const checkCrs84: Check = async (request, session) => {
  for (const feature of featuresOf(await itemsDocument(request, session)).slice(0, MAX_FEATURES)) {
    const box = boxOf(feature['geometry']);
    if (box === undefined) continue;
    const inside = within(box.min, box.max);
    assert.ok(inside, `feature ${String(feature['id'])} reaches outside ±180, ±90: ${box.min.join(',')} ${box.max.join(',')}`);
  }
};

/** `type` is FeatureCollection (abstract test 22). */
export const checkType: Check = async (request, session) => {
  assert.equal((await itemsDocument(request, session))['type'], 'FeatureCollection', 'type of the response');
};

/** `features` is there (abstract test 22). */
export const checkFeatures: Check = async (request, session) => {
  featuresOf(await itemsDocument(request, session));
};

/** Links to itself and to every declared encoding (abstract test 23). */
export const checkLinks: Check = async (request, session) => {
  assertLinks(await itemsDocument(request, session), { conformsTo: await session.conformsTo(), kind: 'features' });
};

/** `timeStamp` is an instant (abstract test 24). Optional in the standard, promised by this server. */
export const checkTimeStamp: Check = async (request, session) => {
  const stamp = textOf((await itemsDocument(request, session))['timeStamp'], 'timeStamp');
  assert.match(stamp, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/, 'timeStamp');
};

/** `numberReturned` counts the features (abstract test 26). */
export const checkNumberReturned: Check = async (request, session) => {
  const document = await itemsDocument(request, session);
  assert.equal(document['numberReturned'], featuresOf(document).length, 'numberReturned');
};

/** `numberMatched` equals the features of all pages, which are followed with the largest limit (abstract test 25). */
export const checkNumberMatched: Check = async (request, session) => {
  const document = await itemsDocument(request, session);
  if (document['numberMatched'] === undefined) return skip('numberMatched is absent: it is exact or not sent');
  const matched = numberOf(document['numberMatched'], 'numberMatched');
  if (matched > MAX_MATCHED) return skip(`numberMatched is above ${MAX_MATCHED}`);
  const counted = await countPages(document, await largestLimit(idOf(request.collection), session));
  assert.equal(matched, counted, 'numberMatched against the features of all pages');
  return undefined;
};

/** The response's own headers name GeoJSON; the suite asks for nothing else on these resources. */
export const checkMediaType: Check = async (request, session) => {
  const answer = await itemsAnswer(request, session);
  assert.match(String(answer.headers['content-type']), /^application\/geo\+json\b/);
};

async function countPages(first: JsonObject, limit: number | undefined): Promise<number> {
  let count = featuresOf(first).length;
  let page = first;
  for (let pages = 0; pages < MAX_PAGES; pages += 1) {
    const next = objectsOf(page['links'], 'links').find((link) => link['rel'] === 'next');
    if (next === undefined) return count;
    page = await getDocument(withLimit(textOf(next['href'], 'href of the next link'), limit), 'geojson');
    const features = featuresOf(page);
    if (features.length === 0) return count;
    count += features.length;
  }
  return count;
}

/** The suite takes the next link apart at its query, which it needs, and puts its own limit in. */
function withLimit(href: string, limit: number | undefined): string {
  const url = new URL(href);
  assert.notEqual(url.search, '', 'the next link has no query');
  if (limit !== undefined) url.searchParams.set('limit', String(limit));
  return url.href;
}

async function largestLimit(collectionId: string, session: Session): Promise<number | undefined> {
  const api = await session.api();
  const point = api.testPoints(`/collections/${collectionId}/items`)[0];
  const limit = point === undefined ? undefined : api.parameter(point.path, 'limit');
  const maximum = limit === undefined ? undefined : objectOf(limit['schema'], 'schema of limit')['maximum'];
  return maximum === undefined ? undefined : numberOf(maximum, 'maximum of limit');
}

function within(min: Position, max: Position): boolean {
  return min[0] >= -180 && min[1] >= -90 && max[0] <= 180 && max[1] <= 90;
}
