import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startServerOn } from '../support/server.ts';

type Server = Awaited<ReturnType<typeof startServerOn>>;

let server: Server;

const POINT = 'st_setsrid(st_makepoint(10, 50), 4326)';

beforeAll(async () => {
  server = await startServerOn('empty', { GRATICULE_TILE_TTL: '0' });
  await server.database.query(`create table growing (id int primary key, geom geometry(point, 4326) not null);
    create index on growing using gist (geom); insert into growing values (1, ${POINT}); analyze growing;
    grant select on growing to public`);
  await server.running.refresh();
});

afterAll(() => server.close());

/** Status of the tile at zoom 4. */
async function statusOf(row: number, col: number): Promise<number> {
  const response = await fetch(`${server.root}/collections/growing/tiles/WebMercatorQuad/4/${row}/${col}`);
  await response.arrayBuffer();
  return response.status;
}

describe('tiles outside the limits of the data', () => {
  it('are 404, and those inside without features 200', async () => {
    expect(await statusOf(5, 8)).toBe(200);
    expect(await statusOf(0, 0)).toBe(404);
  });

  it('are served as soon as there is something, however old the limits are', async () => {
    expect(await statusOf(5, 12)).toBe(404);
    await server.database.query('insert into growing values (2, st_setsrid(st_makepoint(100, 50), 4326))');
    expect(await statusOf(5, 12)).toBe(200);
  });

  it('begin where no margin of a tile reaches the data', async () => {
    const response = await fetch(`${server.root}/collections/growing/tiles/WebMercatorQuad?f=json`);
    const tileset: {
      tileMatrixSetLimits: { tileMatrix: string; minTileRow: number; maxTileRow: number; minTileCol: number; maxTileCol: number }[];
    } = await response.json();
    const limits = tileset.tileMatrixSetLimits.find((l) => l.tileMatrix === '4');
    expect(limits).toEqual({ tileMatrix: '4', minTileRow: 5, maxTileRow: 5, minTileCol: 8, maxTileCol: 8 });
  });
});
