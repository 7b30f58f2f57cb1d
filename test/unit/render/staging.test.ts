import { setTimeout } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { createSparePlanes } from '../../../src/raster/spare-planes.ts';
import { createLetGo } from '../../../src/render/let-go.ts';
import { packJob } from '../../../src/render/pack-job.ts';
import { createStaging } from '../../../src/render/staging.ts';
import type { Samples } from '../../../src/raster/wkb.ts';

const SIDE = 512;
const grid = { originX: 0, originY: 0, scaleX: 1, scaleY: -1, skewX: 0, skewY: 0 };

/** How the samples of one block go to a thread, through at most `limitBytes`. */
function staged(samples: Samples, usedUp: boolean, limitBytes = 1e6): { samples: Samples | undefined; handedOver: readonly ArrayBuffer[] } {
  const band = { pixelType: '8BUI' as const, nodata: undefined, blank: false, outside: undefined, samples: () => samples };
  const source = {
    window: { column: 0, row: 0, width: SIDE, height: SIDE },
    warp: { kind: 'separable' as const, width: SIDE, height: SIDE, x: new Float64Array(SIDE), y: new Float64Array(SIDE) },
    bounds: [0, -SIDE, SIDE, 0] as const,
    blocks: [{ grid, srid: 4326, width: SIDE, height: SIDE, bands: [band] }],
    geographic: false,
    margin: 0,
  };
  const request = { width: SIDE, height: SIDE, bands: [0], kernel: 'nearest' as const, selection: 'first' as const };
  const packed = packJob({ grid, width: SIDE, height: SIDE, inputs: [{ sources: [source], request, usedUp }], cover: false });
  const { order, handedOver } = createStaging(limitBytes).stage({ wanted: 'planes', job: packed });
  const job = 'job' in order ? order.job : packed;
  return { samples: job.inputs[0]?.sources[0]?.blocks[0]?.bands[0]?.samples, handedOver };
}

test('blocks that are used up go over as they are, others through shared memory, or as copies where it ends', () => {
  const row = Uint8Array.from({ length: SIDE * SIDE + 8 }, (_, i) => i % 251);
  const view = row.subarray(8);
  const given = staged(view, true);
  expect([given.samples === view, given.handedOver]).toEqual([true, [row.buffer]]);
  const shared = staged(view, false);
  expect([shared.samples?.buffer instanceof SharedArrayBuffer, shared.handedOver]).toEqual([true, []]);
  expect(shared.samples?.every((value, i) => value === view[i])).toBe(true);
  const copied = staged(view, false, 1000);
  expect(copied.samples?.buffer.byteLength).toBe(view.byteLength);
  expect([copied.samples === view, copied.samples?.[5]]).toEqual([false, view[5]]);
  // Small memory may be a part of what others look at.
  expect(staged(new Uint8Array(100), true).handedOver).toEqual([]);
});

test('planes that were given back are used again, the newest up to a limit', () => {
  const spare = createSparePlanes(8000);
  const [first, second, third] = [spare.allocate(1000, false), spare.allocate(1000, false), spare.allocate(1000, false)];
  spare.give([first]);
  spare.give([second, third]);
  const again = [spare.allocate(1000, false).buffer, spare.allocate(1000, false).buffer, spare.allocate(1000, false).buffer];
  expect(again.map((buffer) => buffer === second.buffer || buffer === third.buffer)).toEqual([true, true, false]);
  expect(again).not.toContain(first.buffer);
  spare.give([new Float32Array(4000).subarray(0, 500)]);
  expect(spare.allocate(500, false).buffer.byteLength).toBe(2000);
});

test('memory that is let go is empty at once', async () => {
  const letGo = createLetGo();
  await setTimeout(1);
  const { buffer } = new Uint8Array(1_000_000);
  letGo([buffer]);
  expect(buffer.byteLength).toBe(0);
});
