import assert from 'node:assert/strict';
import type { ConformanceTest } from '../case.ts';
import { textOf } from '../json.ts';
import { assertStatus, get } from '../request.ts';
import type { Session } from '../session.ts';
import { type Limits, limitsOf, tilesetsBehind, tilesetsLinks, tilesTest, tileTemplates, tileUrl } from './tile-test.ts';

/** What a person would type into the suite's form: a registered matrix set, a tile template, a range of one matrix. */
export interface CoreInput {
  readonly tileMatrixSetUri: string;
  readonly template: string;
  readonly limits: Limits;
}

const REGISTER = 'http://www.opengis.net/def/tilematrixset/OGC/1.0/';
const MATRIX = '2';
const OUTSIDE = 2_147_483_647;

/** Tests of the mandatory core: one tile template and its range. */
export const coreTests: readonly ConformanceTest[] = [
  tilesTest(['MandatoryCore', 'verifyMinimalConformance'], 'A.2, /req/core/tc-op', async (session) => {
    const { tileMatrixSetUri, template } = await coreInput(session);
    assert.ok(tileMatrixSetUri.startsWith(REGISTER), `${tileMatrixSetUri} is not in the OGC's register`);
    const id = tileMatrixSetUri.slice(REGISTER.length);
    assert.ok(template.includes(`/tiles/${id}`) || template.includes('/tiles/{tileMatrixSetId}'), `no /tiles/${id} in the template`);
  }),
  tilesTest(['MandatoryCore', 'validateSuccessfulTilesExecution'], 'A.6, /req/core/tc-success', async (session) => {
    const { template, limits } = await coreInput(session);
    for (let row = limits.minTileRow; row <= limits.maxTileRow; row += 1) {
      for (let col = limits.minTileCol; col <= limits.maxTileCol; col += 1) {
        const url = tileUrl(template, limits.tileMatrix, row, col);
        for (const accept of ['java', 'java17'] as const) assertStatus(await get(url, accept), 200);
      }
    }
  }),
  tilesTest(['MandatoryCore', 'verifyErrorResponses'], 'A.7, /req/core/tc-error', async (session) => {
    const { template, limits } = await coreInput(session);
    assertStatus(await get(tileUrl(template, limits.tileMatrix, OUTSIDE, OUTSIDE), 'java'), 404, 400);
  }),
];

/** The input taken from the server itself: WebMercatorQuad of the first list of tile sets on the landing page. */
export async function coreInput(session: Session): Promise<CoreInput> {
  const link = tilesetsLinks(await session.landing())[0];
  assert.ok(link !== undefined, 'the landing page has no link to a list of tile sets');
  const tilesets = await tilesetsBehind(link, session);
  const tileset = tilesets.find((entry) => entry['tileMatrixSetURI'] === `${REGISTER}WebMercatorQuad`);
  assert.ok(tileset !== undefined, 'no tile set of WebMercatorQuad');
  const template = tileTemplates(tileset)[0];
  const limits = limitsOf(tileset).find((entry) => entry.tileMatrix === MATRIX);
  assert.ok(template !== undefined && limits !== undefined, `no tile template or no limits of matrix ${MATRIX}`);
  return { tileMatrixSetUri: textOf(tileset['tileMatrixSetURI'], 'tileMatrixSetURI'), template, limits };
}
