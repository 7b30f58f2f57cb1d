import { describe, expect, test } from 'vitest';
import { decodeBlock } from '../../../../src/raster/wkb.ts';
import { encodeBlock } from '../../../../src/raster/wkb-encode.ts';
import type { RankedBlock } from '../../../../src/services/rasters/row-order.ts';
import { createBlockCache } from '../../../../src/services/rasters/block-cache.ts';

const SIDE = 64;
/** Samples and what a block takes besides. */
const BYTES = SIDE * SIDE + 1024;

/** A block of a degree a side whose upper left corner is at (x, 1). */
function block(x: number, value = 7, hole = value): RankedBlock {
  const grid = { originX: x, originY: 1, scaleX: 1 / SIDE, scaleY: -1 / SIDE, skewX: 0, skewY: 0 };
  const samples = new Uint8Array(SIDE * SIDE).fill(value);
  samples[3] = hole;
  const bytes = encodeBlock({ grid, srid: 4326, width: SIDE, height: SIDE, bands: [{ pixelType: '8BUI', nodata: 0, samples }] });
  return { block: decodeBlock(bytes), key: '1', place: undefined };
}

const signatures = (blocks: ReadonlyMap<string, RankedBlock>): readonly string[] => [...blocks.keys()];
const everywhere = [[-1000, -1000, 1000, 1000]] as const;

describe('kept blocks', () => {
  test('are those that touch, of their level', () => {
    const cache = createBlockCache(100 * BYTES);
    cache.keep('a 1', 's0', block(0));
    cache.keep('a 1', 's5', block(5));
    cache.keep('a 2', 's0', block(0));
    expect(signatures(cache.touching('a 1', [[0.5, 0, 2, 1]]))).toEqual(['s0']);
    expect(
      signatures(
        cache.touching('a 1', [
          [0.5, 0, 2, 1],
          [5.5, 0, 6, 1],
        ]),
      ),
    ).toEqual(['s0', 's5']);
    expect(signatures(cache.touching('b 1', everywhere))).toEqual([]);
    expect(cache.sizeBytes).toBe(3 * BYTES);
  });

  test('have samples of their own, and know that nothing is missing', () => {
    const cache = createBlockCache(100 * BYTES);
    const read = block(0);
    const kept = cache.keep('a', 's', read);
    read.block.bands[0]?.samples().fill(0);
    expect(kept.block.bands[0]?.samples()[0]).toBe(7);
    expect(kept.block.bands[0]?.full).toBe(true);
    expect(cache.keep('a', 'holes', block(1, 7, 0)).block.bands[0]?.full).toBe(false);
    expect(cache.keep('a', 's', block(0, 9))).toBe(kept);
  });

  test('go when room runs out, the one that was used longest ago first', () => {
    const cache = createBlockCache(10 * BYTES);
    for (let i = 0; i < 10; i += 1) cache.keep('a', `s${i}`, block(i));
    cache.touch('a', 's0');
    cache.keep('a', 's10', block(10));
    expect(signatures(cache.touching('a', everywhere))).not.toContain('s1');
    expect(signatures(cache.touching('a', everywhere))).toContain('s0');
    expect(cache.sizeBytes).toBe(10 * BYTES);
  });

  test('go when their table no longer holds them', () => {
    const cache = createBlockCache(100 * BYTES);
    cache.keep('a', 's', block(0));
    cache.keep('b', 's', block(0));
    cache.drop('a', 's');
    cache.drop('a', 'never');
    expect([cache.touching('a', everywhere).size, cache.touching('b', everywhere).size, cache.sizeBytes]).toEqual([0, 1, BYTES]);
  });

  test('stay with who has asked for them', () => {
    const cache = createBlockCache(8 * BYTES);
    cache.keep('a', 's', block(0));
    const mine = cache.touching('a', everywhere);
    for (let i = 1; i < 20; i += 1) cache.keep('a', `s${i}`, block(i));
    expect(signatures(cache.touching('a', everywhere))).not.toContain('s');
    expect(mine.get('s')?.block.width).toBe(SIDE);
  });

  test('are none where there is no room', () => {
    const cache = createBlockCache(0);
    expect(cache.keep('a', 's', block(0)).block.width).toBe(SIDE);
    expect([cache.sizeBytes, cache.touching('a', everywhere).size]).toEqual([0, 0]);
  });

  test('are not driven out by one that is large', () => {
    const cache = createBlockCache(7 * BYTES);
    cache.keep('a', 's', block(0));
    expect(cache.sizeBytes).toBe(0);
  });
});
