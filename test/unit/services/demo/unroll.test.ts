import { describe, expect, test } from 'vitest';
import { readAtlas, unroll } from '../../../../src/services/demo/world.ts';

describe('unroll', () => {
  test('leaves a ring away from the antimeridian as it is', () => {
    const ring = [
      [10, 0],
      [20, 0],
      [20, 10],
      [10, 0],
    ];
    expect(unroll({ type: 'Polygon', coordinates: [ring] }).coordinates).toEqual([[ring]]);
  });

  test('a ring that jumps over the antimeridian runs on past 180', () => {
    const ring = [
      [170, 0],
      [-170, 0],
      [-170, 10],
      [170, 10],
      [170, 0],
    ];
    expect(unroll({ type: 'Polygon', coordinates: [ring] }).coordinates).toEqual([
      [
        [
          [170, 0],
          [190, 0],
          [190, 10],
          [170, 10],
          [170, 0],
        ],
      ],
    ]);
  });

  test('a ring round the south pole is closed along the pole', () => {
    const ring = [
      [0, -70],
      [120, -70],
      [-120, -70],
      [0, -70],
    ];
    expect(unroll({ type: 'Polygon', coordinates: [ring] }).coordinates).toEqual([
      [
        [
          [0, -70],
          [120, -70],
          [240, -70],
          [360, -70],
          [360, -90],
          [0, -90],
          [0, -70],
        ],
      ],
    ]);
  });

  test('a hole is brought to its outer ring', () => {
    const outer = [
      [170, 0],
      [-150, 0],
      [-150, 20],
      [170, 20],
      [170, 0],
    ];
    const hole = [
      [-170, 5],
      [-160, 5],
      [-160, 10],
      [-170, 5],
    ];
    const [polygon] = unroll({ type: 'Polygon', coordinates: [outer, hole] }).coordinates;
    expect(polygon?.[1]).toEqual([
      [190, 5],
      [200, 5],
      [200, 10],
      [190, 5],
    ]);
  });

  test('no ring of the atlas jumps after it', async () => {
    for (const { geometry } of await readAtlas('countries-10m.json')) {
      for (const ring of geometry.coordinates.flat()) {
        const jumps = ring.filter((position, i) => i > 0 && Math.abs((position[0] ?? 0) - (ring[i - 1]?.[0] ?? 0)) > 180);
        // Only the way along a pole goes once round.
        expect(jumps.every(([, y = 0]) => Math.abs(y) === 90)).toBe(true);
      }
    }
  });
});
