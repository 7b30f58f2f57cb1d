import type { Bbox } from '../base/bbox.ts';
import { ANONYMOUS } from '../base/principal.ts';
import { ident, literal, sql } from '../base/sql.ts';
import type { Sql } from '../base/sql.ts';
import type { Database, Row, RunOptions } from '../db/database.ts';
import type { PixelTypeName } from '../raster/wkb.ts';
import { bboxCells, float, int, text } from './cell.ts';
import { rasterExtentStatement } from './extent-statement.ts';
import { pixelTypeOf } from './pixel-type.ts';

/** What the rows of a raster column without (all) constraints hold. */
export interface RasterSample {
  /** The most frequent SRID, and all of them. */
  readonly srid: number;
  readonly srids: readonly number[];
  /** The finest pixel among the rows of `srid`. */
  readonly pixelWidth: number;
  readonly pixelHeight: number;
  readonly blockWidth: number;
  readonly blockHeight: number;
  readonly bands: readonly { readonly pixelType: PixelTypeName; readonly nodata: number | undefined }[];
  /** Of all rows, in the CRS of `srid`; undefined when they could not all be looked at in time. */
  readonly bbox: Bbox | undefined;
}

/** Rows looked at. */
const SAMPLE_ROWS = 500;
const TIMEOUT_MS = 3_000;
const BOX_TIMEOUT_MS = 2_000;

/** Looks at the first rows of a raster column; undefined when none of them has a raster with bands. */
export async function sampleRaster(
  database: Database,
  postgisSchema: string,
  target: { readonly schema: string; readonly table: string; readonly column: string },
  signal: AbortSignal,
): Promise<RasterSample | undefined> {
  const options: RunOptions = { name: 'catalog.raster-sample', signal, principal: ANONYMOUS, timeoutMs: TIMEOUT_MS };
  const sample = rasterSample(target);
  const blocks = (await database.rows(blocksStatement(postgisSchema, sample), options)).map(blockOf);
  const present = blocks.filter((block) => block.width > 0 && block.height > 0);
  if (present.length === 0) return undefined;
  const bandCount = Math.max(...present.map((block) => block.bands));
  if (bandCount === 0) return undefined;
  const bands = await database.rows(bandsStatement(postgisSchema, sample, bandCount), options);
  const summary = summarise(present, bands, blocks.length < SAMPLE_ROWS);
  if (summary.bbox !== undefined || summary.srid <= 0) return summary;
  return { ...summary, bbox: await readBox(database, rasterExtentStatement(postgisSchema, { ...target, srid: summary.srid }), options) };
}

/** The box of all rows where they tell it in time: only the heads of the blocks are read, some ten thousand a second. */
async function readBox(database: Database, statement: Sql, options: RunOptions): Promise<Bbox | undefined> {
  try {
    const [row] = await database.rows(statement, { ...options, name: 'catalog.raster-box', timeoutMs: BOX_TIMEOUT_MS });
    return bboxCells(row);
  } catch {
    // Too many rows, or SRIDs that do not transform into each other: facts from data try again with more time.
    options.signal.throwIfAborted();
    return undefined;
  }
}

interface Block {
  readonly srid: number;
  readonly bands: number;
  readonly width: number;
  readonly height: number;
  readonly corners: Bbox;
  readonly pixelWidth: number;
  readonly pixelHeight: number;
}

function rasterSample(target: { readonly schema: string; readonly table: string; readonly column: string }): Sql {
  return sql`with sample as materialized (
    select ${ident(target.column)} as rast from ${ident([target.schema, target.table])} limit ${literal(SAMPLE_ROWS)}
  )`;
}

function blocksStatement(postgisSchema: string, sample: Sql): Sql {
  return sql`${sample}
    select
      m.srid, m.numbands, m.width, m.height, m.upperleftx, m.upperlefty, m.scalex, m.scaley, m.skewx, m.skewy
    from sample
    cross join lateral ${ident([postgisSchema, 'st_metadata'])}(sample.rast) m`;
}

function bandsStatement(postgisSchema: string, sample: Sql, bandCount: number): Sql {
  const postgis = (name: string): Sql => ident([postgisSchema, name]);
  return sql`${sample}
    select
      ${postgis('st_bandpixeltype')}(s.rast, band), ${postgis('st_bandnodatavalue')}(s.rast, band)
    from (
      select rast from sample where ${postgis('st_numbands')}(rast) = ${literal(bandCount)} limit 1
    ) s
    cross join generate_series(1, ${literal(bandCount)}) band
    order by band`;
}

function blockOf(row: Row): Block {
  const [width, height] = [int(row, 2), int(row, 3)];
  const [x, y, scaleX, scaleY, skewX, skewY] = [4, 5, 6, 7, 8, 9].map((index) => float(row, index) ?? 0);
  const xs = [0, width].flatMap((i) => [0, height].map((j) => (x ?? 0) + i * (scaleX ?? 0) + j * (skewX ?? 0)));
  const ys = [0, width].flatMap((i) => [0, height].map((j) => (y ?? 0) + i * (skewY ?? 0) + j * (scaleY ?? 0)));
  return {
    srid: int(row, 0),
    bands: int(row, 1),
    width,
    height,
    corners: [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)],
    pixelWidth: Math.hypot(scaleX ?? 0, skewY ?? 0),
    pixelHeight: Math.hypot(scaleY ?? 0, skewX ?? 0),
  };
}

function summarise(blocks: readonly Block[], bandRows: readonly Row[], complete: boolean): RasterSample {
  const counts = new Map<number, number>();
  for (const block of blocks) counts.set(block.srid, (counts.get(block.srid) ?? 0) + 1);
  const srids = [...counts].sort((a, b) => b[1] - a[1]).map(([srid]) => srid);
  const srid = srids[0] ?? 0;
  const own = blocks.filter((block) => block.srid === srid);
  const most = (pick: (block: Block) => number): number => Math.max(...own.map(pick));
  const least = (pick: (block: Block) => number): number => Math.min(...own.map(pick));
  return {
    srid,
    srids,
    pixelWidth: least((block) => block.pixelWidth),
    pixelHeight: least((block) => block.pixelHeight),
    blockWidth: most((block) => block.width),
    blockHeight: most((block) => block.height),
    bands: bandRows.flatMap((row) => {
      const pixelType = pixelTypeOf(text(row, 0));
      return pixelType === undefined ? [] : [{ pixelType, nodata: float(row, 1) }];
    }),
    bbox:
      complete && srids.length === 1
        ? [
            least((block) => block.corners[0]),
            least((block) => block.corners[1]),
            most((block) => block.corners[2]),
            most((block) => block.corners[3]),
          ]
        : undefined,
  };
}
