import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ANONYMOUS } from '../../src/base/principal.ts';
import { findCollection, type Catalog } from '../../src/catalog/catalog.ts';
import type { RasterCollection } from '../../src/catalog/collection.ts';
import { discover } from '../../src/catalog/discover.ts';
import { createSampleMemory } from '../../src/catalog/open-columns.ts';
import type { Database } from '../../src/db/database.ts';
import { openDatabase } from '../../src/db/open-database.ts';
import { decodeRgba, type Pixels } from '../../src/image/decode.ts';
import { toRgba } from '../../src/image/picture.ts';
import { paint } from '../../src/render/paint.ts';
import { createRasterService, type RasterService } from '../../src/services/rasters/raster-service.ts';
import { tileBbox } from '../../src/tms/tile-grid.ts';
import { findMatrix, registry } from '../../src/tms/registry.ts';
import type { TileMatrix, TileMatrixSet } from '../../src/tms/tile-matrix-set.ts';
import { findProgram, withProgram } from '../clients/program.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { warpByGdal, type WarpOrder } from './gdal-warp.ts';

// A tile is first held against gdalwarp on the same rows with the same resampling, then blessed: BLESS=1 rewrites the
// files. Where `gdal` is absent the kernels differ by design (rows that are enlarged on one axis and reduced on the
// other, footprints that are turned; GDAL 3.6's mode counts samples where ours weighs areas), and the file alone holds
// what was looked at.

interface Golden {
  readonly collection: string;
  readonly tms: string;
  readonly z: string;
  readonly row: number;
  readonly col: number;
  readonly gdal?: WarpOrder['method'];
  /** Table of the level that must be read. */
  readonly level: string;
}

const GOLDENS: readonly Golden[] = [
  { collection: 'blue_marble', tms: 'WebMercatorQuad', z: '0', row: 0, col: 0, level: 'o_8_blue_marble' },
  { collection: 'blue_marble', tms: 'WebMercatorQuad', z: '3', row: 3, col: 4, gdal: 'bilinear', level: 'o_2_blue_marble' },
  { collection: 'blue_marble', tms: 'WebMercatorQuad', z: '6', row: 24, col: 33, gdal: 'bilinear', level: 'blue_marble' },
  { collection: 'blue_marble', tms: 'WorldCRS84Quad', z: '2', row: 1, col: 6, gdal: 'average', level: 'o_2_blue_marble' },
  { collection: 'blue_marble', tms: 'UPSArcticWGS84Quad', z: '3', row: 3, col: 4, level: 'o_2_blue_marble' },
  { collection: 'geoid', tms: 'WebMercatorQuad', z: '2', row: 1, col: 1, gdal: 'average', level: 'geoid' },
  { collection: 'geoid', tms: 'WebMercatorQuad', z: '6', row: 28, col: 0, gdal: 'bilinear', level: 'geoid' },
  { collection: 'golden.heights', tms: 'WebMercatorQuad', z: '9', row: 176, col: 267, gdal: 'bilinear', level: 'heights' },
  { collection: 'golden.heights', tms: 'UTM32WGS84Quad', z: '8', row: 93, col: 63, gdal: 'average', level: 'heights' },
  { collection: 'golden.classes', tms: 'WebMercatorQuad', z: '6', row: 28, col: 29, gdal: 'near', level: 'classes' },
  { collection: 'golden.classes', tms: 'WorldCRS84Quad', z: '2', row: 1, col: 3, gdal: 'mode', level: 'classes' },
  { collection: 'golden.turned', tms: 'WebMercatorQuad', z: '12', row: 1426, col: 2151, gdal: 'bilinear', level: 'turned' },
  { collection: 'golden.dateline', tms: 'WebMercatorQuad', z: '8', row: 139, col: 255, gdal: 'bilinear', level: 'dateline' },
  { collection: 'golden.dateline', tms: 'WebMercatorQuad', z: '8', row: 139, col: 0, gdal: 'bilinear', level: 'dateline' },
  { collection: 'golden.past_180', tms: 'WebMercatorQuad', z: '3', row: 3, col: 6, gdal: 'bilinear', level: 'past_180' },
  { collection: 'golden.past_180', tms: 'WebMercatorQuad', z: '3', row: 3, col: 1, level: 'past_180' },
];

const BLESS = process.env['BLESS'] === '1';
const context = { signal: AbortSignal.timeout(300_000), principal: ANONYMOUS };

let source: TestDatabase;
let database: Database;
let catalog: Catalog;
let maps: RasterService;
let statements: string[] = [];

beforeAll(async () => {
  source = await createTestDatabase('demo');
  await source.query(await readFile(new URL('tables.sql', import.meta.url), 'utf8'));
  const opened = await openDatabase({
    connection: source.reader,
    poolSize: 4,
    statementTimeoutMs: 30_000,
    streamLimitMs: 60_000,
    observe: () => undefined,
  });
  // What is read is noted on the way through.
  database = {
    ...opened,
    rows: (statement, options) => (
      options.name === 'raster.blocks' && statements.push(statement.text.join('?')),
      opened.rows(statement, options)
    ),
  };
  ({ catalog } = await discover(opened, { include: [], exclude: [], nonSpatialTables: false }, createSampleMemory(), context.signal));
  maps = createRasterService({ database });
});

afterAll(async () => {
  await database?.close();
  await source?.close();
});

interface Drawn {
  readonly collection: RasterCollection;
  readonly set: TileMatrixSet;
  readonly matrix: TileMatrix;
  readonly bytes: Uint8Array;
  readonly pixels: Pixels;
  readonly table: string | undefined;
}

async function draw({ collection: id, tms, z, row, col }: Golden): Promise<Drawn> {
  const collection = findCollection(catalog, id);
  const set = registry.get(tms);
  const matrix = set && findMatrix(set, z);
  if (collection?.kind !== 'raster' || set === undefined || matrix === undefined) throw new Error(`No ${id} or ${tms} ${z}`);
  await maps.appearance(collection, context);
  statements = [];
  const { bytes } = await maps.tile({ collection, tms: set, matrix, row, col, format: 'png' }, context);
  const table = /from "(?:[^"]+)"\."([^"]+)"/.exec(statements[0] ?? '')?.[1];
  return { collection, set, matrix, bytes, pixels: await decodeRgba(bytes), table };
}

const nameOf = ({ collection, tms, z, row, col }: Golden): string => `${collection}-${tms}-${z}-${row}-${col}`;

/** Share of the pixels seen in either picture that differ by more than one level in some channel. */
function difference(a: Uint8Array, b: Uint8Array): number {
  let [seen, different] = [0, 0];
  for (let i = 0; i < a.length; i += 4) {
    if ((a[i + 3] ?? 0) === 0 && (b[i + 3] ?? 0) === 0) continue;
    seen += 1;
    if ([0, 1, 2, 3].some((c) => Math.abs((a[i + c] ?? 0) - (b[i + c] ?? 0)) > 1)) different += 1;
  }
  expect(seen).toBeGreaterThan(500);
  return different / seen;
}

const isAbsent = (golden: Golden): boolean => golden.collection === 'blue_marble' && !catalog.collections.has('blue_marble');

describe('blessed', () => {
  test.for(GOLDENS.map((golden) => ({ name: nameOf(golden), golden })))('$name', async ({ name, golden }, { skip }) => {
    skip(isAbsent(golden), 'the optional package three-globe is not installed');
    const { bytes, pixels, table } = await draw(golden);
    expect(table).toBe(golden.level);
    const file = fileURLToPath(new URL(`raster-tiles/${name}.png`, import.meta.url));
    if (BLESS) {
      await mkdir(new URL('raster-tiles/', import.meta.url), { recursive: true });
      await writeFile(file, bytes);
    }
    expect(existsSync(file), `${file} is not there: look at the tile, then run with BLESS=1`).toBe(true);
    const blessed = await decodeRgba(await readFile(file));
    expect([pixels.width, pixels.height]).toEqual([blessed.width, blessed.height]);
    expect(difference(pixels.data, blessed.data)).toBe(0);
  });

  test('half a pixel to the side is noticed', async () => {
    const golden = GOLDENS.find(({ collection }) => collection === 'golden.heights');
    if (golden === undefined) throw new Error('no golden');
    const { collection, set, matrix } = await draw(golden);
    const moved = { ...matrix, originX: matrix.originX + matrix.cellSize / 2 };
    const { bytes } = await maps.tile(
      { collection, tms: { ...set, id: 'Moved' }, matrix: moved, row: golden.row, col: golden.col, format: 'png' },
      context,
    );
    const blessed = await decodeRgba(await readFile(new URL(`raster-tiles/${nameOf(golden)}.png`, import.meta.url)));
    expect(difference((await decodeRgba(bytes)).data, blessed.data)).toBeGreaterThan(0.1);
  });
});

withProgram({ name: 'gdalwarp', path: findProgram('gdalwarp'), install: 'apt-get install gdal-bin' }, (program) => {
  describe('at most one level from gdalwarp on 99 % of the pixels', () => {
    test.for(GOLDENS.filter(({ gdal }) => gdal !== undefined).map((golden) => ({ name: `${nameOf(golden)} ${golden.gdal}`, golden })))(
      '$name',
      async ({ golden }, { skip }) => {
        skip(isAbsent(golden), 'the optional package three-globe is not installed');
        const { collection, set, matrix, pixels, table } = await draw(golden);
        const appearance = await maps.appearance(collection, context);
        const { width, height } = pixels;
        const order = {
          program,
          method: golden.gdal ?? 'near',
          srid: set.srid,
          bbox: tileBbox(matrix, golden),
          width,
          height,
          nodata: collection.bands[0]?.nodata,
        };
        const planes = await warpByGdal({ ...order, tiff: await exportTable([collection.relation.schema, table ?? ''], order) });
        const { coloring } = await maps.coloring({ sources: [{ collection }], look: {} }, context);
        const cover = appearance.alpha === undefined ? undefined : planes[appearance.bands.length];
        const wanted = paint({ planes: planes.slice(0, appearance.bands.length), cover, width, height, rim: 0 }, coloring);
        expect(difference(pixels.data, wanted === undefined ? new Uint8Array(0) : toRgba(wanted))).toBeLessThan(0.01);
      },
    );
  });
});

/** The rows of a table around a tile as one GeoTIFF, made by PostGIS, so that nothing of ours takes part. */
async function exportTable(
  [schema = '', table = '']: readonly string[],
  { bbox, srid }: Pick<WarpOrder, 'bbox' | 'srid'>,
): Promise<Buffer> {
  const [row] = await source.query(`
    set postgis.gdal_enabled_drivers = 'GTiff';
    with tile as (select ST_MakeEnvelope(${bbox.join(', ')}, ${srid}) as box)
    select ST_AsGDALRaster(ST_Union(rast), 'GTiff') as tiff from "${schema}"."${table}", tile
    where ST_ConvexHull(rast) && ST_Expand(ST_Transform(ST_Segmentize(box, (ST_XMax(box) - ST_XMin(box)) / 20), ST_SRID(rast)), abs(ST_ScaleX(rast)) * 8)`);
  const tiff = row?.['tiff'];
  if (!Buffer.isBuffer(tiff)) throw new Error(`No GeoTIFF of ${table}`);
  return tiff;
}
