import { describe, expect, it } from 'vitest';
import { layoutGeoTiff } from '../../../src/image/geotiff/layout.ts';
import { pageSize, rangeOfGeoTiff, streamGeoTiff } from '../../../src/image/geotiff/stream.ts';
import type { ValueImage, ValueWindow } from '../../../src/image/values.ts';
import type { PixelWindow } from '../../../src/raster/grid.ts';
import type { Plane } from '../../../src/raster/image.ts';
import { makeImage, PIXEL_TYPES } from './images.ts';
import { firstDifference, numbers, readDirectories, readTiff } from './read-tiff.ts';

function cut(image: ValueImage, window: PixelWindow): readonly Plane[] {
  return image.planes.map((plane) => {
    const part = new Float64Array(window.width * window.height);
    for (let row = 0; row < window.height; row += 1) {
      const from = (window.row + row) * image.width + window.column;
      part.set(plane.subarray(from, from + window.width), row * window.width);
    }
    return part;
  });
}

/** The pages of an image as they shall come. */
async function* pagesOf(image: ValueImage): AsyncGenerator<ValueWindow> {
  const { width, height } = pageSize(layoutGeoTiff(image));
  for (let row = 0; row < image.height; row += height) {
    for (let column = 0; column < image.width; column += width) {
      const window = { column, row, width: Math.min(width, image.width - column), height: Math.min(height, image.height - row) };
      yield { window, planes: cut(image, window) };
    }
  }
}

async function joined(pieces: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const all: Uint8Array[] = [];
  for await (const piece of pieces) all.push(piece);
  return Buffer.concat(all);
}

describe.each(PIXEL_TYPES)('%s', (pixelType) => {
  it('comes in pieces of the foretold length and reads back as it was', async () => {
    const image = makeImage({ pixelType, width: 400, height: 290, bands: 2, nodata: 1, holes: true });
    const bytes = await joined(streamGeoTiff(layoutGeoTiff(image), pagesOf(image)));
    expect(bytes.length).toBe(layoutGeoTiff(image).length);
    const [read] = readTiff(bytes);
    image.planes.forEach((plane, band) => {
      expect(
        firstDifference(
          read?.bands[band],
          Array.from(plane, (value) => (Number.isNaN(value) ? 1 : value)),
        ),
      ).toBe(-1);
    });
  });
});

it('has no more tiles than its head can name', () => {
  const facts = { ...makeImage({ pixelType: '8BUI', width: 1, height: 1 }), width: 43_200, height: 21_600 };
  expect(() => layoutGeoTiff(facts, { tileWidth: 16, tileHeight: 16 })).toThrow('2700 × 1350 tiles of 16 × 16 pixels');
  expect(layoutGeoTiff(facts, { tileWidth: 1024, tileHeight: 16 }).across).toBe(43);
});

it('has a mask where no value means no data', async () => {
  const image = makeImage({ pixelType: '16BSI', width: 300, height: 90, holes: true });
  const images = readTiff(await joined(streamGeoTiff(layoutGeoTiff(image), pagesOf(image))));
  expect(images.map(({ tags }) => numbers(tags, 254)[0])).toEqual([0, 4]);
  expect(
    firstDifference(
      images[1]?.bands[0],
      Array.from({ length: 27_000 }, (_, i) => (i % 11 === 3 ? 0 : 1)),
    ),
  ).toBe(-1);
});

it('has no data in windows without planes', async () => {
  const image = makeImage({ pixelType: '32BF', width: 2100, height: 5, bands: 2 });
  async function* some(): AsyncGenerator<ValueWindow> {
    for await (const page of pagesOf(image)) yield page.window.column === 0 ? { ...page, planes: [] } : page;
  }
  const { width } = pageSize(layoutGeoTiff(image));
  expect(width).toBeLessThan(2100);
  const [read] = readTiff(await joined(streamGeoTiff(layoutGeoTiff(image), some())));
  const wanted = Array.from(image.planes[1] ?? [], (value, i) => (i % 2100 < width ? Number.NaN : value));
  expect(firstDifference(read?.bands[1], wanted)).toBe(-1);
});

it('fails rather than to put windows where they do not belong, or to end early', async () => {
  const image = makeImage({ pixelType: '8BUI', width: 2100, height: 5 });
  const pages: ValueWindow[] = [];
  for await (const page of pagesOf(image)) pages.push(page);
  async function* given(windows: readonly ValueWindow[]): AsyncGenerator<ValueWindow> {
    yield* windows;
  }
  const layout = layoutGeoTiff(image);
  await expect(joined(streamGeoTiff(layout, given(pages.toReversed())))).rejects.toThrow('expected page');
  await expect(joined(streamGeoTiff(layout, given(pages.slice(0, 1))))).rejects.toThrow('expected 2 pages, got 1');
  expect((await joined(streamGeoTiff(layout, given(pages)))).length).toBe(layout.length);
});

it('ends the reading of windows when nobody wants more', async () => {
  const image = makeImage({ pixelType: '8BUI', width: 300, height: 9000 });
  let ended = false;
  async function* watched(): AsyncGenerator<ValueWindow> {
    try {
      yield* pagesOf(image);
    } finally {
      ended = true;
    }
  }
  const pieces = streamGeoTiff(layoutGeoTiff(image), watched());
  await pieces.next();
  await pieces.next();
  await pieces.return(undefined);
  expect(ended).toBe(true);
});

describe('a range', () => {
  const image = makeImage({ pixelType: '16BSI', width: 2200, height: 300, bands: 1, holes: true });
  const layout = layoutGeoTiff(image);

  it('has the bytes of the whole, however it is cut, and reads no more tiles than it touches', async () => {
    const whole = await joined(streamGeoTiff(layoutGeoTiff(image), pagesOf(image)));
    const { length, header, cellBytes } = layout;
    const cuts = [
      0,
      1,
      header.length - 1,
      header.length,
      header.length + 1,
      header.length + cellBytes,
      length - cellBytes - 3,
      length - 1,
      length,
    ];
    for (const start of cuts) {
      for (const end of cuts.filter((cut) => cut > start)) {
        const read: PixelWindow[] = [];
        const part = await joined(
          rangeOfGeoTiff(layout, { start, end }, async (window) => {
            read.push(window);
            return cut(image, window);
          }),
        );
        expect(Buffer.compare(part, whole.subarray(start, end))).toBe(0);
        expect(read.every(({ column, row, width, height }) => column + width <= 2200 && row + height <= 300)).toBe(true);
        if (end <= header.length) expect(read).toEqual([]);
        const tiles = read.reduce((sum, { width, height }) => sum + Math.ceil(width / 256) * Math.ceil(height / 256), 0);
        const touched =
          Math.ceil((end - header.length) / cellBytes) - Math.floor((Math.max(start, header.length) - header.length) / cellBytes);
        expect(tiles).toBe(Math.max(0, touched));
      }
    }
  });

  it('has no data where there is none to read', async () => {
    const part = await joined(rangeOfGeoTiff(layout, { start: layout.length - 10, end: layout.length }, async () => undefined));
    expect([...part]).toEqual([0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
  });
});

it('is a BigTIFF beyond four gibibytes, in pages as small as memory wants', () => {
  const facts = { ...makeImage({ pixelType: '64BF', width: 1, height: 1, bands: 3 }), width: 100_000, height: 40_000 };
  const layout = layoutGeoTiff(facts);
  expect(layout.length).toBeGreaterThan(100_000 * 40_000 * 24);
  expect([...layout.header.subarray(0, 8)]).toEqual([73, 73, 43, 0, 8, 0, 0, 0]);
  expect(pageSize(layout)).toEqual({ width: 3 * 256, height: 256 });
  const [tags = new Map()] = readDirectories(layout.header);
  const offsets = numbers(tags, 324);
  expect(offsets.length).toBe(391 * 157);
  expect(new Set(offsets).size).toBe(offsets.length);
  expect(Math.min(...offsets.slice(0, 1000))).toBe(layout.header.length);
  expect(offsets.at(-1)).toBe(layout.length - layout.cellBytes);
  expect(numbers(tags, 325).every((length) => length === 256 * 256 * 24)).toBe(true);
});

it('takes strips of ten thousand pixels', async () => {
  const image = makeImage({ pixelType: '32BUI', width: 10_000, height: 3, nodata: 7 });
  const [read] = readTiff(await joined(streamGeoTiff(layoutGeoTiff(image), pagesOf(image))));
  expect(firstDifference(read?.bands[0], image.planes[0] ?? [])).toBe(-1);
});
