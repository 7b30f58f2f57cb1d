import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ColorMap } from '../../../../src/color/color-map.ts';
import { parseColorFormula } from '../../../../src/color/color-formula.ts';
import { COLOR_MAP_NAMES, namedColorMap } from '../../../../src/color/named-color-map.ts';
import { parseColorMap } from '../../../../src/color/parse-color-map.ts';
import { colorize } from '../../../../src/raster/colorize.ts';
import { spread } from '../../../../src/raster/coloring/pixels.ts';
import { describeLayer, layerColorMap } from '../../../../src/raster/layer-kind.ts';
import { legendDocument } from '../../../../src/services/legends/legend-document.ts';
import { legendOf, type LegendFacts } from '../../../../src/services/legends/legend-of.ts';

type Facts = LegendFacts['coloring'];

const facts = (coloring: Facts): LegendFacts => ({ title: 'Heights', unit: 'm', planes: ['b1'], coloring });

/** The colour of a value in a tile among other values and holes. */
function inTile(value: number, others: readonly number[], coloring: Facts): readonly number[] {
  const plane = Float64Array.from([...others, value, Number.NaN]);
  const pixels = colorize([plane], plane.length, coloring);
  const rgba = pixels === undefined ? new Uint8Array(plane.length * 4) : spread(pixels);
  return [...rgba.subarray(others.length * 4, others.length * 4 + 4)];
}

const others = fc.array(fc.double({ min: -300, max: 300, noNaN: true }), { maxLength: 40 });
const byte = fc.integer({ min: 0, max: 255 });
const color = fc.tuple(byte, byte, byte, fc.constant(255));
const number = fc.integer({ min: -200, max: 200 });
const ramps = fc.constantFrom(...COLOR_MAP_NAMES).map((name): ColorMap => namedColorMap(name) ?? { kind: 'classes', entries: [] });
const gradients = fc
  .uniqueArray(fc.tuple(number, color), { minLength: 2, maxLength: 6, selector: ([at]) => at })
  .map((stops): ColorMap => ({ kind: 'linear', stops: stops.toSorted(([a], [b]) => a - b) }));
const classes = fc
  .uniqueArray(fc.tuple(number, color), { minLength: 1, maxLength: 300, selector: ([at]) => at })
  .map((entries): ColorMap => ({ kind: 'classes', entries }));
const intervals = fc
  .uniqueArray(number, { minLength: 2, maxLength: 12 })
  .chain((edges) => {
    const sorted = edges.toSorted((a, b) => a - b);
    return fc.array(color, { minLength: sorted.length - 1, maxLength: sorted.length - 1 }).map((colors) => ({ sorted, colors }));
  })
  .map(({ sorted, colors }): ColorMap => ({
    kind: 'intervals',
    entries: colors.map((own, n) => [sorted[n] ?? 0, sorted[n + 1] ?? 0, own]),
  }));
const range = fc.uniqueArray(number, { minLength: 2, maxLength: 2 }).map(([min = 0, max = 1]) => ({ min, max }));
const formula = fc.constantFrom(undefined, parseColorFormula('gamma RGB 1.7 saturation 1.4'), parseColorFormula('sigmoidal RGB 6 0.4'));
const enhance = fc.constantFrom(undefined, { color: 0.3, contrast: 1.5 }, { brightness: 0.7 });
const colorings = fc.oneof(
  fc.record({ map: ramps, ranges: fc.tuple(range), formula, enhance }),
  fc.record({ map: fc.oneof(gradients, classes, intervals), ranges: fc.constant([]), formula, enhance }),
);

describe('legendOf', () => {
  it('gives a value the colour that it has in any tile', () => {
    fc.assert(
      fc.property(colorings, others, (coloring, around) => {
        const { entries, gradient } = legendOf(facts(coloring));
        for (const { value, min, max, color: shown } of entries.slice(0, 40)) {
          const at = value ?? min ?? max ?? 0;
          expect(inTile(at, around, coloring)).toEqual([...shown]);
        }
        gradient?.colors.forEach((shown, i) => {
          if (i % 51 !== 0) return;
          const at = gradient.min + ((gradient.max - gradient.min) * i) / (gradient.colors.length - 1);
          expect(inTile(at, around, coloring)).toEqual([...shown]);
        });
      }),
      { numRuns: 200 },
    );
  });

  it('writes entries that can be given back as a colour map and draw the same', () => {
    fc.assert(
      fc.property(fc.oneof(classes, intervals), (map) => {
        const document = legendDocument(legendOf(facts({ map, ranges: [] })));
        const again = legendDocument(legendOf(facts({ map: parseColorMap(JSON.stringify(document.entries)), ranges: [] })));
        expect(again).toEqual(document);
      }),
    );
  });

  it('has round values on a scale, smallest first, whichever way the range runs', () => {
    for (const ranges of [[{ min: -12, max: 3412 }], [{ min: 3412, max: -12 }]]) {
      const { entries, gradient } = legendOf(facts({ ranges }));
      expect(entries.map(({ label }) => label)).toEqual(['0', '1000', '2000', '3000']);
      expect([gradient?.min, gradient?.max]).toEqual([-12, 3412]);
    }
  });

  it('speaks of values where a map is asked about bytes', () => {
    const { entries } = legendOf(facts({ ranges: [{ min: 0, max: 1 }], map: { kind: 'classes', entries: [[255, [9, 9, 9, 255]]] } }));
    expect(entries).toEqual([{ value: 1, label: '1', color: [9, 9, 9, 255] }]);
  });

  it('names classes, intervals and conditions, and leaves out what is transparent', () => {
    const mask = describeLayer({
      declared: [
        { min: 0, max: 0 },
        { min: 1, max: 1, label: 'Land' },
      ],
      kind: 'mask',
    });
    expect(legendOf(facts({ ranges: [], map: layerColorMap(mask) })).entries.map(({ label }) => label)).toEqual(['Land']);
    const open = parseColorMap('[[[null,5],"#fff"],[[5,1234567],"#fea"],[[1234567,null],"#900"]]');
    expect(legendOf(facts({ ranges: [], map: open })).entries.map(({ label }) => label)).toEqual([
      '< 5',
      '5 – 1\u202f234\u202f570',
      '≥ 1\u202f234\u202f570',
    ]);
    const conditions = parseColorMap('{"x > 1": "#f00"}', { checkFormula: () => undefined });
    expect(legendOf(facts({ ranges: [], map: conditions })).entries).toEqual([
      { expression: 'x > 1', label: 'x > 1', color: [255, 0, 0, 255] },
    ]);
  });

  it('says what red, green and blue are', () => {
    const ranges = [{ min: 0, max: 3000 }, { min: 1, max: 2 }, undefined];
    const legend = legendOf({ title: 'Scene', unit: 'DN', planes: ['Near infrared', 'green', 'B2'], coloring: { ranges } });
    expect(legend).toMatchObject({ kind: 'channels', unit: undefined });
    expect(legend.entries.map(({ label, min, max }) => [label, min, max])).toEqual([
      ['Red: Near infrared', 0, 3000],
      ['Green', 1, 2],
      ['Blue: B2', 0, 255],
    ]);
  });
});
