import assert from 'node:assert/strict';
import { type ConformanceTest, skip } from '../case.ts';
import { isObject, type JsonObject, objectOf, objectsOf, textOf } from '../json.ts';
import { foreignReferences } from '../openapi.ts';
import { assertStatus, get, getDocument } from '../request.ts';
import type { Session } from '../session.ts';
import { limitsOf, tilesetsBehind, tilesetsLinks, tilesTest, tileTemplates, tileUrl } from './tile-test.ts';

const CONF = 'http://www.opengis.net/spec/ogcapi-tiles-1/1.0/conf/';
const MAX_COLLECTIONS = 2;

/** Tests that follow links: conformance, tiles from the landing page, lists of tile sets, the API definition. */
export const metadataTests: readonly ConformanceTest[] = [
  tilesTest(['Conformance', 'validateConformanceOperationAndResponse'], 'A.1, /req/core/conformance-success', async (session) => {
    const { conformsTo } = await getDocument(`${session.base}/conformance`, 'json');
    assert.ok(Array.isArray(conformsTo) && conformsTo.includes(`${CONF}core`), `${CONF}core is not declared`);
  }),
  tilesTest(['Tile', 'validateTilesAreAvailable'], 'A.2, /req/core/tc-op', async (session) => {
    for (const list of await landingTilesets(session)) {
      assert.ok(
        list.some((tileset) => tileTemplates(tileset).length > 0),
        'no tile template in the list',
      );
    }
  }),
  tilesTest(['Tile', 'validateSuccessfulTilesExecutionFollowingLinks'], 'A.6, /req/core/tc-success', async (session) => {
    await eachTemplate(session, (row) => row, [200, 204]);
  }),
  tilesTest(['Tile', 'validateTilesErrorConditions'], 'A.7, /req/core/tc-error', async (session) => {
    await eachTemplate(session, (row) => row + 1, [404, 400]);
  }),
  ...(['TileMatrix', 'TileRow', 'TileCol'] as const).map((name, i) =>
    tilesTest(
      ['Tile', `validate${name}DefinitionIsAvailable`],
      `A.${3 + i}, /req/core/tc-${name.toLowerCase()}-definition`,
      async (session) => {
        const variable = `{${name.charAt(0).toLowerCase()}${name.slice(1)}}`;
        const links = (await landingTilesets(session)).flat().flatMap((tileset) => objectsOf(tileset['links'], 'links'));
        assert.ok(
          links.some((link) => String(link['href']).includes(variable)),
          `no link has the variable ${variable}`,
        );
      },
    ),
  ),
  tilesTest(['TilesetLlinks', 'validateTilesetsListResponse'], 'A.9, /req/tilesets-list/tileset-links', validateLists),
  tilesTest(['LandingPage', 'landingPageRetrieval'], 'A.10, /req/dataset-tilesets/landingpage', async (session) => {
    if (!(await session.conformsTo()).includes(`${CONF}dataset-tilesets`)) return skip('dataset-tilesets is not declared');
    assert.notEqual(tilesetsLinks(await session.landing()).length, 0, 'the landing page has no link to a list of tile sets');
    return undefined;
  }),
  tilesTest(
    ['GeospatialDataResource', 'geospatialResourceTilesetsLinksCheck'],
    'A.12, /req/geodata-tilesets/desc-links',
    async (session) => {
      if (!(await session.conformsTo()).includes(`${CONF}geodata-tilesets`)) return skip('geodata-tilesets is not declared');
      await firstCollectionList(session, () => true);
      return undefined;
    },
  ),
  tilesTest(['GeospatialDataResource', 'geospatialResourceTilesetsRetrieval'], 'A.13, /req/geodata-tilesets/path', async (session) => {
    if (!(await session.conformsTo()).includes(`${CONF}geodata-tilesets`)) return skip('geodata-tilesets is not declared');
    await firstCollectionList(session, (href) => href.endsWith('/tiles') || href.includes('/tiles?'));
    return undefined;
  }),
  tilesTest(['ApiDefinition', 'apiDefinitionValidation'], 'A.23, /req/oas30/completeness', async (session) => {
    const { document } = await session.api();
    assert.deepEqual(foreignReferences(document), [], 'references that leave the document');
    assert.notEqual(Object.keys(objectOf(document['paths'], 'paths')).length, 0, 'paths is empty');
  }),
  tilesTest(['ApiDefinition', 'apiDefinitionOperationIdValidation'], 'A.24, /req/oas30/operation-id', async (session) => {
    const items = Object.values(objectOf((await session.api()).document['paths'], 'paths'));
    const ids = items.map((item) => (isObject(item) && isObject(item['get']) ? String(item['get']['operationId']) : ''));
    assert.ok(
      ids.some((id) => id.includes('.getTile')),
      'no operationId contains .getTile',
    );
  }),
];

/** The lists behind all tile-set links of the landing page. */
async function landingTilesets(session: Session): Promise<readonly (readonly JsonObject[])[]> {
  const links = tilesetsLinks(await session.landing());
  assert.notEqual(links.length, 0, 'the landing page has no link to a list of tile sets');
  return Promise.all(links.map((link) => tilesetsBehind(link, session)));
}

/** Requests, for every tile set of the landing page's lists, one tile of its first limited matrix, as Java's client does. */
async function eachTemplate(session: Session, rowOf: (maxTileRow: number) => number, statuses: readonly number[]): Promise<void> {
  for (const tileset of (await landingTilesets(session)).flat()) {
    assert.equal(typeof tileset['tileMatrixSetId'], 'string', 'a tile set of the list has no tileMatrixSetId');
    const limits = limitsOf(tileset)[0];
    assert.ok(limits !== undefined, `${String(tileset['tileMatrixSetId'])} has no limits`);
    for (const template of tileTemplates(tileset)) {
      const url = tileUrl(template, limits.tileMatrix, rowOf(limits.maxTileRow), limits.minTileCol);
      assertStatus(await get(url, 'java'), ...statuses);
    }
  }
}

async function validateLists(session: Session): Promise<ReturnType<typeof skip> | undefined> {
  const conformsTo = await session.conformsTo();
  if (!conformsTo.includes(`${CONF}tilesets-list`)) return skip('tilesets-list is not declared');
  const collections = (await session.collections()).filter((collection) => tilesetsLinks(collection).length > 0);
  const owners = conformsTo.includes(`${CONF}geodata-tilesets`) ? collections.slice(0, MAX_COLLECTIONS) : [];
  for (const owner of [await session.landing(), ...owners]) {
    for (const link of tilesetsLinks(owner)) {
      const href = textOf(link['href'], 'href');
      assert.ok(href.includes('/tiles'), `no /tiles in ${href}`);
      for (const tileset of await tilesetsBehind(link, session)) {
        assert.equal(typeof tileset['tileMatrixSetURI'], 'string', 'a tile set of the list has no tileMatrixSetURI');
      }
    }
  }
  return undefined;
}

/** Reads the first list of tile sets that a collection in `/collections` links to. */
async function firstCollectionList(session: Session, accepts: (href: string) => boolean): Promise<void> {
  const links = (await session.collections()).flatMap(tilesetsLinks).filter((link) => accepts(textOf(link['href'], 'href').trim()));
  const first = links[0];
  assert.ok(first !== undefined, 'no collection links to a list of tile sets under …/tiles');
  await tilesetsBehind(first, session);
}
