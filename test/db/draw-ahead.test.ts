import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createRenderer, type Renderer } from '../../src/render/create-renderer.ts';
import type { RowSelection } from '../../src/services/rasters/raster-request.ts';
import { createRasterService, type RasterService } from '../../src/services/rasters/raster-service.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { openRasterTables, TEST_CONTEXT, type RasterTables } from '../support/raster-tables.ts';

// Pictures are drawn of kept blocks while the database is asked about them; what is given is never of the past.

const TABLES = `
  create schema ahead;
  create table ahead.tiled (rid int primary key, rast raster);
  insert into ahead.tiled
    select n, ST_MapAlgebra(ST_AddBand(ST_MakeEmptyRaster(32, 32, x, 4, 0.0625, -0.0625, 0, 0, 4326), '8BUI'::text, 0, null), 1, '8BUI', format('%s + [rast.x] + 2 * [rast.y]', n * 20))
    from (values (1, 0), (2, 2)) as place (n, x);
  create index on ahead.tiled using gist (ST_ConvexHull(rast));
  create table ahead.scenes (rid int primary key, taken timestamptz, rast raster);
  insert into ahead.scenes
    select n, taken::timestamptz, ST_AddBand(ST_MakeEmptyRaster(32, 32, 0, 4, 0.0625, -0.0625, 0, 0, 4326), '8BUI'::text, n * 50, null)
    from (values (1, '2026-01-02T00:00:00Z'), (2, '2026-01-01T00:00:00Z'), (3, null)) as scene (n, taken);
  grant usage on schema ahead to public;
  grant select on all tables in schema ahead to public;
  analyze`;

let source: TestDatabase;
let tables: RasterTables;
let rasters: RasterService;
/** What happened, in order: answers of the database about blocks, and pictures that were begun. */
let events: string[] = [];

beforeAll(async () => {
  source = await createTestDatabase('empty');
  await source.query(TABLES);
  tables = await openRasterTables(source, () => void events.push('answer'));
});

beforeEach(() => {
  rasters = createRasterService({ database: tables.database, renderer: telling(createRenderer({ threads: 0 })) });
});

afterAll(async () => {
  await tables?.close();
  await source?.close();
});

function telling(renderer: Renderer): Renderer {
  return {
    ...renderer,
    encoded(job, file, circumstances) {
      events.push('drawing');
      return renderer.encoded(job, file, circumstances);
    },
  };
}

/** The picture of a collection, and what happened until it was there. */
async function draw(
  id: string,
  rows?: RowSelection,
  service = rasters,
): Promise<{ readonly bytes: string; readonly events: readonly string[] }> {
  events = [];
  const target = service.target({ srid: 4326, bbox: [0.5, 2.5, 1.5, 3.5], width: 64, height: 64 });
  const look = { rescale: [{ kind: 'numbers', min: 0, max: 255 }] } as const;
  const encoded = await service.encoded({ sources: [{ collection: tables.raster(id) }], target, look, rows }, 'png', TEST_CONTEXT);
  if (encoded === undefined) throw new Error(`Nothing of ${id} is to be seen`);
  return { bytes: Buffer.from(encoded.bytes).toString('base64'), events: [...events] };
}

/** The same as a service draws it that has read nothing before. */
async function drawAfresh(id: string, rows?: RowSelection): Promise<string> {
  return (await draw(id, rows, createRasterService({ database: tables.database }))).bytes;
}

describe('pictures of blocks that are kept', () => {
  test('are drawn before the database has answered, and given when it has', async () => {
    const first = await draw('ahead.tiled');
    expect(first.events).toEqual(['answer', 'drawing']);
    const second = await draw('ahead.tiled');
    expect(second.events).toEqual(['drawing', 'answer']);
    expect(second.bytes).toBe(first.bytes);
  });

  test('are drawn again when a row has changed, and known from then on', async () => {
    const before = await draw('ahead.tiled');
    await source.query('update ahead.tiled set rast = ST_SetValue(rast, 1, 13, 13, 255) where rid = 1');
    const changed = await draw('ahead.tiled');
    expect(changed.events).toEqual(['drawing', 'answer', 'drawing']);
    expect(changed.bytes).not.toBe(before.bytes);
    expect(changed.bytes).toBe(await drawAfresh('ahead.tiled'));
    expect((await draw('ahead.tiled')).events).toEqual(['drawing', 'answer']);
  });

  test('show rows that are laid on top, and no longer those that are gone', async () => {
    const before = await draw('ahead.scenes');
    await source.query(
      `insert into ahead.scenes select 4, '2026-01-05T00:00:00Z', ST_AddBand(ST_MakeEmptyRaster(rast), '8BUI'::text, 222, null) from ahead.scenes where rid = 1`,
    );
    const covered = await draw('ahead.scenes');
    expect(covered.bytes).not.toBe(before.bytes);
    expect(covered.bytes).toBe(await drawAfresh('ahead.scenes'));
    await source.query('delete from ahead.scenes where rid = 4');
    const bare = await draw('ahead.scenes');
    expect(bare.events).toEqual(['drawing', 'answer', 'drawing']);
    expect(bare.bytes).toBe(before.bytes);
    expect((await draw('ahead.scenes')).events).toEqual(['drawing', 'answer']);
  });

  test('of chosen rows wait for the database, which alone knows which these are', async () => {
    const rows: RowSelection = { equals: [{ property: 'rid', value: '2' }] };
    await draw('ahead.scenes');
    await draw('ahead.scenes', rows);
    const chosen = await draw('ahead.scenes', rows);
    expect(chosen.events).toEqual(['answer', 'drawing']);
    expect(chosen.bytes).toBe(await drawAfresh('ahead.scenes', rows));
    expect((await draw('ahead.scenes')).events).toEqual(['drawing', 'answer']);
  });

  test('that are not enough to fill the picture wait, too', async () => {
    await draw('ahead.tiled');
    const target = rasters.target({ srid: 4326, bbox: [1, 2.5, 3, 3.5], width: 64, height: 32 });
    events = [];
    await rasters.encoded({ sources: [{ collection: tables.raster('ahead.tiled') }], target, look: {} }, 'png', TEST_CONTEXT);
    expect(events.at(-1)).toBe('drawing');
    expect(events.filter((event) => event === 'drawing')).toHaveLength(1);
  });

  test('are not given when the database cannot be asked', async () => {
    await draw('ahead.tiled');
    await source.query(`alter table ahead.tiled rename to hidden`);
    await expect(draw('ahead.tiled')).rejects.toMatchObject({ code: expect.stringMatching(/^[A-Z_]+$/) });
    await source.query(`alter table ahead.hidden rename to tiled`);
    expect((await draw('ahead.tiled')).bytes).toBe(await drawAfresh('ahead.tiled'));
  });
});
