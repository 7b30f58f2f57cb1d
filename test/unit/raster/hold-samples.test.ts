import { setImmediate } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, test } from 'vitest';
import { cropBlock } from '../../../src/raster/crop-block.ts';
import { ownBlock } from '../../../src/raster/own-block.ts';
import { thinBlock } from '../../../src/raster/thin.ts';
import type { Block, BlockBand } from '../../../src/raster/wkb.ts';

setFlagsFromString('--expose-gc');
const collect: unknown = runInNewContext('gc');

const grid = { originX: 0, originY: 100, scaleX: 1, scaleY: -1, skewX: 0, skewY: 0 };

/** A block of 100 × 100 over bytes of its own, in two bands, of which the second is blank. */
function block(bytes: Uint8Array): Block {
  const band: BlockBand = {
    pixelType: '8BUI',
    nodata: undefined,
    blank: false,
    outside: undefined,
    samples: () => bytes.subarray(0, 10_000),
  };
  return { grid, srid: 4326, width: 100, height: 100, bands: [band, { ...band, blank: true }] };
}

test.each([
  ['thinned', (whole: Block) => thinBlock(whole, 10, grid)],
  ['cropped', (whole: Block) => cropBlock(whole, [10, 10, 20, 20], 1)],
  ['kept', (whole: Block) => ownBlock(whole).block],
])('a %s block lets go of the bytes that it was made from', async (_, make) => {
  if (typeof collect !== 'function') throw new Error('no collector');
  const made: Block[] = [];
  const bytes = ((): WeakRef<Uint8Array> => {
    const whole = new Uint8Array(20_000).fill(7);
    made.push(make(block(whole)) ?? expect.fail('nothing made'));
    return new WeakRef(whole);
  })();
  for (let round = 0; round < 10 && bytes.deref() !== undefined; round += 1) {
    await setImmediate();
    collect();
  }
  expect(bytes.deref()).toBeUndefined();
  const [first, second] = made[0]?.bands ?? [];
  expect(first?.samples()[5]).toBe(7);
  expect([second?.blank, second?.samples().length]).toEqual([true, 0]);
});
