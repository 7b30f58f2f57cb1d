import { describe, expect, it } from 'vitest';
import { groundArea } from '../../../src/crs/equal-area.ts';

describe('areas on the ground', () => {
  // The number is PostGIS 3.3's st_area of the same corners as geography, whose edges are geodesics: small cells agree.
  it('are those of PostGIS for small cells', () => {
    expect(groundArea(Float64Array.of(10, 50, 10.01, 50, 10.01, 50.01, 10, 50.01)) / 797_383.1357).toBeCloseTo(1, 6);
  });

  it('add up to the surface of the ellipsoid', () => {
    let sum = 0;
    for (let south = -90; south < 90; south += 10)
      for (let west = -180; west < 180; west += 90)
        sum += groundArea(Float64Array.of(west, south, west + 90, south, west + 90, south + 10, west, south + 10));
    // 4πR² of the authalic radius of WGS 84, 6371007.1809 m.
    expect(sum / (4 * Math.PI * 6_371_007.1809 ** 2)).toBeCloseTo(1, 8);
  });

  it('do not jump at the antimeridian', () => {
    const across = groundArea(Float64Array.of(179.5, 10, -179.5, 10, -179.5, 11, 179.5, 11));
    const beside = groundArea(Float64Array.of(9.5, 10, 10.5, 10, 10.5, 11, 9.5, 11));
    expect(across / beside).toBeCloseTo(1, 12);
  });
});
