import { expect } from 'vitest';
import { type BadInput, queries } from './row.ts';
import type { WireAnswer } from './wire.ts';

const TILES = '/collections/roads/tiles';
const QUAD = `${TILES}/WebMercatorQuad`;
const PICTURES = '/collections/heights/map/tiles/WebMercatorQuad';
/** Zoom 7 over 46 to 50° north: column 66 holds roads, 69 lies in the gap between both groups, 0 outside the limits. */
const FULL = `${QUAD}/7/44/66`;

/** Tiles of one collection, of several, and pictures of a raster. */
export const TILE_ROWS: readonly BadInput[] = [
  { id: 'G1', fact: 'a tile matrix set that is not there', target: `${TILES}/NopeQuad/0/0/0`, status: 404, slug: 'not-found' },
  outside('G2', `${QUAD}/99/0/0`, 'a matrix that the set does not have'),
  outside('G3', `${QUAD}/-1/0/0`, 'a negative matrix'),
  outside('G4', `${QUAD}/1/2/0`, 'a row past the matrix'),
  outside('G4', `${QUAD}/1/0/2`, 'a column past the matrix'),
  outside('G5', `${QUAD}/1/-1/0`, 'a negative row'),
  outside('G6', `${QUAD}/1/99999999999999999999/0`, 'a row beyond 64 bits'),
  ...['1.5', '1e0', 'abc'].map((row) => ({
    id: 'G7',
    fact: `a row that is no integer: ${row}`,
    target: `${QUAD}/1/${row}/0`,
    status: 400,
    slug: 'invalid-parameter',
  })),
  {
    ...outside('G8', `${QUAD}/7/44/0`, 'a tile outside the limits, which may be kept for an hour'),
    check: (answer) => expect(answer.headers['cache-control']).toContain('max-age=3600'),
  },
  {
    id: 'G9',
    fact: 'a vector tile inside the limits without features is empty and can be cached',
    target: `${QUAD}/7/44/69`,
    status: 200,
    check: (answer) => {
      expect(answer.body.length).toBe(0);
      expect(answer.headers['content-type']).toBe('application/vnd.mapbox-vector-tile');
      isCacheable(answer);
    },
  },
  {
    id: 'G9',
    fact: 'a picture inside the limits without pixels is a blank picture and can be cached',
    target: `${PICTURES}/7/43/68?f=png`,
    status: 200,
    check: (answer) => {
      expect(answer.headers['content-type']).toBe('image/png');
      expect(answer.body.length).toBeGreaterThan(50);
      isCacheable(answer);
    },
  },
  ...queries(FULL, [
    ['G10', 'f=gif', 'invalid-parameter', 'a format that tiles do not have'],
    ['G12', 'resolution=2147483647', 'unknown-parameter', 'a resolution'],
    ['G12', 'buffer=1000000', 'unknown-parameter', 'a buffer'],
    ['G12', 'limit=1000000000', 'unknown-parameter', 'a limit'],
    ['G15', 'subset=Foo(1)', 'unknown-parameter', 'subset, which tiles do not have yet'],
    ['G17', 'datetime=bad', 'unknown-parameter', 'datetime, which tiles do not have yet'],
    ['G20', '_=123', 'unknown-parameter', 'a parameter that only defeats caches'],
  ]),
  {
    id: 'G11',
    fact: 'Accept with no encoding of tiles',
    target: FULL,
    headers: { Accept: 'text/csv' },
    status: 406,
    slug: 'not-acceptable',
  },
  ...queries('/tiles/WebMercatorQuad/0/0/0', [
    ['G13', 'collections=nope', 'invalid-parameter', 'a selection that names no collection'],
    ['G14', `collections=${Array.from({ length: 500 }, (_, i) => `c${i}`).join(',')}`, 'invalid-parameter', 'a selection of 500'],
    ['G14', 'collections=roads,roads,roads', 'invalid-parameter', 'a selection of one collection three times'],
  ]),
];

function outside(id: string, target: string, fact: string): BadInput {
  return { id, fact, target, status: 404, slug: 'out-of-range' };
}

function isCacheable(answer: WireAnswer): void {
  expect(answer.headers.etag).toMatch(/^"[^"]+"$/);
  expect(answer.headers['cache-control']).toContain('max-age');
}
