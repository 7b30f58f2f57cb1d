import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import type { Rgba } from '../../../../src/color/class-color.ts';
import { namedColorMap } from '../../../../src/color/named-color-map.ts';
import { rasterizeSvg } from '../../../../src/image/svg.ts';
import { legendOf } from '../../../../src/services/legends/legend-of.ts';
import { drawLegend } from '../../../../src/services/legends/legend-svg.ts';
import type { Legend } from '../../../../src/services/legends/legend.ts';
import { drawRampStrip, rampStripSvg } from '../../../../src/services/legends/ramp-strip.ts';
import { cutText, textWidth, wrapText } from '../../../../src/services/legends/text-width.ts';
import { formatInterval, formatValue, roundTicks } from '../../../../src/services/legends/ticks.ts';

const RED: Rgba = [220, 20, 60, 255];
const BLUE: Rgba = [30, 60, 200, 255];

const classes = (count: number, label = 'Forest & <scrub>'): Legend => ({
  title: 'Land "cover"',
  unit: undefined,
  kind: 'classes',
  entries: Array.from({ length: count }, (_, value) => ({ value, label, color: value % 2 === 0 ? RED : BLUE })),
});

async function pixelsOf(
  legend: Legend,
  scale = 1,
): Promise<{ readonly at: (x: number, y: number) => readonly number[]; readonly width: number; readonly height: number }> {
  const png = await rasterizeSvg(drawLegend(legend).root, scale);
  const { data, info } = await sharp(png).ensureAlpha().raw().toBuffer({ resolveWithObject: true });
  return {
    at: (x, y) => [...data.subarray((y * info.width + x) * 4, (y * info.width + x) * 4 + 4)],
    width: info.width,
    height: info.height,
  };
}

describe('drawLegend', () => {
  it('shows the very colours of the classes', async () => {
    const { at, height } = await pixelsOf(classes(2));
    const column = Array.from({ length: height }, (_, y) => at(24, y));
    expect(column).toContainEqual([...RED]);
    expect(column).toContainEqual([...BLUE]);
  });

  it('is as large as it says, and twice so for twice the density', async () => {
    const { width, height } = drawLegend(classes(3));
    expect(await pixelsOf(classes(3))).toMatchObject({ width, height });
    expect(await pixelsOf(classes(3), 2)).toMatchObject({ width: 2 * width, height: 2 * height });
  });

  it('keeps labels inside, also long ones and of many classes, in columns', async () => {
    for (const legend of [classes(3), classes(45), classes(2, 'W'.repeat(80))]) {
      const { at, width, height } = await pixelsOf(legend);
      const edge = [
        ...Array.from({ length: width }, (_, x) => at(x, height - 3)),
        ...Array.from({ length: height }, (_, y) => at(width - 4, y)),
      ];
      expect(edge.filter((pixel) => pixel.some((part) => part !== 255))).toEqual([]);
    }
    expect(drawLegend(classes(45)).height).toBeLessThan(drawLegend(classes(20)).height + 40);
  });

  it('escapes what people write', () => {
    const { svg } = drawLegend(classes(1));
    expect(svg).toContain('Forest &amp; &lt;scrub');
    expect(svg).not.toContain('<scrub');
  });

  it('draws a scale from its first colour at the left to its last at the right', async () => {
    const viridis = namedColorMap('viridis');
    const legend = legendOf({ title: 'H', unit: 'm', planes: ['b1'], coloring: { ranges: [{ min: 0, max: 10 }], map: viridis } });
    const { at, height } = await pixelsOf(legend);
    const row = Array.from({ length: height }, (_, y) => y).find(
      (y) => at(140, y).join() === [...(viridis?.colors.subarray(512, 516) ?? [])].join(),
    );
    expect(row).toBeDefined();
    expect(drawLegend(legend).svg).toContain('>10</text>');
  });

  it('can be of nothing', () => {
    expect(drawLegend({ title: '', unit: undefined, kind: 'classes', entries: [] })).toMatchObject({ width: 24, height: 24 });
  });
});

describe('ramp strips', () => {
  const map = namedColorMap('tab10');

  it('hold all colours in both directions, as pixels and as rectangles', () => {
    if (map === undefined) throw new Error('tab10 is a map');
    const across = drawRampStrip({ map, orientation: 'horizontal', width: 512, height: 2 });
    const down = drawRampStrip({ map, orientation: 'vertical', width: 2, height: 512 });
    if (across.kind !== 'indexed' || down.kind !== 'indexed') throw new Error('strips have palettes');
    expect([...across.indices.subarray(0, 512)]).toEqual(Array.from({ length: 512 }, (_, i) => Math.floor(i / 2)));
    expect(Array.from({ length: 512 }, (_, y) => down.indices[y * 2])).toEqual([...across.indices.subarray(0, 512)]);
    const svg = rampStripSvg({ map, orientation: 'horizontal', width: 256, height: 20 });
    expect(svg.match(/<rect /g)?.length).toBe(10);
    expect(svg).toContain('fill="#1f77b4"');
  });
});

describe('texts', () => {
  it('are broken between words and cut where a word is too wide', () => {
    expect(wrapText('one two three', 10, textWidth('one two', 10))).toEqual(['one two', 'three']);
    expect(wrapText('  ', 10, 100)).toEqual([]);
    expect(cutText('abcdef', 10, textWidth('abc…', 10))).toBe('abc…');
  });

  it('have round ticks', () => {
    expect(roundTicks(0, 1, 6)).toEqual([0, 0.2, 0.4, 0.6, 0.8, 1]);
    expect(roundTicks(-0.23, 0.91, 6)).toEqual([0, 0.25, 0.5, 0.75]);
    expect(roundTicks(5, 5, 6)).toEqual([5]);
    expect(roundTicks(1e-9, 2e-9, 3)).toEqual([1e-9, 1.5e-9, 2e-9]);
    expect(roundTicks(-11_000, 8848, 6)).toEqual([-10_000, -5000, 0, 5000]);
  });

  it('write numbers for people', () => {
    expect([0, 1234, 12_345.678, -0.5, 1e12, 1.5e-7, 0.1 + 0.2].map(formatValue)).toEqual([
      '0',
      '1234',
      '12\u202f345.7',
      '−0.5',
      '1e12',
      '1.5e-7',
      '0.3',
    ]);
    expect(formatInterval(Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY)).toBe('all');
  });
});
