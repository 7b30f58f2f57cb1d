import type { RasterCollection } from '../../../../src/catalog/collection.ts';
import type { Drawable } from '../../../../src/services/maps/drawable.ts';
import type { TimeAxis } from '../../../../src/services/maps/time-axis.ts';

/** A collection of one float band over two degrees, with some of its facts changed. */
export function rasterWith(facts: Partial<RasterCollection> = {}): RasterCollection {
  const relation = { oid: 1, schema: 'public', name: 'heights', kind: 'table' } as const;
  return {
    kind: 'raster',
    id: 'heights',
    title: 'Heights',
    description: undefined,
    keywords: [],
    attribution: undefined,
    relation,
    predicate: undefined,
    estimatedRows: 1,
    version: '1',
    column: 'rast',
    srid: 4326,
    bands: [
      {
        name: 'b1',
        title: undefined,
        unit: undefined,
        pixelType: '32BF',
        nodata: undefined,
        scale: 1,
        offset: 0,
        classes: [],
        color: 'gray',
      },
    ],
    levels: [{ relation, column: 'rast', factor: 1, pixelWidth: 0.1, pixelHeight: 0.1, indexed: true }],
    nativeBbox: [9, 49, 11, 51],
    blockWidth: undefined,
    blockHeight: undefined,
    regularBlocking: false,
    ...facts,
  };
}

/** The same as a layer. */
export function drawableWith(facts: Partial<RasterCollection> = {}, rest: Partial<Pick<Drawable, 'extent' | 'times'>> = {}): Drawable {
  return {
    collection: rasterWith(facts),
    extent: { bbox: [9, 49, 11, 51], interval: undefined, exact: true },
    times: undefined,
    ...rest,
  };
}

/** Three instants. */
export const AXIS: TimeAxis = {
  first: '2020-05-01T00:00:00Z',
  last: '2022-05-01T00:00:00Z',
  instants: ['2020-05-01T00:00:00Z', '2021-05-01T12:30:00Z', '2022-05-01T00:00:00Z'],
  unit: 'second',
};
