import { describe, expect, it } from 'vitest';
import { layerBoxes } from '../../../../src/services/maps/layer-boxes.ts';
import { drawableWith } from './drawables.ts';

const extentOf = (west: number, south: number, east: number, north: number) => ({
  extent: { bbox: [west, south, east, north] as const, interval: undefined, exact: true },
});

describe('layerBoxes', () => {
  it('gives degrees, Web Mercator and the own CRS with its order of axes', () => {
    const { geographic, named } = layerBoxes(drawableWith({ srid: 3035, nativeBbox: [4_000_000, 2_900_000, 4_100_000, 3_000_000] }));
    expect(geographic).toEqual([9, 49, 11, 51]);
    expect(named.map(({ crs, northingFirst }) => [crs, northingFirst])).toEqual([
      ['EPSG:4326', true],
      ['EPSG:3857', false],
      ['EPSG:3035', true],
    ]);
    expect(named[1]?.bbox.map(Math.round)).toEqual([1_001_875, 6_274_861, 1_224_514, 6_621_294]);
  });

  it('covers all longitudes over the antimeridian and beyond it', () => {
    expect(layerBoxes(drawableWith({}, extentOf(170, -20, -170, 20))).geographic).toEqual([-180, -20, 180, 20]);
    expect(layerBoxes(drawableWith({}, extentOf(0, -20, 360, 20))).geographic).toEqual([-180, -20, 180, 20]);
  });

  it('ends Web Mercator before the poles, and has no box without area', () => {
    const world = layerBoxes(drawableWith({}, extentOf(-180, -90, 180, 90))).named[1]?.bbox ?? [0, 0, 0, 0];
    expect(world.every(Number.isFinite)).toBe(true);
    expect(world[3]).toBeGreaterThan(20_037_508);
    const [west, south, east, north] = layerBoxes(drawableWith({}, extentOf(9, 49, 9, 49))).geographic;
    expect(east > west && north > south).toBe(true);
  });

  it('offers no CRS of its own for numbers that EPSG does not know', () => {
    expect(layerBoxes(drawableWith({ srid: 102_100 })).named.map(({ crs }) => crs)).toEqual(['EPSG:4326', 'EPSG:3857']);
    expect(layerBoxes(drawableWith({ srid: 3857, nativeBbox: [0, 0, 1, 1] })).named).toHaveLength(2);
  });
});
