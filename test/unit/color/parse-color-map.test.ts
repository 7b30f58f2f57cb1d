import { describe, expect, it } from 'vitest';
import { parseColorMap } from '../../../src/color/parse-color-map.ts';
import { formatColor, parseColor } from '../../../src/color/parse-color.ts';

const options = {
  checkFormula: (formula: string): void => {
    if (!formula.includes('x')) throw new Error(`no x in ${formula}`);
  },
};

describe('parseColorMap', () => {
  it('reads single values', () => {
    expect(parseColorMap('{"0": [1,2,3], "-7.5": [4,5,6,7], "10": "#abc", "11": "#0a0b0c0d"}')).toEqual({
      kind: 'classes',
      entries: [
        [0, [1, 2, 3, 255]],
        [10, [170, 187, 204, 255]],
        [11, [10, 11, 12, 13]],
        [-7.5, [4, 5, 6, 7]],
      ],
    });
  });

  it('reads intervals, open ones too', () => {
    expect(parseColorMap('[[[0, 1.5], [1,2,3,4]], [[1.5, null], "#fff"]]')).toEqual({
      kind: 'intervals',
      entries: [
        [0, 1.5, [1, 2, 3, 4]],
        [1.5, Number.POSITIVE_INFINITY, [255, 255, 255, 255]],
      ],
    });
  });

  it('reads stops, from pairs or from an object, and sorts them', () => {
    const map = {
      kind: 'linear',
      stops: [
        [-5, [255, 0, 0, 255]],
        [0, [0, 0, 0, 255]],
        [255, [255, 255, 255, 255]],
      ],
    };
    expect(parseColorMap('[[0, "#000"], [255, "#fff"], [-5, "#f00"]]')).toEqual(map);
    expect(parseColorMap('{"0": "#000", "255": "#fff", "-5": "#f00"}', { linear: true })).toEqual(map);
  });

  it("reads django-raster's continuous schemes, with a range as a gradient, without one as a ramp", () => {
    expect(parseColorMap('{"continuous":true,"from":[255,0,0],"over":[0,255,0],"to":[0,0,255],"range":["-1",3]}')).toEqual({
      kind: 'linear',
      stops: [
        [-1, [255, 0, 0, 255]],
        [1, [0, 255, 0, 255]],
        [3, [0, 0, 255, 255]],
      ],
      beyond: 'transparent',
    });
    const ramp = parseColorMap('{"continuous":true}');
    expect(ramp.kind === 'ramp' ? [...ramp.colors.subarray(0, 4), ...ramp.colors.subarray(-4)] : []).toEqual([
      0, 0, 0, 255, 255, 255, 255, 255,
    ]);
  });

  it('reads formulas as keys and legends with names', () => {
    expect(parseColorMap('{"5": "#001122", "(-3.0 < x) & (x <= 1)": [9,9,9]}', options)).toEqual({
      kind: 'conditions',
      entries: [
        ['x == 5', [0, 17, 34, 255]],
        ['(-3.0 < x) & (x <= 1)', [9, 9, 9, 255]],
      ],
    });
    expect(parseColorMap('[{"name":"Low","expression":"x < 1","color":"ff0000"},{"expression":"2","color":"#00f"}]', options)).toEqual({
      kind: 'conditions',
      entries: [
        ['x < 1', [255, 0, 0, 255], 'Low'],
        ['x == 2', [0, 0, 255, 255]],
      ],
    });
  });

  it('reads entries as our own legends write them', () => {
    expect(parseColorMap('[{"value":1,"color":"#123456","label":"Wood"},{"value":"2","color":"#fff"}]')).toEqual({
      kind: 'classes',
      entries: [
        [1, [18, 52, 86, 255], 'Wood'],
        [2, [255, 255, 255, 255]],
      ],
    });
    expect(parseColorMap('[{"max":0,"color":"#00f","label":"Sea"},{"min":0,"max":9,"color":"#0f0"}]')).toEqual({
      kind: 'intervals',
      entries: [
        [Number.NEGATIVE_INFINITY, 0, [0, 0, 255, 255], 'Sea'],
        [0, 9, [0, 255, 0, 255]],
      ],
    });
  });

  it.each([
    ['', 'Cannot parse colormap : expected JSON'],
    ['{"1": [1,2]', 'Cannot parse colormap {"1": [1,2]: expected JSON'],
    ['7', 'got 7'],
    ['null', 'got null'],
    ['{}', 'got no entry'],
    ['[]', 'got no entry'],
    ['{"1": [1,2]}', 'at "1", got [1,2]'],
    ['{"1": [1,2,256]}', 'at "1", got [1,2,256]'],
    ['{"1": [1,2,3,4,5]}', 'at "1", got [1,2,3,4,5]'],
    ['{"1": [1.5,2,3]}', 'at "1", got [1.5,2,3]'],
    ['{"1": "red"}', 'at "1", got "red"'],
    ['{"1": "#12345"}', 'at "1", got "#12345"'],
    ['{"1": null}', 'at "1", got null'],
    ['{"a": "#fff"}', 'expected numbers, got "a"'],
    ['{"": "#fff"}', 'expected numbers, got ""'],
    ['{"1e999": "#fff"}', 'expected numbers, got "1e999"'],
    ['[[[1, 1], "#fff"]]', 'expected [min, max] with min < max at entry 1, got [1,1]'],
    ['[[[1], "#fff"]]', 'expected [min, max] with min < max at entry 1, got [1]'],
    ['[[[0, 1], "#fff"], 3]', 'expected a pair with a colour at entry 2, got 3'],
    ['[[[0, 1], "#fff", 3]]', 'expected a pair with a colour at entry 1'],
    ['[["0", "#fff"], [1, "#fff"]]', 'expected a number at entry 1, got "0"'],
    ['[[0, "#fff"]]', 'expected at least 2 stops, got 1'],
    ['[{"min": 5, "max": 1, "color": "#fff"}]', 'at entry 1, got [5,1]'],
    ['[3]', 'got 3'],
    ['{"continuous": true, "from": "x"}', 'at "from", got "x"'],
    ['{"continuous": true, "range": [1]}', 'expected "range": [min, max] with min < max, got [1]'],
    ['{"continuous": true, "range": [null, 1e999]}', 'expected "range": [min, max] with min < max'],
    [`${'['.repeat(40_000)}${']'.repeat(40_000)}`, 'expected a pair with a colour at entry 1, got a list of 1'],
    [JSON.stringify(Object.fromEntries(Array.from({ length: 4097 }, (_, i) => [i, '#fff']))), 'expected at most 4096 entries, got 4097'],
    [' '.repeat(100_001), 'expected at most 100000 characters'],
  ])('refuses %s', (json, message) => {
    expect(() => parseColorMap(json)).toThrow(message);
  });

  it('refuses more formulas than may be computed for every pixel', () => {
    const many = Object.fromEntries(Array.from({ length: 501 }, (_, i) => [`x > ${1000 + i}`, '#fff']));
    expect(() => parseColorMap(JSON.stringify(many), options)).toThrow('formulas of at most 4000 characters together, got 4008');
    expect(() => parseColorMap(JSON.stringify({ [`x > ${'1'.repeat(4000)}`]: '#fff' }), options)).toThrow('got 4004');
  });

  it('refuses formulas that do not parse', () => {
    expect(() => parseColorMap('{"1": "#fff", "y": "#fff"}', options)).toThrow('no x in y');
  });
});

it('writes colours as it reads them', () => {
  for (const color of [
    [1, 2, 3, 255],
    [255, 0, 170, 0],
  ] as const)
    expect(parseColor(formatColor(color))).toEqual(color);
});
