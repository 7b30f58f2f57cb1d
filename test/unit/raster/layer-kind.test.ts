import { describe, expect, it } from 'vitest';
import { colorize } from '../../../src/raster/colorize.ts';
import { spread } from '../../../src/raster/coloring/pixels.ts';
import { describeLayer, layerColorMap, type LayerDescription, type LayerFacts } from '../../../src/raster/layer-kind.ts';

describe('describeLayer', () => {
  const kindOf = (facts: Partial<LayerFacts>): string => describeLayer({ declared: [], ...facts }).kind;

  it('takes few integers for classes, 1 or 255 beside 0 or alone for a mask, all else for quantities', () => {
    expect(kindOf({})).toBe('continuous');
    expect(kindOf({ values: [] })).toBe('continuous');
    expect(kindOf({ values: [1, 2, 3] })).toBe('categorical');
    expect(kindOf({ values: [0] })).toBe('categorical');
    expect(kindOf({ values: [0, 1] })).toBe('mask');
    expect(kindOf({ values: [0, 255] })).toBe('mask');
    expect(kindOf({ values: [1] })).toBe('mask');
    expect(kindOf({ values: [0, 7] })).toBe('categorical');
  });

  it('believes what is declared', () => {
    expect(kindOf({ kind: 'continuous', values: [0, 1] })).toBe('continuous');
    expect(kindOf({ declared: [{ min: 3, max: 3 }] })).toBe('categorical');
    expect(
      kindOf({
        declared: [
          { min: 3, max: 3 },
          { min: 4, max: 9 },
        ],
      }),
    ).toBe('rank-ordered');
    expect(kindOf({ kind: 'rank-ordered', values: [1, 2, 3] })).toBe('rank-ordered');
  });

  it('draws ranks in order along a ramp, from dark to bright', () => {
    const { classes } = describeLayer({
      kind: 'rank-ordered',
      declared: [
        { min: 5, max: 9 },
        { min: 1, max: 5, label: 'low' },
        { min: 9, max: 12 },
      ],
    });
    expect(classes.map(({ min }) => min)).toEqual([1, 5, 9]);
    expect(classes[0]).toMatchObject({ label: 'low', color: [68, 1, 84, 255] });
    const light = classes.map(({ color: [red, green, blue] }) => 0.3 * red + 0.6 * green + 0.1 * blue);
    expect(light).toEqual(light.toSorted((a, b) => a - b));
  });

  it('keeps colours that are declared', () => {
    const { classes } = describeLayer({
      declared: [
        { min: 1, max: 1, color: [1, 2, 3, 255] },
        { min: 2, max: 2 },
      ],
    });
    expect(classes[0]?.color).toEqual([1, 2, 3, 255]);
    expect(classes[1]?.color).not.toEqual([1, 2, 3, 255]);
  });
});

describe('layerColorMap', () => {
  const draw = (layer: LayerDescription, values: readonly number[]): readonly (readonly number[])[] => {
    const pixels = colorize([Float32Array.from(values)], values.length, { ranges: [undefined], map: layerColorMap(layer) });
    const rgba = pixels === undefined ? new Uint8Array(values.length * 4) : spread(pixels);
    return values.map((_, i) => [...rgba.subarray(i * 4, i * 4 + 4)]);
  };

  it('draws classes, and strangers among them in colours of their own', () => {
    const layer = describeLayer({ declared: [], values: [1, 2, 3] });
    const [one, stranger, none] = draw(layer, [1, 77, Number.NaN]);
    expect(one).toEqual([...(layer.classes[0]?.color ?? [])]);
    expect(stranger?.[3]).toBe(255);
    expect(none?.[3]).toBe(0);
  });

  it('leaves out the outside of a mask', () => {
    expect(draw(describeLayer({ declared: [], values: [0, 1] }), [0, 1, 9]).map((color) => color[3])).toEqual([0, 255, 0]);
  });

  it('mixes single values and intervals, fractions too', () => {
    const declared = [
      { min: 0, max: 1, color: [1, 1, 1, 255] },
      { min: 0.1, max: 0.1, color: [2, 2, 2, 255] },
      { min: 0, max: 0, color: [3, 3, 3, 255] },
    ] as const;
    expect(draw(describeLayer({ kind: 'categorical', declared }), [0, 0.05, 0.1, 0.11, 1]).map(([red]) => red)).toEqual([3, 1, 2, 1, 0]);
    const single = describeLayer({ declared: [{ min: 0.1, max: 0.1, color: [2, 2, 2, 255] }] });
    expect(draw(single, [0.1])[0]).toEqual([2, 2, 2, 255]);
  });
});
