import { describe, expect, it } from 'vitest';
import { namedColorMap } from '../../../../src/color/named-color-map.ts';
import { DEFAULT_STYLE, findStyle, offeredStyles } from '../../../../src/services/maps/picture-styles.ts';
import { rasterWith } from './drawables.ts';

const one = rasterWith();
const [band] = one.bands;
const several = rasterWith({
  bands: (['red', 'green', 'blue'] as const).flatMap((color) => (band === undefined ? [] : { ...band, color })),
});

describe('picture styles', () => {
  it('that are offered are found, and only such as suit the bands', () => {
    for (const collection of [one, several]) {
      for (const style of offeredStyles(collection)) expect(findStyle(collection, style.name)).toEqual(style);
    }
    expect(offeredStyles(one).length).toBeGreaterThan(10);
    expect(offeredStyles(several).every(({ look }) => look.colorMap === undefined)).toBe(true);
  });

  it('are every colour map by name', () => {
    expect(findStyle(one, 'magma_r')?.look.colorMap).toBe(namedColorMap('magma_r'));
    expect(findStyle(several, 'magma')).toBeUndefined();
    expect(findStyle(several, 'magma', { bands: [1] })?.look.colorMap).toBe(namedColorMap('magma'));
    expect(findStyle(one, 'magma', { bands: [0, 0, 0] })).toBeUndefined();
  });

  it('are stretches by their percentiles', () => {
    expect(findStyle(one, 'p0.5-p99.5')?.look.rescale).toEqual([{ kind: 'percentiles', low: 0.5, high: 99.5 }]);
    for (const name of ['p98-p2', 'p2-p101', 'p2', 'p2-98', 'p2-p2']) expect(findStyle(one, name), name).toBeUndefined();
  });

  it('fall back to the look of the collection', () => {
    expect([findStyle(one, ''), findStyle(several, 'default')]).toEqual([DEFAULT_STYLE, DEFAULT_STYLE]);
    expect(findStyle(one, 'constructor')).toBeUndefined();
  });
});
