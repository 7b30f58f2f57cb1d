import { describe, expect, test } from 'vitest';
import { allocatePlane, type Plane } from '../../../src/raster/image.ts';
import { mergeLayers, type Merging } from '../../../src/raster/pixel-selection.ts';

const none = Number.NaN;
const LAYERS = [
  [1, none, 5, none, -2],
  [3, 4, none, none, -4],
  [2, 8, 6, none, none],
];

function merged(merging: Merging, layers: readonly (readonly number[])[] = LAYERS): readonly number[] {
  const merge = mergeLayers(merging, allocatePlane);
  for (const layer of layers) merge.add([Float32Array.from(layer)]);
  return [...(merge.result()?.[0] ?? [])];
}

describe('layers that overlap', () => {
  test.each([
    ['highest', [3, 8, 6, none, -2]],
    ['lowest', [1, 4, 5, none, -4]],
    ['mean', [2, 6, 5.5, none, -3]],
    ['median', [2, 6, 5.5, none, -3]],
    ['count', [3, 2, 2, none, 2]],
  ] as const)('%s, where there is no data nothing', (merging, wanted) => {
    expect(merged(merging)).toEqual(wanted);
  });

  test('the order does not matter', () => {
    for (const merging of ['highest', 'lowest', 'mean', 'median', 'count'] as const) {
      expect(merged(merging, LAYERS.toReversed())).toEqual(merged(merging));
    }
  });

  test('sums of means have the room that they need', () => {
    const large = 2 ** 24;
    expect(merged('mean', [[large], [large + 2], [1], [1]])).toEqual([(2 * large + 4) / 4]);
  });

  test('no layers, no result', () => {
    expect(mergeLayers('median', allocatePlane).result()).toBeUndefined();
    expect(mergeLayers('mean', allocatePlane).result()).toBeUndefined();
  });

  test('a median of too many values is refused', () => {
    const merge = mergeLayers('median', allocatePlane);
    // One plane that counts as many: what is held is counted, not copied.
    const plane: Plane = new Float32Array(1_000_000);
    const planes = Array.from({ length: 70 }, () => plane);
    expect(() => merge.add(planes)).toThrow(expect.objectContaining({ code: 'CONTENT_TOO_LARGE' }));
  });
});
