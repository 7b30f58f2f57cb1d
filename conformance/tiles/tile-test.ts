import assert from 'node:assert/strict';
import type { ConformanceTest, Skip } from '../case.ts';
import { isObject, type JsonObject, listOf, numberOf, objectsOf, textOf } from '../json.ts';
import { hrefOf } from '../links.ts';
import { getDocument } from '../request.ts';
import type { Session } from '../session.ts';

/** What every relation to a list of tile sets begins with; the suite compares the http spelling. */
export const TILESETS = 'http://www.opengis.net/def/rel/ogc/1.0/tilesets-';

/** A test of the Tiles suite with a single case. */
export function tilesTest(
  name: readonly [group: string, method: string],
  clause: string,
  run: (session: Session) => Promise<Skip | void>,
): ConformanceTest {
  const [group, method] = name;
  return { suite: 'tiles10', group, method, clause, cases: async (session) => [{ name: group, run: () => run(session) }] };
}

/** Links of a document to lists of tile sets. */
export function tilesetsLinks(document: JsonObject): readonly JsonObject[] {
  return objectsOf(document['links'], 'links').filter((link) => String(link['rel']).startsWith(TILESETS));
}

/** The tile sets of the list behind a link, as the suite reads them. */
export async function tilesetsBehind(link: JsonObject, session: Session): Promise<readonly JsonObject[]> {
  return objectsOf((await getDocument(hrefOf(link, session.root), 'json'))['tilesets'], 'tilesets');
}

/** Links of a tile set that are templates of tiles: all three variables in the href. */
export function tileTemplates(tileset: JsonObject): readonly string[] {
  return objectsOf(tileset['links'], 'links of a tile set')
    .map((link) => textOf(link['href'], 'href'))
    .filter((href) => ['{tileMatrix}', '{tileRow}', '{tileCol}'].every((variable) => href.includes(variable)));
}

/** Limits of one matrix of a tile set, both ends included. */
export interface Limits {
  readonly tileMatrix: string;
  readonly minTileRow: number;
  readonly maxTileRow: number;
  readonly minTileCol: number;
  readonly maxTileCol: number;
}

/** The limits that an entry of the list must already have, because the suite reads them there. */
export function limitsOf(tileset: JsonObject): readonly Limits[] {
  return listOf(tileset['tileMatrixSetLimits'], 'tileMatrixSetLimits').map((entry) => {
    assert.ok(isObject(entry), 'an entry of tileMatrixSetLimits is no object');
    return {
      tileMatrix: textOf(entry['tileMatrix'], 'tileMatrix'),
      minTileRow: numberOf(entry['minTileRow'], 'minTileRow'),
      maxTileRow: numberOf(entry['maxTileRow'], 'maxTileRow'),
      minTileCol: numberOf(entry['minTileCol'], 'minTileCol'),
      maxTileCol: numberOf(entry['maxTileCol'], 'maxTileCol'),
    };
  });
}

/** URL of one tile. */
export function tileUrl(template: string, matrix: string, row: number, col: number): string {
  return template.replace('{tileMatrix}', matrix).replace('{tileRow}', String(row)).replace('{tileCol}', String(col));
}
