import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Observation } from '../../src/base/event.ts';
import { createVectorTileService } from '../../src/services/vector-tiles/vector-tile-service.ts';
import type { VectorTileService } from '../../src/services/vector-tiles/vector-tile-service.ts';
import { findMatrix, registry } from '../../src/tms/registry.ts';
import { hasTile } from '../../src/tms/tile-grid.ts';
import { createTestDatabase } from '../support/database.ts';
import type { TestDatabase } from '../support/database.ts';
import { decodeVectorTile } from '../http/documents/vector-tile.ts';
import { CONTEXT, openDiscovered } from '../support/services.ts';
import type { Discovered } from '../support/services.ts';

let source: TestDatabase;
let found: Discovered;
let service: VectorTileService;
let warnings: string[];

const EVERYWHERE = `
  (1, 'Zurich', 'SRID=4326;POINT(8.5 47.4)'), (2, 'north pole', 'SRID=4326;POINT(0 90)'), (3, 'south pole', 'SRID=4326;POINT(0 -90)'),
  (4, 'past the antimeridian', 'SRID=4326;POINT(181 10)'), (5, 'past the pole', 'SRID=4326;POINT(8 100)'), (6, 'far round', 'SRID=4326;POINT(900 10)'),
  (7, 'no number', ST_SetSRID(ST_MakeLine(ST_MakePoint(8, 47), ST_MakePoint('NaN', 48)), 4326)), (8, 'Antarctica', 'SRID=4326;POLYGON((-180 -90,180 -90,180 -70,-180 -70,-180 -90))'),
  (9, 'a little too far', 'SRID=4326;POLYGON((-180 -90.00000001,-170 -90.00000001,-170 90.00000001,-180 90.00000001,-180 -90.00000001))'),
  (10, 'Canada', 'SRID=4326;POLYGON((-120 50,-80 50,-80 60,-120 60,-120 50))'), (11, 'bow tie', 'SRID=4326;POLYGON((0 40,20 60,20 40,0 60,0 40))')`;

beforeAll(async () => {
  source = await createTestDatabase('odd');
  await source.query(`
    create table everywhere (id int primary key, name text, geom geometry(Geometry, 4326));
    insert into everywhere values ${EVERYWHERE};
    create index on everywhere using gist (geom);
    create table no_index (like everywhere including indexes); insert into no_index select * from everywhere; drop index no_index_geom_idx;
    create table far_utm (id int primary key, name text, geom geometry(Geometry, 25832));
    insert into far_utm values (1, 'near', 'SRID=25832;POINT(500000 5200000)'), (2, 'nowhere', 'SRID=25832;POINT(90000000 90000000)'),
      (3, 'from here to nowhere', 'SRID=25832;LINESTRING(500000 5200000, 90000000 5200000)');
    create index on far_utm using gist (geom);
    create table mercator as select n as id, n as name, ST_Transform(ST_SetSRID(ST_MakePoint(-n, n), 4326), 3857)::geometry(Point, 3857) as geom from unnest(array[-85, -60, 10, 70, 85]) as n;
    create index on mercator using gist (geom);
    create table ordinary as select 1 as id, 'fine' as name, ST_SetSRID(ST_MakePoint(8.5, 47.4), 4326)::geometry(Point, 4326) as geom;
    create function boom(n int) returns int language sql as 'select 1 / (n - n)';
    create view broken as select id, boom(id) as value, geom from ordinary;
    grant select on everywhere, no_index, far_utm, mercator, ordinary, broken to graticule_reader`);
  found = await openDiscovered(source.reader);
  warnings = [];
  const observe = (seen: Observation): void => {
    if (seen.kind === 'catalog.warning') warnings.push(seen.message);
  };
  service = createVectorTileService({ database: found.database, observe });
});

afterAll(async () => {
  await found?.database.close();
  await source?.close();
});

interface Place {
  readonly tms: string;
  readonly z: string;
  readonly row?: number;
  readonly col?: number;
}

async function namesIn(ids: readonly string[], { tms: name, z, row = 0, col = 0 }: Place): Promise<readonly unknown[]> {
  const tms = registry.get(name);
  const matrix = tms === undefined ? undefined : findMatrix(tms, z);
  if (tms === undefined || matrix === undefined || !hasTile(matrix, { row, col })) throw new Error('no such tile');
  const { bytes } = await service.tile({ collections: ids.map((id) => found.vector(id)), tms, matrix, row, col }, CONTEXT);
  return Object.values(decodeVectorTile(bytes).layers).flatMap((layer) =>
    Array.from({ length: layer.length }, (_, i) => layer.feature(i).properties.name),
  );
}

const WORLD = { tms: 'WebMercatorQuad', z: '0' } as const;

describe('rows whose geometry the database cannot transform', () => {
  test('leave all others in the tile', async () => {
    for (const table of ['everywhere', 'no_index']) {
      const world = await namesIn([table], WORLD);
      expect(world).toEqual(expect.arrayContaining(['Zurich', 'Antarctica', 'a little too far', 'Canada', 'bow tie']));
      expect(world).not.toContain('no number');
      expect(await namesIn([table], { tms: 'CanadianNAD83_LCC', z: '0', row: 3, col: 3 })).toEqual(
        expect.arrayContaining(['north pole', 'Canada']),
      );
    }
  });

  test('are drawn as far as they can be', async () => {
    expect(await namesIn(['far_utm'], WORLD)).toEqual(['near', 'from here to nowhere']);
    expect(await namesIn(['far_utm'], { tms: 'EuropeanETRS89_LAEAQuad', z: '0' })).toEqual(['near', 'from here to nowhere']);
  });

  test('do not break a tile of any tile matrix set', async () => {
    for (const id of registry.ids.filter((name, i) => !name.startsWith('UTM') || i % 9 === 0)) {
      const tms = registry.get(id);
      if (tms === undefined) throw new Error(id);
      for (const matrix of tms.matrices.slice(0, 2)) {
        for (const [row, col] of [
          [0, 0],
          [Math.floor(matrix.matrixHeight / 2), Math.floor(matrix.matrixWidth / 2)],
        ] as const)
          for (const table of ['everywhere', 'far_utm'])
            await expect(
              namesIn([table], { tms: tms.id, z: matrix.id, row, col }),
              `${table} ${tms.id}/${matrix.id}/${row}/${col}`,
            ).resolves.toBeDefined();
      }
    }
  });

  test('come out the same once the table is known for them', async () => {
    const first = await namesIn(['everywhere'], WORLD);
    expect(await namesIn(['everywhere'], WORLD)).toEqual(first);
  });
});

describe('a relation that cannot be read', () => {
  test('is left out of a tile of several, with a warning', async () => {
    expect(await namesIn(['broken', 'ordinary'], WORLD)).toEqual(['fine']);
    expect(warnings.filter((message) => message.includes('broken'))).toHaveLength(1);
  });
});

describe('a tile up to the pole', () => {
  test('in degrees shows a table in Web Mercator up to its edge', async () => {
    const west = await namesIn(['mercator'], { tms: 'WorldCRS84Quad', z: '0' });
    expect(west.map(Number).toSorted((a, b) => a - b)).toEqual([10, 70, 85]);
  });
});
