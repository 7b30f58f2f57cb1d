import type { Sql, Statement } from '../../src/base/sql.ts';
import type { RunContext } from '../../src/db/database.ts';
import type { Picture } from '../../src/image/picture.ts';
import type { RasterCase, RasterTile } from '../raster-cases.ts';
import { built } from './built.ts';
import type { Discovered } from './discovered.ts';
import { recording } from './recording.ts';
import { tileMatrix } from './tile-matrix.ts';

/** What drawing a tile consists of, each part by itself, in the process of the bench. */
export interface TileWork {
  readonly context: RunContext & { readonly name: string };
  /** The statement that asks for all blocks with their pixels, and its text. */
  readonly blocks: Sql;
  readonly blocksText: Statement;
  /** The statement that asks whether blocks that are kept are still what the table holds. */
  readonly question: Sql;
  readonly picture: Picture;
  /** Draws from blocks that are kept: the question, and the pixels. */
  draw(): Promise<unknown>;
  /** The blocks decoded; the bytes of their samples. */
  decode(rows: readonly (readonly unknown[])[]): number;
}

/** Takes the drawing of a tile apart by watching what the program itself asks of the database. */
export async function tileWork(found: RasterCase, tile: RasterTile, { database, raster }: Discovered): Promise<TileWork> {
  const { targetOfTile } = await built('services/rasters/targets.js');
  const { createRasterService } = await built('services/rasters/raster-service.js');
  const { decodeRow } = await built('services/rasters/decode-row.js');
  const { compile } = await built('base/sql.js');
  const { ANONYMOUS } = await built('base/principal.js');
  const context = { signal: new AbortController().signal, principal: ANONYMOUS };
  const collection = raster(found.table);
  const sent: Sql[] = [];
  const service = createRasterService({ database: recording(database, (statement) => sent.push(statement)) });
  const target = targetOfTile({ ...(await tileMatrix(tile.z)), row: tile.y, col: tile.x });
  const request = { sources: [{ collection }], target, look: {} };
  const picture = await service.picture(request, context);
  const blocks = sent.at(-1);
  await service.picture(request, context);
  const question = sent.at(-1);
  if (picture === undefined || blocks === undefined || question === undefined)
    throw new Error(`Nothing of ${found.table} lies in ${JSON.stringify(tile)}`);
  return {
    context: { ...context, name: 'bench' },
    blocks,
    blocksText: withoutArrays(compile(blocks)),
    question,
    picture,
    draw: () => service.picture(request, context),
    decode: (rows) =>
      rows.reduce((sum, [, bytes]) => {
        const block = Buffer.isBuffer(bytes) ? decodeRow(bytes, collection) : undefined;
        return sum + (block?.bands.reduce((all, band) => all + band.samples().byteLength, 0) ?? 0);
      }, 0),
  };
}

/** No signature is known at first: an empty array, as text. */
function withoutArrays({ text, values }: Statement): Statement {
  return { text, values: values.map((value) => (Array.isArray(value) && value.length === 0 ? '{}' : value)) };
}
