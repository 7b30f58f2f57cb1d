import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createRectangleIndex } from '../../../src/raster/rectangle-index.ts';
import { meet, type Rectangle } from '../../../src/raster/rectangle.ts';

const rectangle = (most: number): fc.Arbitrary<Rectangle> =>
  fc
    .tuple(
      fc.integer({ min: -60, max: 60 }),
      fc.integer({ min: -60, max: 60 }),
      fc.integer({ min: 1, max: most }),
      fc.integer({ min: 1, max: most }),
    )
    .map(([left, top, width, height]) => ({ left, top, right: left + width, bottom: top + height }));

test('an index meets what one of its rectangles meets, small and large ones alike', () => {
  const any = fc.oneof(rectangle(8), rectangle(100));
  fc.assert(
    fc.property(fc.array(any, { maxLength: 30 }), any, fc.integer({ min: 1, max: 10 }), (added, asked, cell) => {
      const index = createRectangleIndex(cell, cell + 1);
      for (const one of added) index.add(one);
      expect(index.meets(asked)).toBe(added.some((one) => meet(one, asked)));
    }),
  );
});
