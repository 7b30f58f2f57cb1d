import { element, type Attributes, type Child, type Element } from '../markup/element.ts';
import { RENDERED } from '../markup/rendered.ts';
import { STROKE_GLYPHS } from './stroke-glyphs.ts';

/** What text elements inherit. */
interface Style {
  readonly size: number;
  readonly ink: string;
}

/** Font sizes for one unit of the glyphs: capitals are 21 units high and 0.73 of the font size, widths a little less. */
const UNIT_Y = 0.73 / 21;
const UNIT_X = UNIT_Y * 0.86;
const BASE_LINE = 9;
const [THIN, BOLD] = [0.085, 0.135];
const ORIGIN = 'R'.charCodeAt(0);

/** Signs that are made of those that there are. */
const LIKE = new Map(
  Object.entries({
    '–': '-',
    '—': '-',
    '−': '-',
    '…': '...',
    '≥': '>=',
    '≤': '<=',
    ß: 'ss',
    æ: 'ae',
    ø: 'o',
    '·': '.',
    '’': "'",
    '×': 'x',
    '²': '2',
    '³': '3',
    µ: 'u',
    '\u202f': ' ',
    '\u00a0': ' ',
  }),
);
const DEGREE = 'MWRFTGUITKRLPKOIPGRF';
const UNKNOWN = 'I[KFKZYZYFKF';

/**
 * The same drawing with its texts as strokes, for machines that have no fonts. Accents are left out; what has no glyph is a
 * box. Text elements may have `x`, `y`, `text-anchor`, `font-weight`; sizes and colours are inherited.
 */
export function strokeTexts(root: Element, style: Style = { size: 16, ink: '#000000' }): Element {
  const size = Number(root.attributes['font-size'] ?? style.size);
  const ink = String(root.attributes['fill'] ?? style.ink);
  if (root.name === 'text') return strokeText(root, { size, ink });
  return element(root.name, root.attributes, ...root.children.map((child) => strokeChild(child, { size, ink })));
}

function strokeChild(child: Child, style: Style): Child {
  if (typeof child !== 'object' || RENDERED in child) return child;
  return 'name' in child ? strokeTexts(child, style) : child.map((part) => strokeChild(part, style));
}

function strokeText({ attributes, children }: Element, { size, ink }: Style): Element {
  const glyphs = Array.from(characters(children.map(textOf).join('')), (character) =>
    character === '°' ? DEGREE : (STROKE_GLYPHS.get(character) ?? UNKNOWN),
  );
  const width = glyphs.reduce((sum, glyph) => sum + at(glyph, 1) - at(glyph, 0), 0) * UNIT_X * size;
  let x = Number(attributes['x'] ?? 0) - width * anchorOf(attributes);
  const y = Number(attributes['y'] ?? 0);
  const path = glyphs.map((glyph) => {
    const left = x - at(glyph, 0) * UNIT_X * size;
    x += (at(glyph, 1) - at(glyph, 0)) * UNIT_X * size;
    return strokesOf(glyph, (px, py) => `${round(left + px * UNIT_X * size)} ${round(y + (py - BASE_LINE) * UNIT_Y * size)}`);
  });
  const isBold = Number(attributes['font-weight'] ?? 400) >= 600;
  return element('path', {
    d: path.join(''),
    fill: 'none',
    stroke: ink,
    'stroke-width': round((isBold ? BOLD : THIN) * size),
    'stroke-linecap': 'round',
    'stroke-linejoin': 'round',
  });
}

/** Letters without accents, signs spelled out. */
function characters(text: string): string {
  const plain = text.normalize('NFD').replace(/\p{M}/gu, '');
  return plain.replace(/[^ -~]/gu, (sign) => LIKE.get(sign) ?? sign);
}

function strokesOf(glyph: string, place: (x: number, y: number) => string): string {
  return glyph
    .slice(2)
    .split(' R')
    .map((stroke) => {
      const points = stroke.match(/../g) ?? [];
      return points.map((point, n) => `${n === 0 ? 'M' : 'L'}${place(at(point, 0), at(point, 1))}`).join('');
    })
    .join('');
}

function at(glyph: string, index: number): number {
  return glyph.charCodeAt(index) - ORIGIN;
}

function anchorOf(attributes: Attributes): number {
  return attributes['text-anchor'] === 'middle' ? 0.5 : attributes['text-anchor'] === 'end' ? 1 : 0;
}

function textOf(child: Child): string {
  return typeof child === 'string' || typeof child === 'number' ? String(child) : '';
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
