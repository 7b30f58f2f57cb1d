import type { Statement } from '../src/base/sql.ts';
import { built } from './support/built.ts';
import { connect } from './support/databases.ts';
import { openDiscovered } from './support/discovered.ts';
import { recording } from './support/recording.ts';
import { tileMatrix } from './support/tile-matrix.ts';

/** A tile's place in WebMercatorQuad. */
export interface Tile {
  readonly z: number;
  readonly x: number;
  readonly y: number;
}

/** Tiles of one zoom, and what is asked of the database for each. */
export interface ZoomCase {
  readonly z: number;
  readonly tiles: readonly Tile[];
  readonly statements: readonly Statement[];
}

const ZOOMS = Array.from({ length: 11 }, (_, i) => i + 4);
const TILES = 12;

/** Up to twelve tiles a zoom that hold data, the same each time, with the very statements that the server sends. */
export async function vectorCases(url: string, table: string): Promise<readonly ZoomCase[]> {
  const { database, vector } = await openDiscovered(url);
  try {
    const collection = vector(table);
    const column = collection.geometry?.name;
    if (column === undefined) throw new Error(`${table} has no geometry`);
    const sent: Statement[] = [];
    const { createVectorTileService } = await built('services/vector-tiles/vector-tile-service.js');
    const { ANONYMOUS } = await built('base/principal.js');
    const { compile } = await built('base/sql.js');
    const service = createVectorTileService({
      observe: () => undefined,
      database: recording(database, (statement) => sent.push(compile(statement))),
    });
    const context = { signal: new AbortController().signal, principal: ANONYMOUS };
    const cases: ZoomCase[] = [];
    for (const { z, tiles } of await tilesWithData(url, { table, column })) {
      const place = await tileMatrix(z);
      const request = (tile: Tile): Promise<unknown> =>
        service.tile({ collections: [collection], ...place, row: tile.y, col: tile.x }, context);
      // The first round tells the service where tiles are dense and what boxes there are; the second sends what a warm server sends.
      for (const tile of tiles) await request(tile);
      sent.length = 0;
      for (const tile of tiles) await request(tile);
      cases.push({ z, tiles, statements: [...sent] });
    }
    return cases;
  } finally {
    await database.close();
  }
}

/** Tiles under the first vertices of features, in an order that looks random and is always the same. */
async function tilesWithData(
  url: string,
  { table, column }: { readonly table: string; readonly column: string },
): Promise<readonly { readonly z: number; readonly tiles: readonly Tile[] }[]> {
  const client = await connect(url);
  const found = [];
  try {
    for (const z of ZOOMS) {
      const { rows } = await client.query<{ x: number; y: number }>(tilesQuery(table, column), [z, TILES]);
      found.push({ z, tiles: rows.map(({ x, y }) => ({ z, x, y })) });
    }
  } finally {
    await client.end();
  }
  return found;
}

function tilesQuery(table: string, column: string): string {
  return `
    with place as (
      select least(greatest(ST_XMin("${column}"), -179.9), 179.9) as lon, least(greatest(ST_YMin("${column}"), -85), 85) as lat
      from "${table}" where "${column}" is not null
    ), tile as (
      select distinct floor((lon + 180) / 360 * 2 ^ $1::int)::int as x,
        floor((1 - asinh(tan(radians(lat))) / pi()) / 2 * 2 ^ $1::int)::int as y
      from place
    )
    select x, y from tile order by md5(x || ',' || y), x, y limit $2`;
}
