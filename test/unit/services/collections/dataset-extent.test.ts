import { describe, expect, it } from 'vitest';
import { AppError } from '../../../../src/base/error.ts';
import type { Collection, Extent } from '../../../../src/catalog/collection.ts';
import { createDatasetExtent, reachOf } from '../../../../src/services/collections/dataset-extent.ts';

type Made = Pick<Collection, 'id'> & { readonly extent: Extent | undefined; readonly hasTime?: boolean; readonly hasPlace?: boolean };

function collectionOf({ id, hasTime = false, hasPlace = true }: Made): Collection {
  const geometry = {
    name: 'geom',
    type: 'geometry',
    geometryType: 'POINT',
    srid: 4326,
    hasZ: false,
    hasM: false,
    indexed: true,
    nullable: true,
  } as const;
  return {
    kind: 'vector',
    id,
    title: id,
    description: undefined,
    keywords: [],
    attribution: undefined,
    relation: { oid: 1, schema: 'public', name: id, kind: 'table' },
    predicate: undefined,
    estimatedRows: 1,
    version: '1',
    geometry: hasPlace ? geometry : undefined,
    key: [],
    properties: [],
    temporal: hasTime ? { start: 't', end: 't', type: 'timestamptz' } : undefined,
  };
}

const exact = (bbox: Extent['bbox'], interval?: Extent['interval']): Extent => ({ bbox, interval, exact: true });
const estimate = (bbox: Extent['bbox']): Extent => ({ bbox, interval: undefined, exact: false });
const WORLD = [-180, -90, 180, 90];

function reach(made: readonly Made[]) {
  const extents = new Map(made.map(({ id, extent }) => [id, extent]));
  return reachOf(made.map(collectionOf), ({ id }) => extents.get(id));
}

describe('the reach of a dataset', () => {
  it('is around all boxes, exact or estimated', () => {
    expect(
      reach([
        { id: 'a', extent: exact([1, 2, 3, 4]) },
        { id: 'b', extent: estimate([2, 3, 9, 9]) },
      ]),
    ).toEqual({ bbox: [1, 2, 9, 9], interval: undefined });
  });

  it('is the world while one may lie anywhere, though not for what is empty or has no place', () => {
    expect(
      reach([
        { id: 'a', extent: exact([1, 2, 3, 4]) },
        { id: 'b', extent: undefined },
      ]).bbox,
    ).toEqual(WORLD);
    expect(
      reach([
        { id: 'a', extent: exact([1, 2, 3, 4]) },
        { id: 'b', extent: estimate(undefined) },
      ]).bbox,
    ).toEqual(WORLD);
    expect(
      reach([
        { id: 'a', extent: exact([1, 2, 3, 4]) },
        { id: 'b', extent: exact(undefined) },
      ]).bbox,
    ).toEqual([1, 2, 3, 4]);
    expect(
      reach([
        { id: 'a', extent: exact([1, 2, 3, 4]) },
        { id: 'b', extent: undefined, hasPlace: false },
      ]).bbox,
    ).toEqual([1, 2, 3, 4]);
    expect(reach([]).bbox).toEqual(WORLD);
  });

  it('is open in time while one may be of any, and at ends that are open', () => {
    const a: Made = { id: 'a', extent: exact([0, 0, 1, 1], ['2020-01-01T00:00:00Z', '2021-01-01T00:00:00Z']), hasTime: true };
    const b: Made = { id: 'b', extent: exact([0, 0, 1, 1], ['2019-06-01T00:00:00.5Z', '2020-06-01T00:00:00Z']), hasTime: true };
    expect(reach([a, b]).interval).toEqual(['2019-06-01T00:00:00.5Z', '2021-01-01T00:00:00Z']);
    expect(reach([a, { ...b, extent: exact([0, 0, 1, 1], ['2022-01-01T00:00:00Z', null]) }]).interval).toEqual([
      '2020-01-01T00:00:00Z',
      null,
    ]);
    expect(reach([a, { ...b, extent: estimate([0, 0, 1, 1]) }]).interval).toEqual([null, null]);
    expect(reach([a, { ...b, extent: exact([0, 0, 1, 1]) }]).interval).toEqual(a.extent?.interval);
  });
});

describe('the survey of a dataset', () => {
  it('looks at ten thousand collections one after the other, once, and answers meanwhile', async () => {
    const made = Array.from({ length: 10_000 }, (_, n): Made => ({ id: `c${n}`, extent: undefined }));
    const collections = new Map(made.map((one) => [one.id, collectionOf(one)]));
    const learnt = new Set<string>();
    let [atOnce, most, now] = [0, 0, 0];
    const dataset = createDatasetExtent({
      now: () => now,
      catalog: () => ({
        collections,
        version: '1',
        loadedAt: new Date(0),
        aliases: new Map(),
        findings: [],
        legends: new Map(),
        references: new Map(),
        serverVersion: { postgresql: '15', postgis: '3.3', raster: true },
      }),
      facts: {
        extent: () => Promise.reject(new Error('not asked for')),
        known: ({ id }) => (learnt.has(id) ? estimate([0, 0, 1, 1]) : undefined),
        async learn({ id }) {
          atOnce += 1;
          most = Math.max(most, atOnce);
          await new Promise((resolve) => setImmediate(resolve));
          atOnce -= 1;
          learnt.add(id);
        },
      },
    });
    const first = await dataset.read();
    if (learnt.size < made.length) expect(first.bbox).toEqual(WORLD);
    while (learnt.size < made.length) await dataset.read();
    expect((await dataset.read()).bbox).toEqual([0, 0, 1, 1]);
    expect(most).toBe(1);
    learnt.clear();
    expect((await dataset.read()).bbox).toEqual(WORLD);
    now = 700_000;
    while (learnt.size < made.length) await dataset.read();
    expect((await dataset.read()).bbox).toEqual([0, 0, 1, 1]);
  });
});

describe('before the catalogue has been read', () => {
  const facts = {
    known: () => undefined,
    learn: () => Promise.reject(new Error('asked')),
    extent: () => Promise.reject(new Error('asked')),
  };
  const failing = (error: Error) =>
    createDatasetExtent({
      catalog: () => {
        throw error;
      },
      facts,
      now: () => 0,
    });

  it('a dataset may lie anywhere at any time', async () => {
    const unread = new AppError('DATABASE_UNAVAILABLE', { detail: 'The catalogue is still being read' });
    expect(await failing(unread).read()).toEqual({ bbox: WORLD, interval: [null, null] });
  });

  it('other faults are told', async () => {
    await expect(failing(new Error('broken')).read()).rejects.toThrow('broken');
  });
});
