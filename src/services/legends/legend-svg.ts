import type { Rgba } from '../../color/class-color.ts';
import { formatColor } from '../../color/parse-color.ts';
import { element as h, type Element } from '../../markup/element.ts';
import { renderXml } from '../../markup/render.ts';
import type { Gradient, Legend, LegendEntry } from './legend.ts';
import { cutText, textWidth, wrapText } from './text-width.ts';
import { formatInterval } from './ticks.ts';

/** A drawn legend: an SVG document, as text and as its tree, and its size in pixels. */
export interface LegendDrawing {
  readonly svg: string;
  readonly root: Element;
  readonly width: number;
  readonly height: number;
}

/** A part of the drawing below the title, placed at its own origin. */
interface Part {
  readonly width: number;
  readonly height: number;
  readonly elements: readonly Element[];
}

const INK = '#1b2b31';
const QUIET = '#5b6b71';
const FONTS = "system-ui, 'Noto Sans', 'DejaVu Sans', Verdana, Helvetica, Arial, sans-serif";
const [PADDING, FONT, TITLE_FONT, TITLE_LINE] = [12, 13, 14, 19];
const [SWATCH_WIDTH, SWATCH_HEIGHT, ROW, GAP] = [26, 16, 22, 8];
const [BAR_WIDTH, BAR_HEIGHT, TICK] = [256, 16, 5];
const [LABEL_WIDTH, TITLE_WIDTH] = [320, 340];
const ROWS_IN_COLUMN = 20;

/** Draws a legend: title and unit, then a bar with ticks or swatches with labels. */
export function drawLegend(legend: Legend): LegendDrawing {
  const body = legend.gradient === undefined ? drawEntries(legend) : drawGradient(legend.gradient, legend.entries);
  const heading = drawHeading(legend, Math.max(body.width, TITLE_WIDTH));
  const width = Math.ceil(Math.max(heading.width, body.width) + 2 * PADDING);
  const height = Math.ceil(heading.height + body.height + 2 * PADDING);
  const root = h(
    'svg',
    {
      xmlns: 'http://www.w3.org/2000/svg',
      width,
      height,
      viewBox: `0 0 ${width} ${height}`,
      'font-family': FONTS,
      'font-size': FONT,
      fill: INK,
      role: 'img',
    },
    h('title', {}, legend.title),
    h('rect', { width, height, fill: '#ffffff' }),
    h('g', { transform: `translate(${PADDING} ${PADDING})` }, heading.elements),
    h('g', { transform: `translate(${PADDING} ${PADDING + heading.height})` }, body.elements),
  );
  return { svg: renderXml(root), root, width, height };
}

function drawHeading({ title, unit }: Legend, room: number): Part {
  const lines = wrapText(title, TITLE_FONT * 1.08, room);
  const titles = lines.map((line, n) => text(line, { x: 0, y: TITLE_FONT + n * TITLE_LINE, 'font-size': TITLE_FONT, 'font-weight': 600 }));
  const below = lines.length * TITLE_LINE;
  const units = unit === undefined ? [] : [text(unit, { x: 0, y: below + FONT, fill: QUIET })];
  return {
    elements: [...titles, ...units],
    width: Math.max(0, ...lines.map((line) => textWidth(line, TITLE_FONT * 1.08)), textWidth(unit ?? '', FONT)),
    height: below + (unit === undefined ? 0 : TITLE_LINE) + (lines.length === 0 ? 0 : GAP),
  };
}

/** Swatches in columns of twenty. */
function drawEntries({ entries, kind }: Legend): Part {
  if (entries.length === 0) return { width: 0, height: 0, elements: [] };
  const count = Math.ceil(entries.length / ROWS_IN_COLUMN);
  const rows = Math.ceil(entries.length / count);
  const columns = Array.from({ length: count }, (_, n) => entries.slice(n * rows, (n + 1) * rows));
  let x = 0;
  const elements = columns.map((column) => {
    const labels = column.map((entry) => cutText(labelOf(entry, kind), FONT, LABEL_WIDTH));
    const group = h(
      'g',
      { transform: `translate(${round(x)} 0)` },
      column.map(({ color }, n) => [
        swatch(color, n * ROW + (ROW - SWATCH_HEIGHT) / 2),
        text(labels[n] ?? '', { x: SWATCH_WIDTH + GAP, y: n * ROW + ROW / 2 + FONT * 0.36 }),
      ]),
    );
    x += SWATCH_WIDTH + GAP + Math.max(...labels.map((label) => textWidth(label, FONT))) + 2 * GAP;
    return group;
  });
  return { width: x - 2 * GAP, height: rows * ROW, elements };
}

function labelOf({ label, min, max }: LegendEntry, kind: Legend['kind']): string {
  return kind === 'channels' && min !== undefined && max !== undefined ? `${label} (${formatInterval(min, max)})` : label;
}

function swatch(color: Rgba, y: number): Element {
  return h('rect', {
    x: 0.5,
    y: y + 0.5,
    width: SWATCH_WIDTH - 1,
    height: SWATCH_HEIGHT - 1,
    rx: 2,
    ...paintOf(color),
    stroke: '#00000059',
    'stroke-width': 1,
  });
}

/** A bar of the colours with ticks below; labels that would touch the one before are left out. */
function drawGradient({ min, max, colors }: Gradient, entries: readonly LegendEntry[]): Part {
  const placeOf = (value: number): number => (max > min ? ((value - min) / (max - min)) * BAR_WIDTH : BAR_WIDTH / 2);
  const ticks: Element[] = [];
  let [free, overhang] = [Number.NEGATIVE_INFINITY, 0];
  for (const { value = min, label } of entries) {
    const x = placeOf(value);
    ticks.push(h('path', { d: `M${round(x)} ${BAR_HEIGHT}v${TICK}`, stroke: QUIET }));
    const half = textWidth(label, FONT) / 2;
    const middle = Math.max(half, x);
    if (middle - half < free) continue;
    free = middle + half + GAP;
    overhang = Math.max(overhang, middle + half - BAR_WIDTH);
    ticks.push(text(label, { x: round(middle), y: BAR_HEIGHT + TICK + FONT + 2, 'text-anchor': 'middle' }));
  }
  const bar = runsOf(colors).map(({ from, length, color }) =>
    h('rect', {
      x: round((from * BAR_WIDTH) / colors.length),
      width: round((length * BAR_WIDTH) / colors.length),
      height: BAR_HEIGHT,
      ...paintOf(color),
    }),
  );
  const frame = h('rect', { x: 0.5, y: 0.5, width: BAR_WIDTH - 1, height: BAR_HEIGHT - 1, fill: 'none', stroke: '#00000040' });
  return {
    width: BAR_WIDTH + overhang,
    height: BAR_HEIGHT + TICK + FONT + 6,
    elements: [h('g', { 'shape-rendering': 'crispEdges' }, bar), frame, ...ticks],
  };
}

interface Run {
  readonly from: number;
  length: number;
  readonly color: Rgba;
}

function runsOf(colors: readonly Rgba[]): readonly Run[] {
  const runs: Run[] = [];
  for (const [from, color] of colors.entries()) {
    const last = runs.at(-1);
    if (last !== undefined && String(last.color) === String(color)) last.length += 1;
    else runs.push({ from, length: 1, color });
  }
  return runs;
}

function paintOf(color: Rgba): { readonly fill: string; readonly 'fill-opacity'?: number } {
  const [red, green, blue, alpha] = color;
  const fill = formatColor([red, green, blue, 255]);
  return alpha === 255 ? { fill } : { fill, 'fill-opacity': round(alpha / 255) };
}

function text(content: string, attributes: Readonly<Record<string, string | number>>): Element {
  return h('text', attributes, content);
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
