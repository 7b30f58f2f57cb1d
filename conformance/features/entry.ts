import assert from 'node:assert/strict';
import type { Case, ConformanceTest } from '../case.ts';
import { isObject, objectOf, objectsOf } from '../json.ts';
import { assertLinks } from '../links.ts';
import { foreignReferences, parametersOf, urlOf } from '../openapi.ts';
import { assertStatus, documentOf, get, getDocument, pathOf } from '../request.ts';
import { serviceDescription, type Session } from '../session.ts';

const CORE = 'http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/core';
const DEFAULT_CRS = ['http://www.opengis.net/def/crs/OGC/1.3/CRS84', 'http://www.opengis.net/def/crs/OGC/0/CRS84h'];

/** Tests of the entry documents: landing page, API definition, conformance declaration, list of collections. */
export const entryTests: readonly ConformanceTest[] = [
  once('GeneralHttp', 'http', 'A.2.1.1 test 1, /req/core/http', async (session) => {
    const answer = await get(session.root, 'any');
    assert.equal(answer.httpVersion, '1.1', 'version in the status line');
    // What the suite sends before any test: without a 200 there is none.
    for (const accept of ['java', 'java17'] as const) assertStatus(await get(session.root, accept), 200);
  }),
  once('LandingPage', 'landingPageRetrieval', 'A.2.2 test 3, /req/core/root-op', async (session) => {
    assertStatus(await get(session.root, 'json'), 200);
  }),
  once('LandingPage', 'landingPageValidation', 'A.2.2 test 4, /req/core/root-success', async (session) => {
    const rels = objectsOf((await session.landing())['links'], 'links').map((link) => link['rel']);
    assert.ok(rels.includes('service-desc') || rels.includes('service-doc'), 'no link to an API definition');
    assert.ok(rels.includes('conformance'), 'no link conformance');
    assert.ok(rels.includes('data'), 'no link data');
  }),
  once('ApiDefinition', 'openapiDocumentRetrieval', 'A.2.3 test 5, /req/core/api-definition-op', async (session) => {
    const url = serviceDescription(await session.landing());
    assertStatus(await get(url, 'openapi'), 200);
    // The suite's client drops the query of a link that it follows.
    assertStatus(await get(url.replace(/\?.*$/, ''), 'openapi'), 200);
  }),
  once('ApiDefinition', 'apiDefinitionValidation', 'A.2.3 test 6, /req/core/api-definition-success', validateDefinition),
  {
    suite: 'features10',
    group: 'Conformance',
    method: 'validateConformanceOperationAndResponse',
    clause: 'A.2.4 tests 7 and 8, /req/core/conformance-op, conformance-success',
    cases: async (session) => {
      const points = (await session.api()).testPoints('/conformance');
      assert.notEqual(points.length, 0, 'the API definition does not describe /conformance');
      return points.map((point) => ({
        name: pathOf(urlOf(point)),
        run: async () => {
          const document = await getDocument(urlOf(point), 'json');
          const { conformsTo } = document;
          assert.ok(Array.isArray(conformsTo) && conformsTo.every((uri) => typeof uri === 'string'), 'conformsTo');
          assert.ok(conformsTo.includes(CORE), `${CORE} is not declared`);
        },
      }));
    },
  },
  collections('validateFeatureCollectionsMetadataOperation', 'A.2.5 test 9, /req/core/fc-md-op', async (url) => {
    assertStatus(await get(url, 'json'), 200);
  }),
  collections(
    'validateFeatureCollectionsMetadataOperationResponse_Links',
    'A.2.5 test 10.1, /req/core/fc-md-success',
    async (url, session) => {
      assertLinks(await getDocument(url, 'json'), { conformsTo: await session.conformsTo(), kind: 'others' });
    },
  ),
  collections(
    'validateFeatureCollectionsMetadataOperationResponse_Items',
    'A.2.5 test 10.2, /req/core/fc-md-items',
    async (url, session) => {
      const listed = objectsOf((await getDocument(url, 'json'))['collections'], 'collections');
      for (const collection of listed) objectsOf(collection['links'], `links of ${String(collection['id'])}`);
      assert.notEqual((await session.featureCollections()).length, 0, 'no collection has an items link');
    },
  ),
  collections('validateFeatureCollectionsMetadataOperationResponse_CrsProperty', 'A.2.5 test 10.3, /req/core/crs84', async (url) => {
    const { crs } = await getDocument(url, 'json');
    if (crs === undefined) return;
    assert.ok(Array.isArray(crs) && DEFAULT_CRS.includes(String(crs[0])), 'crs does not begin with CRS84 or CRS84h');
  }),
  collections('validateFeatureCollectionsMetadataOperationResponse_Content', 'A.2.5 test 10.4, /req/core/fc-md-success', async (url) => {
    const document = await getDocument(url, 'json');
    assert.notEqual(objectsOf(document['links'], 'links').length, 0, 'links is empty');
    assert.notEqual(objectsOf(document['collections'], 'collections').length, 0, 'collections is empty');
  }),
];

/** Members of a path that are operations, as far as this server has them. */
const METHODS = new Set(['get', 'post', 'put', 'patch', 'delete']);

/** What the suite's OpenAPI parser wants, without network: version 3.0, info, paths with responses, no foreign reference. */
async function validateDefinition(session: Session): Promise<void> {
  const answer = await get(serviceDescription(await session.landing()), 'openapi');
  assert.match(String(answer.headers['content-type']), /^application\/vnd\.oai\.openapi\+json;\s*version=3\.0\b/);
  const document = documentOf(answer);
  assert.match(String(document['openapi']), /^3\.0\.\d+$/, 'version of OpenAPI');
  assert.deepEqual(foreignReferences(document), [], 'references that leave the document');
  const info = objectOf(document['info'], 'info');
  assert.equal(typeof info['title'], 'string', 'info.title');
  assert.equal(typeof info['version'], 'string', 'info.version');
  for (const [path, item] of Object.entries(objectOf(document['paths'], 'paths'))) {
    assert.ok(path.startsWith('/'), `path ${path} does not begin with a slash`);
    const operations = Object.entries(objectOf(item, path)).filter(([method]) => METHODS.has(method));
    assert.notEqual(operations.length, 0, `${path} has no operation`);
    const used = [...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1]);
    for (const [method, value] of operations) {
      const operation = objectOf(value, `${method} of ${path}`);
      assert.notEqual(Object.keys(objectOf(operation['responses'], `responses of ${path}`)).length, 0, `${path} has no response`);
      const declared = parametersOf(document, operation).flatMap((p) => (p['in'] === 'path' ? [p['name']] : []));
      assert.deepEqual(declared.map(String).sort(), used.map(String).sort(), `path parameters of ${method} ${path}`);
    }
  }
  assert.ok(document['servers'] === undefined || isObject(objectsOf(document['servers'], 'servers')[0]), 'servers is empty');
}

function once(group: string, method: string, clause: string, run: (session: Session) => Promise<void>): ConformanceTest {
  return { suite: 'features10', group, method, clause, cases: async (session) => [{ name: group, run: () => run(session) }] };
}

function collections(method: string, clause: string, run: (url: string, session: Session) => Promise<void>): ConformanceTest {
  const cases = async (session: Session): Promise<readonly Case[]> =>
    (await session.api()).testPoints('/collections').map((point) => ({
      name: pathOf(urlOf(point)),
      run: () => run(urlOf(point), session),
    }));
  return { suite: 'features10', group: 'FeatureCollections', method, clause, cases };
}
