import { execFile } from 'node:child_process';
import { rm } from 'node:fs/promises';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { isDeepStrictEqual, promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parseTitilerExpressions } from '../../../src/algebra/parse-titiler.ts';
import { composePictures } from '../../../src/image/compose.ts';
import { plainGround } from '../../../src/image/ground.ts';
import { toRgba, type Picture } from '../../../src/image/picture.ts';
import type { ValueImage } from '../../../src/image/values.ts';
import type { Plane } from '../../../src/raster/image.ts';
import { collectTallies, type Collected } from '../../../src/raster/statistics/collect-tallies.ts';
import { tallyPlane } from '../../../src/raster/statistics/tally.ts';
import { zoneOn } from '../../../src/raster/statistics/zone.ts';
import { encodeBlock } from '../../../src/raster/wkb-encode.ts';
import { ownBlock } from '../../../src/raster/own-block.ts';
import { decodeBlock, type Block } from '../../../src/raster/wkb.ts';
import { compositionCost } from '../../../src/render/composition.ts';
import { createRenderer, type Renderer } from '../../../src/render/create-renderer.ts';
import { cropJob } from '../../../src/render/crop-job.ts';
import { jobCost } from '../../../src/render/job-cost.ts';
import { packJob } from '../../../src/render/pack-job.ts';
import type { JobColors, RenderJob } from '../../../src/render/render-job.ts';
import type { TallyAsk } from '../../../src/render/tally-job.ts';
import { WorkerPool } from '../../../src/render/worker-pool.ts';

// The same jobs here and in a thread of the compiled program.

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const BUILT = `${ROOT}build/test-render`;
const FILE = pathToFileURL(`${BUILT}/render/render-worker.js`);
const GRAY: JobColors = { coloring: { ranges: [{ min: 0, max: 3000 }] }, rim: 0 };

const never = new AbortController().signal;
const alone = { signal: never, crowded: false };
let here: Renderer;
let there: Renderer;

beforeAll(async () => {
  const options = ['--outDir', BUILT, '--incremental', 'false', '--tsBuildInfoFile', 'null', '--noCheck'];
  await promisify(execFile)('npx', ['tsc', '-p', 'tsconfig.json', ...options], { cwd: ROOT });
  here = createRenderer({ threads: 0 });
  there = createRenderer({ threads: 1, file: FILE });
}, 60_000);

afterAll(async () => {
  await there?.close();
  await rm(BUILT, { recursive: true, force: true });
});

/** A square block of a degree a side: 16BSI, value 10·column + row, one in seven without data. */
function block(side: number, owned: boolean): Block {
  const samples = Int16Array.from({ length: side * side }, (_, i) => (i % 7 === 0 ? -1 : 10 * (i % side) + Math.floor(i / side)));
  const grid = { originX: 7, originY: 47, scaleX: 1 / side, scaleY: -1 / side, skewX: 0, skewY: 0 };
  const bytes = encodeBlock({ grid, srid: 4326, width: side, height: side, bands: [{ pixelType: '16BSI', nodata: -1, samples }] });
  return owned ? ownBlock(decodeBlock(bytes)).block : decodeBlock(bytes);
}

/** A job over all of a block, as many pixels as samples times `zoom`. */
function job(side: number, { owned = true, zoom = 1 } = {}): RenderJob {
  const pixels = side * zoom;
  const line = (from: number, step: number): Float64Array => Float64Array.from({ length: pixels }, (_, i) => from + (i + 0.5) * step);
  return {
    grid: { originX: 7, originY: 47, scaleX: 1 / pixels, scaleY: -1 / pixels, skewX: 0, skewY: 0 },
    width: pixels,
    height: pixels,
    cover: false,
    inputs: [
      {
        sources: [
          {
            window: { column: 0, row: 0, width: pixels, height: pixels },
            warp: { kind: 'separable', width: pixels, height: pixels, x: line(7, 1 / pixels), y: line(47, -1 / pixels) },
            bounds: [7, 46, 8, 47],
            blocks: [block(side, owned)],
            geographic: true,
            margin: 2,
          },
        ],
        request: { width: pixels, height: pixels, bands: [0], kernel: 'area', selection: 'first' },
        scales: [{ scale: 0.5, offset: 1 }],
      },
    ],
  };
}

const LONG = 1100;

/** True when arrays hold the same bytes; a matcher takes seconds for as many. */
function alike(
  some: readonly Uint8Array[] | readonly Plane[] | undefined,
  others: readonly Uint8Array[] | readonly Plane[] | undefined,
): boolean {
  const bytes = (array: Uint8Array | Plane): Buffer => Buffer.from(array.buffer, array.byteOffset, array.byteLength);
  return some?.every((array, n) => Buffer.compare(bytes(array), bytes(others?.[n] ?? new Uint8Array(0))) === 0) ?? false;
}

describe('in a thread as here', () => {
  test.each([true, false])('numbers: blocks, scale, formula, clip (blocks kept: %s)', async (owned) => {
    const ring = Float64Array.of(7, 46, 7.9, 46, 7.5, 47);
    const wanted: RenderJob = {
      ...job(LONG, { owned }),
      program: { expressions: parseTitilerExpressions('b1*2-1;sqrt(b1)'), variables: ['b1'], fills: [0] },
      clip: [ring],
    };
    expect(jobCost(wanted)).toBeGreaterThan(10);
    const [a, b] = [await here.planes(wanted, never), await there.planes(wanted, never)];
    expect(b?.planes).toHaveLength(2);
    expect(alike(a?.planes, b?.planes)).toBe(true);
    expect(b?.planes[0]?.some((value) => value > 100)).toBe(true);
  });

  test('an algorithm that measures the ground', async () => {
    const wanted: RenderJob = {
      ...job(LONG),
      algorithm: { call: { name: 'slope', params: {} }, toLonLat: () => undefined },
    };
    const [a, b] = [await here.planes(wanted, never), await there.planes(wanted, never)];
    expect(b?.width).toBe(LONG - 2);
    expect(alike(a?.planes, b?.planes)).toBe(true);
    expect(b?.planes[0]?.some((value) => value > 0)).toBe(true);
  });

  test('pictures, and their encoding', async () => {
    const wanted = { ...job(LONG), colors: GRAY };
    const [c, d] = [await here.picture(wanted, never), await there.picture(wanted, never)];
    if (c?.kind !== 'indexed' || d?.kind !== 'indexed') throw new Error('expected palettes');
    expect(alike([c.indices, c.palette], [d.indices, d.palette])).toBe(true);
    const [a, b] = [await here.encoded(wanted, 'png', alone), await there.encoded(wanted, 'png', alone)];
    expect(Buffer.compare(a?.bytes ?? Buffer.alloc(1), b?.bytes ?? Buffer.alloc(0))).toBe(0);
    expect(b?.mediaType).toBe('image/png');
  });

  test('pictures on a ground, and as a file that says where it lies', async () => {
    const crowded = { signal: never, crowded: true };
    const wanted = { ...job(100), colors: { ...GRAY, ground: plainGround([255, 0, 0, 255]) } };
    for (const file of ['png', 'webp', { grid: wanted.grid, crs: undefined, title: 'here' }] as const) {
      const [a, b] = [await here.encoded(wanted, file, crowded), await there.encoded(wanted, file, crowded)];
      expect(Buffer.compare(a?.bytes ?? Buffer.alloc(1), b?.bytes ?? Buffer.alloc(0))).toBe(0);
    }
    const picture = await here.picture(wanted, never);
    // One in seven samples has no data.
    expect([...toRgba(picture ?? composePictures([], { width: 1, height: 1 })).subarray(0, 4)]).toEqual([255, 0, 0, 255]);
  });

  test('as much of a picture as its sources reach, laid where it lies', async () => {
    const wanted = job(60);
    const canvas = { width: 200, height: 150 };
    const [input] = wanted.inputs;
    if (input === undefined) throw new Error('expected an input');
    const moved = (column: number, row: number) =>
      input.sources.map((source) => ({ ...source, window: { ...source.window, column, row } }));
    const inputs = [{ ...input, sources: [...moved(20, 10), ...moved(90, 40)], request: { ...input.request, ...canvas } }];
    const whole = { ...wanted, ...canvas, inputs, colors: GRAY };
    const { job: cropped, at } = cropJob(whole);
    expect([cropped.width, cropped.height, ...at]).toEqual([130, 90, 20, 10]);
    const [a, b] = [await here.picture(whole, never), await here.picture(cropped, never)];
    if (a === undefined || b === undefined) throw new Error('expected pictures');
    const laid = composePictures([{ ...b, at }], canvas);
    const seen = (picture: Picture): Uint8Array => toRgba(picture).map((value, i, all) => (all[i | 3] === 0 ? 0 : value));
    expect(Buffer.compare(seen(a), seen(laid))).toBe(0);
    for (const kept of [
      { ...whole, clip: [] },
      { ...whole, colors: { ...GRAY, rim: 1 } },
      { ...whole, inputs: [] },
    ])
      expect(cropJob(kept)).toEqual({ job: kept, at: [0, 0] });
  });

  test('pictures over one another, which the thread takes over', async () => {
    const side = 700;
    const data = new Uint8Array(4 * side * side);
    for (let i = 0; i < data.length; i += 1) data[i] = (i * 7) % 251;
    const pictures = (): readonly Picture[] =>
      [0, 1, 2].map((n) => ({ kind: 'rgba', width: side, height: side, data: data.slice().copyWithin(0, n) }));
    const canvas = { width: side, height: side, ground: plainGround([1, 2, 3, 255]) };
    const used = pictures();
    expect(compositionCost({ pictures: used, canvas })).toBeGreaterThan(10);
    const [a, b] = [await here.composed({ pictures: pictures(), canvas }, never), await there.composed({ pictures: used, canvas }, never)];
    expect(alike([toRgba(a)], [toRgba(b)])).toBe(true);
    expect(used.map((picture) => toRgba(picture).length)).toEqual([0, 0, 0]);
    const [c, d] = await Promise.all([here, there].map((one) => one.composedFile({ pictures: pictures(), canvas }, 'png', alone)));
    expect(Buffer.compare(c?.bytes ?? Buffer.alloc(1), d?.bytes ?? Buffer.alloc(0))).toBe(0);
  });

  test('an error for the client stays one', async () => {
    const wanted: RenderJob = { ...job(LONG), algorithm: { call: { name: 'normalizedIndex', params: {} }, toLonLat: () => undefined } };
    const failures = await Promise.allSettled([here.planes(wanted, never), there.planes(wanted, never)]);
    const [a, b] = failures.map((failure) => (failure.status === 'rejected' ? failure.reason : undefined));
    expect(a).toMatchObject({ code: 'INVALID_PARAMETER' });
    expect(b).toMatchObject({ code: 'INVALID_PARAMETER', detail: a.detail });
  });
});

describe('numbers in a thread as here', () => {
  const place = { column: 0, row: 0, width: LONG, height: LONG };
  const star = Float64Array.from({ length: 10_000 }, (_, n) => {
    const [angle, long] = [(Math.floor(n / 2) / 5000) * 2 * Math.PI, 300 + 200 * Math.sin((Math.floor(n / 2) / 5000) * 74 * Math.PI)];
    return LONG / 2 + long * (n % 2 === 0 ? Math.cos(angle) : Math.sin(angle));
  });
  const toPixels = { a: 1, b: 0, c: 0, d: 0, e: 1, f: 0 };
  const areas = { columns: [0, LONG - 1], rows: [0, LONG - 1], areas: Float64Array.of(10, 20, 30, 40) };
  const asks: readonly (readonly [string, Omit<TallyAsk, 'place' | 'keep' | 'part'>])[] = [
    ['all of them', { weigh: 'samples' }],
    ['those in a polygon of thousands of positions', { weigh: 'samples', areas, zone: zoneOn([[star]], toPixels, false) }],
    ['those in it, by share', { weigh: 'samples', areas, zone: zoneOn([[star]], toPixels, true) }],
    ['by the ground under them', { weigh: 'ground', areas }],
  ];

  test.each(asks)('counts %s', async (_, how) => {
    const ask = { ...how, place, keep: true, part: 'bulk' as const };
    for (const wanted of [
      job(LONG),
      { ...job(LONG), program: { expressions: parseTitilerExpressions('b1*1.1'), variables: ['b1'], fills: [0] } },
    ]) {
      const [a, b] = [await here.tallies(wanted, ask, never), await there.tallies(wanted, ask, never)];
      expect(a?.[0]?.pixels).toBeGreaterThan(1000);
      expect(isDeepStrictEqual(a, b)).toBe(true);
    }
  });

  test('sums them up, and takes over what it is given', async () => {
    const options = { percentiles: [2, 50, 98], bins: 10, limit: 10_000_000 };
    const collect = (): Collected => {
      const collector = collectTallies(options.limit);
      for (let n = 0; n < 4; n += 1)
        collector.add(
          tallyPlane(
            Float64Array.from({ length: 200_000 }, (_, i) => Math.sin(i * 7 + n) * 1000),
            { keep: true },
          ),
        );
      return collector.collected();
    };
    const given = collect();
    const [a, b] = [await here.summary([collect()], options, never), await there.summary([given], options, never)];
    expect(b).toEqual(a);
    expect(a[0]?.unique).toBe(800_000);
    expect(given.others?.[0]?.values.byteLength).toBe(0);
  });

  test('writes files, texts and pieces of files', { timeout: 60_000 }, async () => {
    const [width, height] = [1200, 1000];
    const grid = { originX: 7, originY: 47, scaleX: 0.001, scaleY: -0.001, skewX: 0, skewY: 0 };
    const bands = [{ name: 'b1', pixelType: '32BF', nodata: Number.NaN }] as const;
    const planes = (): [Float32Array] => [Float32Array.from({ length: width * height }, (_, i) => (i % 11 === 0 ? Number.NaN : i / 3))];
    const image = (): ValueImage => ({ width, height, grid, crs: undefined, bands, planes: planes() });
    for (const format of ['npy', 'asc', 'xyz', 'raw', 'geotiff'] as const) {
      const [a, b] = [await here.file(image(), { format }, never), await there.file(image(), { format }, never)];
      expect([Buffer.compare(a.bytes, b.bytes), b.headers, b.extension]).toEqual([0, a.headers, a.extension]);
    }
    const text = (renderer: Renderer): Promise<Uint8Array> => renderer.json(['{"a":', { planes: planes(), whole: false }, '}'], never);
    const [a, b] = [await text(here), await text(there)];
    expect(Buffer.compare(a, b)).toBe(0);
    const values: unknown = JSON.parse(Buffer.from(b).toString());
    expect(values).toMatchObject({ a: expect.any(Array) });
    expect(JSON.stringify(values).length).toBe(b.length);
    const strip = { row: 0, height: 100, planes: [new Float32Array(width * 100).fill(1.5)] };
    const piece = (renderer: Renderer): Promise<Uint8Array> =>
      renderer.piece({ kind: 'xyz', facts: { width, height, grid, crs: undefined, bands }, strip }, never);
    expect(Buffer.compare(await piece(here), await piece(there))).toBe(0);
    // The strip is written into again for the next piece: it stays.
    expect(strip.planes[0]?.length).toBe(width * 100);
  });
});

describe('threads', () => {
  test('let a small picture pass the windows of long statistics', { timeout: 60_000 }, async () => {
    const renderer = createRenderer({ threads: 1, file: FILE });
    const [long, short] = [new AbortController().signal, new AbortController().signal];
    const done: string[] = [];
    const windows = Array.from({ length: 6 }, async (_, n) => {
      const place = { column: 0, row: n * LONG, width: LONG, height: LONG };
      await renderer.tallies(job(LONG), { place, weigh: 'samples', keep: true, part: 'bulk' }, long);
      done.push(`window ${n}`);
    });
    const picture = renderer
      .encoded({ ...job(LONG), colors: GRAY }, 'png', { signal: short, crowded: false })
      .then(() => done.push('picture'));
    await Promise.all([...windows, picture]);
    expect(done.indexOf('picture')).toBeLessThanOrEqual(1);
    expect(done.filter((name) => name !== 'picture')).toEqual(Array.from({ length: 6 }, (_, n) => `window ${n}`));
    await renderer.close();
  });

  test('begin at the first order, and do one after the other', async () => {
    const pool = new WorkerPool({ file: FILE, size: 1 });
    expect(pool.size).toBe(0);
    const order = { wanted: 'planes' as const, job: packJob(job(50)) };
    const both = Promise.all([pool.run(order, 1, never), pool.run(order, 1, never)]);
    expect([pool.size, pool.waiting, pool.load]).toEqual([1, 1, 2]);
    const [first, second] = await both;
    expect(first).toEqual(second);
    await pool.close();
    await expect(pool.run(order, 1, never)).rejects.toThrow('closed');
  });

  test('an order that is left is answered at once, its thread ended and replaced', async () => {
    const pool = new WorkerPool({ file: FILE, size: 1 });
    const long = job(3000);
    const slow = { ...long, inputs: long.inputs.map((input) => ({ ...input, request: { ...input.request, kernel: 'median' as const } })) };
    const [running, waiting] = [new AbortController(), new AbortController()];
    const begun = pool.run(
      {
        wanted: 'planes',
        job: packJob({ ...slow, program: { expressions: parseTitilerExpressions('b1'), variables: ['b1'], fills: [0] } }),
      },
      500,
      running.signal,
    );
    const queued = pool.run({ wanted: 'planes', job: packJob(job(50)) }, 1, waiting.signal);
    waiting.abort(new Error('gone'));
    await expect(queued).rejects.toThrow('gone');
    expect(pool.waiting).toBe(0);
    running.abort(new Error('left'));
    await expect(begun).rejects.toThrow('left');
    expect(await pool.run({ wanted: 'planes', job: packJob(job(50)) }, 1, never)).toBeDefined();
    await pool.close();
    expect(pool.size).toBe(0);
  });
});
