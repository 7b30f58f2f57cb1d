import assert from 'node:assert/strict';
import { type Case, type ConformanceTest, skip, type Skip } from '../case.ts';
import type { JsonObject } from '../json.ts';
import { assertLinks } from '../links.ts';
import { urlOf } from '../openapi.ts';
import { assertStatus, documentOf, get, getDocument } from '../request.ts';
import type { Session } from '../session.ts';
import { featuresOf, idOf, itemsDocument, itemsUrl } from './responses.ts';

/** Tests of one collection's document and of one feature of it. */
export const collectionTests: readonly ConformanceTest[] = [
  {
    ...test('FeatureCollection', 'validateFeatureCollectionMetadataOperation', 'A.2.6 test 11, /req/core/sfc-md-op'),
    cases: perCollection(async (collection, session) => {
      const url = await collectionUrl(collection, session);
      if (url === undefined) return skip('the API definition does not describe this collection');
      assertStatus(await get(url, 'json'), 200);
      return undefined;
    }),
  },
  {
    ...test('FeatureCollection', 'validateFeatureCollectionMetadataResponse', 'A.2.6 test 12, /req/core/sfc-md-success'),
    cases: perCollection(async (collection, session) => {
      const url = await collectionUrl(collection, session);
      if (url === undefined) return skip('the API definition does not describe this collection');
      const document = await getDocument(url, 'json');
      for (const member of ['id', 'title', 'description', 'extent']) {
        assert.deepEqual(document[member], collection[member], `${member} differs from the entry in /collections`);
      }
      return undefined;
    }),
  },
  {
    ...test('Feature', 'featureOperation', 'A.2.8 test 27, /req/core/f-op'),
    cases: perFeature(async (url) => {
      assertStatus(await get(url, 'geojson'), 200);
    }),
  },
  {
    ...test('Feature', 'validateFeatureResponse', 'A.2.8 tests 28 and 29, /req/core/f-success, f-links'),
    cases: perFeature(async (url, session) => {
      const answer = await get(url, 'geojson');
      assertStatus(answer, 200);
      assertLinks(documentOf(answer), { conformsTo: await session.conformsTo(), kind: 'features', required: ['collection'] });
    }),
  },
];

type CollectionRun = (collection: JsonObject, session: Session) => Promise<Skip | void>;

function perCollection(run: CollectionRun): ConformanceTest['cases'] {
  return async (session) =>
    (await session.featureCollections()).map((collection) => ({
      name: idOf(collection),
      run: () => run(collection, session),
    }));
}

/** One case for each collection whose first page has a feature with an id; at least one there must be. */
function perFeature(run: (url: string, session: Session) => Promise<void>): ConformanceTest['cases'] {
  return async (session) => {
    const cases: Case[] = [];
    for (const collection of await session.featureCollections()) {
      const document = await itemsDocument({ collection, name: idOf(collection), query: {} }, session);
      const id = featuresOf(document).find((feature) => feature['id'] !== undefined)?.['id'];
      if (id === undefined) continue;
      const url = `${itemsUrl(collection, session.root).replace(/\?.*$/, '')}/${encodeURIComponent(String(id))}`;
      cases.push({ name: `${idOf(collection)}/${String(id)}`, run: () => run(url, session) });
    }
    assert.notEqual(cases.length, 0, 'no collection has a feature with an id');
    return cases;
  };
}

async function collectionUrl(collection: JsonObject, session: Session): Promise<string | undefined> {
  const id = idOf(collection);
  const point = (await session.api()).testPoints(`/collections/${id}`)[0];
  const variable = point === undefined ? undefined : /\/collections\/\{(\w+)\}$/.exec(point.path)?.[1];
  if (point === undefined) return undefined;
  return urlOf(point, variable === undefined ? {} : { [variable]: id });
}

function test(group: string, method: string, clause: string): Omit<ConformanceTest, 'cases'> {
  return { suite: 'features10', group, method, clause };
}
