import { describe, expect, it } from 'vitest';
import { groundDistance } from '../../../src/crs/ground-distance.ts';

// The numbers are PostGIS 3.3's st_length of the same lines as geography, cut into short pieces.
describe('distances on the ground', () => {
  it.each([
    [[10, 50], [10.1, 50.2], 23_368.412],
    [[5, 0], [5, 60], 6_654_072.82],
  ] as const)('from %s to %s are those of PostGIS', (from, to, metres) => {
    expect(groundDistance(from, to) / metres).toBeCloseTo(1, 5);
  });

  it('go the short way round across the antimeridian', () => {
    expect(groundDistance([170, 0], [-170, 0])).toBeCloseTo((20 / 360) * 2 * Math.PI * 6_378_137, 3);
  });
});
