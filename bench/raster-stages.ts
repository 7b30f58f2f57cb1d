import { createServer } from 'node:http';
import { constants, deflateSync, inflateSync } from 'node:zlib';
import { rasterCase, tileUrl, WANTED, type RasterCase, type RasterTile } from './raster-cases.ts';
import { built } from './support/built.ts';
import { ms, notMeasured, type Bench, type BenchContext, type Row } from './support/context.ts';
import { openDiscovered, type Discovered } from './support/discovered.ts';
import { createHttpClient, warmUp } from './support/http-client.ts';
import { interleave } from './support/interleave.ts';
import { timeCopy } from './support/psql-copy.ts';
import { startServer } from './support/server.ts';
import { median, sum } from './support/statistics.ts';
import { tileWork } from './support/tile-work.ts';

/** Where the time of a raster tile goes, and the least that each part of it could take. */
export const rasterStages: Bench = {
  name: 'raster-stages',
  title: 'Where the time of a raster tile goes',
  method:
    'Means over the tiles of the comparisons above, of medians, each stage by itself, and beside it its floor. ' +
    '"Question": whether kept blocks are still what the table holds. "Pixels": warp, resample and stretch of kept blocks; floor: copying the bytes of their samples and of the picture (memcpy). ' +
    '"Encode": PNG; floor: zlib at level 1 of the same filtered bytes. "HTTP": what a request takes beyond these three in a process of the bench; floor: a bare `node:http` handler with the same bytes. ' +
    'A block that is not kept also takes "read" (statement and transfer), floor: `psql` COPY of the same blocks by its own clock, and "decode", floor: memcpy of the samples. A request is the sum of the first four: the question and the pixels of a tile run side by side, which a stage by itself does not show. ' +
    'The bench runs with the growth of garbage that the server sets itself: without it collections in the bench, not in the server, count as pixels and HTTP comes out negative.',
  run,
};

async function run(context: BenchContext): Promise<readonly Row[]> {
  const rows: Row[] = [];
  for (const wanted of WANTED) {
    const found = await rasterCase(wanted, context.databases);
    if (found === undefined) rows.push(notMeasured(wanted.table, '', 'the table is not there'));
    else rows.push(await measureCase(found, context));
  }
  return rows;
}

async function measureCase(found: RasterCase, { rounds, tell }: BenchContext): Promise<Row> {
  const server = await startServer({ database: found.url });
  const discovered = await openDiscovered(found.url);
  try {
    const http = createHttpClient();
    await warmUp(
      http,
      found.tiles.map((tile) => tileUrl(server.root, found, tile)),
    );
    http.close();
    const all: Stages[] = [];
    for (const tile of found.tiles) all.push(await measureTile(found, tile, { discovered, root: server.root, rounds }));
    const mean = (pick: (stages: Stages) => number): string => ms(sum(all.map(pick)) / all.length);
    const details = [
      `question ${mean((s) => s.question)}`,
      `pixels ${mean((s) => s.draw - s.question)} (memcpy ${mean((s) => s.pixelsFloor)})`,
      `encode ${mean((s) => s.encode)} (zlib ${mean((s) => s.encodeFloor)})`,
      `HTTP ${mean((s) => s.http - s.draw - s.encode)} (bare ${mean((s) => s.httpFloor)})`,
      `not kept: read ${mean((s) => s.read)} (COPY ${mean((s) => s.readFloor)}), decode ${mean((s) => s.decode)} (memcpy ${mean((s) => s.decodeFloor)})`,
    ].join('; ');
    tell(`${found.table}: ${details}`);
    return { what: found.table, result: mean(({ http }) => http), target: '', met: undefined, details };
  } finally {
    await discovered.database.close();
    await server.stop();
  }
}

interface Tools {
  readonly discovered: Discovered;
  readonly root: string;
  readonly rounds: number;
}

const WAYS = ['question', 'draw', 'encode', 'http', 'read', 'decode', 'pixelsFloor', 'encodeFloor', 'httpFloor', 'decodeFloor'] as const;

/** Milliseconds of each way, and of COPY, which psql measures itself. */
type Stages = Readonly<Record<(typeof WAYS)[number] | 'readFloor', number>>;

async function measureTile(found: RasterCase, tile: RasterTile, { discovered, root, rounds }: Tools): Promise<Stages> {
  const { encodePicture } = await built('image/encode.js');
  const { database } = discovered;
  const work = await tileWork(found, tile, discovered);
  const { picture } = work;
  const rows = await database.rows(work.blocks, work.context);
  const { bytes } = await encodePicture(picture, 'png');
  const filtered = filteredBytes(bytes);
  const samples = Buffer.alloc(work.decode(rows), 1);
  const shown = Buffer.alloc(picture.width * picture.height * (picture.kind === 'rgba' ? 4 : 1), 1);
  const http = createHttpClient();
  const bare = await serveBytes(bytes);
  try {
    const times = await interleave(
      {
        question: () => database.rows(work.question, work.context),
        draw: work.draw,
        encode: () => encodePicture(picture, 'png'),
        http: () => http.get(tileUrl(root, found, tile)),
        read: () => database.rows(work.blocks, work.context),
        decode: async () => work.decode(rows),
        pixelsFloor: async () => [Buffer.from(samples), Buffer.from(shown)],
        encodeFloor: async () => deflateSync(filtered, { level: 1, strategy: constants.Z_DEFAULT_STRATEGY }),
        httpFloor: () => http.get(bare.url),
        decodeFloor: async () => Buffer.from(samples),
      },
      { warm: 40, measured: rounds },
    );
    const copies: number[] = [];
    for (let round = 0; round < rounds; round += 1) copies.push(await timeCopy(work.blocksText, found.url));
    return { ...times, readFloor: median(copies) };
  } finally {
    http.close();
    bare.close();
  }
}

/** The rows of a PNG with their filters, as they were compressed (ISO/IEC 15948 §5.3). */
function filteredBytes(png: Uint8Array): Buffer {
  const bytes = Buffer.from(png);
  const parts: Buffer[] = [];
  for (let at = 8; at < bytes.length; at += 12 + bytes.readUInt32BE(at))
    if (bytes.toString('latin1', at + 4, at + 8) === 'IDAT') parts.push(bytes.subarray(at + 8, at + 8 + bytes.readUInt32BE(at)));
  return inflateSync(Buffer.concat(parts));
}

/** The least that Node can do with these bytes. It runs within the bench, where client and server take turns anyway. */
async function serveBytes(bytes: Uint8Array): Promise<{ readonly url: string; close(): void }> {
  const server = createServer((_, response) => {
    response.writeHead(200, { 'Content-Type': 'image/png', 'Content-Length': bytes.length });
    response.end(bytes);
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('No port');
  return { url: `http://127.0.0.1:${address.port}/`, close: () => void server.close() };
}
