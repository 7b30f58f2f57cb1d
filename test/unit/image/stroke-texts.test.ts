import { expect, test } from 'vitest';
import { STROKE_GLYPHS } from '../../../src/image/stroke-glyphs.ts';
import { strokeTexts } from '../../../src/image/stroke-texts.ts';
import { element, type Element } from '../../../src/markup/element.ts';
import { renderXml } from '../../../src/markup/render.ts';
import { textWidth } from '../../../src/services/legends/text-width.ts';

const drawing = (words: string, attributes: Readonly<Record<string, string | number>> = {}): Element =>
  strokeTexts(
    element('svg', { 'font-size': 20, fill: '#123456' }, element('g', {}, [element('text', { x: 100, y: 50, ...attributes }, words)])),
  );

/** x of all points of the strokes. */
function columns(words: string, attributes: Readonly<Record<string, string | number>> = {}): readonly number[] {
  const path = / d="([^"]*)"/.exec(renderXml(drawing(words, attributes)))?.[1] ?? '';
  return [...path.matchAll(/[ML](-?[\d.]+) /g)].map(([, x]) => Number(x));
}

test('there is a glyph for every sign of ASCII, with points of two letters each', () => {
  expect([...STROKE_GLYPHS.keys()].join('')).toBe(Array.from({ length: 95 }, (_, i) => String.fromCharCode(32 + i)).join(''));
  for (const glyph of STROKE_GLYPHS.values()) expect(glyph.split(' R').every((stroke) => stroke.length % 2 === 0)).toBe(true);
});

test('texts become strokes in the colour and about the size of the texts', () => {
  const xml = renderXml(drawing('Wood'));
  expect(xml).not.toContain('<text');
  expect(xml).toContain('stroke="#123456"');
  const x = columns('Wood');
  expect(Math.min(...x)).toBeGreaterThanOrEqual(100);
  expect(Math.max(...x) - 100).toBeGreaterThan(35);
});

test('texts are no wider than legends leave room for', () => {
  for (const words of ['Built-up areas, roads and railways', 'WOODLAND 100%', '0123456789', 'Near infrared (0 – 3000)', 'illicit']) {
    expect(Math.max(...columns(words)) - 100, words).toBeLessThanOrEqual(textWidth(words, 20) + 1);
  }
});

test('texts are centred and ended where they say so', () => {
  const [middle, end] = [columns('Wood', { 'text-anchor': 'middle' }), columns('Wood', { 'text-anchor': 'end' })];
  expect(Math.abs((Math.min(...middle) + Math.max(...middle)) / 2 - 100)).toBeLessThan(2);
  expect(Math.max(...end)).toBeLessThanOrEqual(100);
});

test('accents are left out, signs are spelled, and what is unknown is a box', () => {
  expect(columns('Äcker')).toEqual(columns('Acker'));
  expect(columns('≥ −5 …')).toEqual(columns('>= -5 ...'));
  expect(columns('水')).toHaveLength(5);
  expect(columns('°')).toHaveLength(9);
});
