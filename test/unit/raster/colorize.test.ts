import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ColorMap } from '../../../src/color/color-map.ts';
import { parseColorFormula } from '../../../src/color/color-formula.ts';
import { namedColorMap } from '../../../src/color/named-color-map.ts';
import { colorize, type Coloring } from '../../../src/raster/colorize.ts';
import { checkConditionFormula } from '../../../src/raster/coloring/index-conditions.ts';
import { spread } from '../../../src/raster/coloring/pixels.ts';

type Color = readonly number[];

const NOTHING: Color = [0, 0, 0, 0];

/** The colours of values, one pixel each; transparent where there is no picture at all. */
function colorsOf(values: readonly number[], coloring: Coloring): readonly Color[] {
  const pixels = colorize([Float64Array.from(values)], values.length, coloring);
  if (pixels === undefined) return values.map(() => NOTHING);
  const rgba = spread(pixels);
  return values.map((_, i) => {
    const color = [...rgba.subarray(i * 4, i * 4 + 4)];
    return color[3] === 0 ? NOTHING : color;
  });
}

const byMap = (map: ColorMap): Coloring => ({ ranges: [undefined], map });
const byte = fc.integer({ min: 0, max: 255 });
const color = fc.tuple(byte, byte, byte, fc.constantFrom(255, 255, 128, 0));
const value = fc.oneof(
  fc.integer({ min: -20, max: 20 }),
  fc.double({ min: -30, max: 30, noNaN: true }),
  fc.constantFrom(Number.NaN, Number.POSITIVE_INFINITY, 70_000),
);
const values = fc.array(value, { minLength: 1, maxLength: 60 });
const opaqueOrNothing = (picked: Color | undefined): Color => (picked === undefined || picked[3] === 0 ? NOTHING : picked);

describe('maps of values agree with what is written in them', () => {
  it('classes: the last entry of a value counts, all else is transparent', () => {
    const entries = fc.array(fc.tuple(fc.oneof(fc.integer({ min: -20, max: 20 }), fc.constantFrom(0.5, 70_000)), color), {
      minLength: 1,
      maxLength: 30,
    });
    fc.assert(
      fc.property(entries, values, (list, pixels) => {
        const wanted = pixels.map((pixel) => opaqueOrNothing(list.findLast(([at]) => at === pixel)?.[1]));
        expect(colorsOf(pixels, byMap({ kind: 'classes', entries: list }))).toEqual(wanted);
      }),
    );
  });

  it('intervals: the last that holds a value counts, its end not included', () => {
    const bound = fc.integer({ min: -20, max: 20 });
    const entries = fc.array(
      fc.tuple(bound, bound, color).filter(([min, max]) => min < max),
      { minLength: 1, maxLength: 12 },
    );
    fc.assert(
      fc.property(entries, values, (list, pixels) => {
        const wanted = pixels.map((pixel) => opaqueOrNothing(list.findLast(([min, max]) => pixel >= min && pixel < max)?.[2]));
        expect(colorsOf(pixels, byMap({ kind: 'intervals', entries: list }))).toEqual(wanted);
      }),
    );
  });

  it('gradients: mixed linearly, no part off by more than one', () => {
    const opaque = fc.tuple(byte, byte, byte, fc.constant(255));
    const stops = fc.uniqueArray(fc.tuple(fc.integer({ min: -20, max: 20 }), opaque), {
      minLength: 2,
      maxLength: 5,
      selector: ([at]) => at,
    });
    fc.assert(
      fc.property(stops, values, fc.boolean(), (list, pixels, isOpen) => {
        const sorted = list.toSorted(([a], [b]) => a - b);
        const got = colorsOf(
          pixels,
          byMap(isOpen ? { kind: 'linear', stops: sorted } : { kind: 'linear', stops: sorted, beyond: 'transparent' }),
        );
        pixels.forEach((pixel, i) => expectNear(got[i] ?? [], mixed(sorted, pixel, isOpen)));
      }),
    );
  });

  it('keeps hard steps of a gradient', () => {
    const map: ColorMap = {
      kind: 'linear',
      stops: [
        [0, [0, 0, 0, 255]],
        [5, [100, 0, 0, 255]],
        [5, [0, 0, 200, 255]],
        [9, [0, 0, 200, 255]],
      ],
    };
    expect(colorsOf([-1, 0, 2.5, 4.999, 5, 7, 9, 10], byMap(map)).map(([red, , blue]) => [red, blue])).toEqual([
      [0, 0],
      [0, 0],
      [50, 0],
      [100, 0],
      [0, 200],
      [0, 200],
      [0, 200],
      [0, 200],
    ]);
  });

  it('formulas: the last that is true counts', () => {
    const entries = [
      ['(-3.0 < x) & (x <= 1)', [1, 1, 1, 255]],
      ['x > 0.5', [2, 2, 2, 255]],
      ['x == 7', [3, 3, 3, 255]],
    ] as const;
    expect(colorsOf([-3, -2.9, 0.5, 0.6, 7, 8, Number.NaN], byMap({ kind: 'conditions', entries })).map(([red]) => red)).toEqual([
      0, 1, 1, 2, 3, 2, 0,
    ]);
  });

  it('refuses formulas of anything but x', () => {
    expect(() => checkConditionFormula('x <')).toThrow(/Cannot parse/);
    expect(() => checkConditionFormula('y > 1')).toThrow(/y/);
    checkConditionFormula('(-3.0 < x) & (x <= 1)');
  });
});

function expectNear(got: Color, wanted: Color): void {
  expect(got.length).toBe(wanted.length);
  wanted.forEach((part, c) => expect(Math.abs(part - (got[c] ?? -9)), `${String(got)} for ${String(wanted)}`).toBeLessThanOrEqual(1.01));
}

function mixed(stops: readonly (readonly [number, Color])[], at: number, isOpen: boolean): Color {
  const [first, last] = [stops[0], stops.at(-1)];
  if (first === undefined || last === undefined || Number.isNaN(at)) return NOTHING;
  if (at < first[0]) return isOpen ? first[1] : NOTHING;
  if (at > last[0]) return isOpen ? last[1] : NOTHING;
  const above = stops.findIndex(([stop]) => stop >= at);
  const [high, upper] = stops[above] ?? last;
  const [low, lower] = stops[above - 1] ?? [high, upper];
  const share = high === low ? 1 : (at - low) / (high - low);
  return lower.map((part, c) => part + ((upper[c] ?? 0) - part) * share);
}

describe('ramps', () => {
  const viridis = namedColorMap('viridis');

  it('give the same colour to a value whether its tile has holes or not', () => {
    const coloring: Coloring = { ranges: [{ min: 10, max: 90 }], map: viridis };
    const alone = colorsOf([10, 33, 50, 90, 200], coloring);
    expect(colorsOf([Number.NaN, 10, 33, 50, 90, 200], coloring)).toEqual([NOTHING, ...alone]);
    expect(alone[0]).toEqual([...(viridis?.colors.subarray(0, 4) ?? [])]);
    expect(alone[4]).toEqual([...(viridis?.colors.subarray(-4) ?? [])]);
  });

  it('keep all 256 colours of bytes, with holes too, even where every one of them is used', () => {
    const coloring: Coloring = { ranges: [{ min: 0, max: 255 }], map: viridis };
    const all = Array.from({ length: 256 }, (_, i) => i);
    const wanted = all.map((i) => [...(viridis?.colors.subarray(i * 4, i * 4 + 4) ?? [])]);
    expect(colorsOf(all, coloring)).toEqual(wanted);
    expect(colorsOf([...all, Number.NaN], coloring)).toEqual([...wanted, NOTHING]);
    expect(colorsOf([...all.slice(1), Number.NaN], coloring)).toEqual([...wanted.slice(1), NOTHING]);
  });

  it('turn round where the range does, and end in the middle where it has no extent', () => {
    expect(colorsOf([0, 10], { ranges: [{ min: 10, max: 0 }] })).toEqual([
      [255, 255, 255, 255],
      [0, 0, 0, 255],
    ]);
    expect(colorsOf([3, 10], { ranges: [{ min: 5, max: 5 }] }).map(([red]) => red)).toEqual([128, 128]);
  });

  it('are bent by what a formula says of red', () => {
    const [bent] = colorsOf([0.25], { ranges: [{ min: 0, max: 1 }], formula: parseColorFormula('gamma r 2 gamma b 9') });
    expect(bent).toEqual([127, 127, 127, 255]);
  });

  it('give nothing where there is nothing', () => {
    expect(colorize([Float32Array.of(Number.NaN)], 1, { ranges: [{ min: 0, max: 1 }] })).toBeUndefined();
    expect(colorize([], 1, { ranges: [] })).toBeUndefined();
  });
});

describe('three planes', () => {
  const range = { min: 0, max: 255 };
  const ranges = [range, range, range];
  const draw = (planes: readonly (readonly number[])[], more: Partial<Coloring> = {}): readonly number[] => {
    const pixels = colorize(
      planes.map((plane) => Float32Array.from(plane)),
      planes[0]?.length ?? 0,
      { ranges, ...more },
    );
    return pixels === undefined ? [] : [...spread(pixels)];
  };

  it('are transparent where none has a value', () => {
    expect(
      draw([
        [Number.NaN, Number.NaN],
        [Number.NaN, 7],
        [Number.NaN, 9],
      ]),
    ).toEqual([0, 0, 0, 0, 0, 7, 9, 255]);
    expect(draw([[Number.NaN], [Number.NaN], [Number.NaN]])).toEqual([]);
  });

  it('can hide black, and can be opaque all over', () => {
    expect(
      draw(
        [
          [0, 0],
          [0, 1],
          [0, 0],
        ],
        { transparentZero: true },
      ),
    ).toEqual([0, 0, 0, 0, 0, 1, 0, 255]);
    expect(
      draw(
        [
          [Number.NaN, 4],
          [Number.NaN, 4],
          [Number.NaN, 4],
        ],
        { opaque: true },
      ),
    ).toEqual([0, 0, 0, 255, 4, 4, 4, 255]);
  });

  it('take their cover from a plane, as one plane does', () => {
    expect(
      draw(
        [
          [1, 2],
          [1, 2],
          [1, 2],
        ],
        { cover: Float32Array.of(255, 100) },
      ),
    ).toEqual([1, 1, 1, 255, 2, 2, 2, 100]);
    expect(draw([[1, 2]], { cover: Float32Array.of(0, 128) })).toEqual([1, 1, 1, 0, 2, 2, 2, 128]);
  });

  it('lose their rim after sharpening, so that neighbours were known', () => {
    const plane = Float32Array.from({ length: 25 }, (_, i) => (i * 37) % 251);
    const whole = draw([[...plane], [...plane], [...plane]]);
    const sharp = colorize([plane, plane, plane], 5, { ranges, enhance: { sharpness: 3 }, rim: 1 });
    expect(whole.length).toBe(100);
    const data = sharp === undefined ? [] : [...spread(sharp)];
    expect(data.length).toBe(36);
    const mean = [0, 1, 2, 5, 6, 7, 10, 11, 12].reduce((sum, i) => sum + (plane[i] ?? 0) * (i === 6 ? 5 : 1), 0) / 13;
    const smooth = Math.round(mean);
    expect(data[0]).toBe(Math.trunc(Math.min(255, Math.max(0, smooth + 3 * ((plane[6] ?? 0) - smooth)))));
  });
});

it('asks maps of values about bytes where a range is given', () => {
  const map: ColorMap = {
    kind: 'classes',
    entries: [
      [255, [9, 9, 9, 255]],
      [128, [8, 8, 8, 255]],
    ],
  };
  expect(colorsOf([0, 0.5, 1, 7, Number.NaN], { ranges: [{ min: 0, max: 1 }], map }).map(([red]) => red)).toEqual([0, 8, 9, 9, 0]);
});

it('gives classes that nobody named a colour by their value', () => {
  const map: ColorMap = { kind: 'classes', entries: [[1, [9, 9, 9, 255]]], others: 'own' };
  const [known, strange, again, none] = colorsOf([1, 7, 7, Number.NaN], byMap(map));
  expect(known).toEqual([9, 9, 9, 255]);
  expect(strange?.[3]).toBe(255);
  expect(again).toEqual(strange);
  expect(none).toEqual(NOTHING);
  expect(colorsOf([7], byMap(map))).toEqual([strange]);
});
