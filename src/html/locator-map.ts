import type { Bbox } from '../base/bbox.ts';
import { splitAntimeridian } from '../base/bbox.ts';
import { never } from '../base/never.ts';
import { element as h, type Element } from '../markup/element.ts';
import { LAND_PATH } from './land.ts';

/** Everything below is in half degrees, y downwards, as `LAND_PATH` is. */
const UNITS = 2;

/** A window of the world: left, top, width, height. */
type Frame = readonly [x: number, y: number, width: number, height: number];

/** The shapes that all locator maps of a page refer to; stands once in a page, before the first of them. */
export function locatorShapes(): Element {
  return h(
    'svg',
    { class: 'shapes', width: 0, height: 0, 'aria-hidden': 'true' },
    h(
      'defs',
      {},
      h('path', { id: 'land', d: LAND_PATH }),
      h('path', { id: 'graticule', d: graticulePath() }),
      h(
        'pattern',
        { id: 'dot', width: 9, height: 9, patternUnits: 'userSpaceOnUse' },
        h('circle', { cx: 4.5, cy: 4.5, r: 3, fill: '#fff' }),
      ),
      h(
        'mask',
        { id: 'dots', maskUnits: 'userSpaceOnUse', x: -400, y: -200, width: 800, height: 400 },
        h('rect', { x: -400, y: -200, width: 800, height: 400, fill: 'url(#dot)' }),
      ),
    ),
  );
}

/** How a locator map draws what is nearly everywhere: dotted, outlined or filled lands. */
export type LocatorShape = 'points' | 'lines' | 'areas';

/**
 * A small map, twice as wide as high, that shows in `color` where a box (degrees, may cross the antimeridian) lies on Earth.
 * For a box around nearly everything the lands themselves take the colour.
 */
export function locatorMap(bbox: Bbox | undefined, color: string, shape: LocatorShape = 'areas'): Element {
  const frame = frameFor(bbox);
  const everywhere = bbox !== undefined && bbox[2] - bbox[0] > 300 && bbox[3] - bbox[1] > 110;
  return h(
    'svg',
    { class: 'locator', viewBox: frame.map(tidy).join(' '), 'aria-hidden': 'true', focusable: 'false' },
    h('use', { href: '#graticule', class: 'graticule' }),
    everywhere ? landsIn(color, shape) : h('use', { href: '#land', class: 'land' }),
    bbox === undefined || everywhere ? [] : splitAntimeridian(bbox).map((part) => extentShape(part, frame, color)),
  );
}

function landsIn(color: string, shape: LocatorShape): Element {
  const base = { href: '#land', class: 'land everywhere' };
  switch (shape) {
    case 'points':
      return h('g', { mask: 'url(#dots)' }, h('use', { ...base, fill: color }));
    case 'lines':
      return h('use', { ...base, fill: 'none', stroke: color, 'stroke-width': 1.4 });
    case 'areas':
      return h('use', { ...base, fill: color });
    default:
      return never(shape);
  }
}

/** A box too small to see becomes a dot. */
function extentShape([west, south, east, north]: Bbox, frame: Frame, color: string): Element {
  const [width, height] = [(east - west) * UNITS, (north - south) * UNITS];
  if (Math.max(width, height) < frame[2] / 40) {
    const [cx, cy] = [west * UNITS + width / 2, -north * UNITS + height / 2];
    return h('circle', { class: 'extent dot', fill: color, cx: tidy(cx), cy: tidy(cy), r: tidy(frame[2] / 50) });
  }
  return h('rect', {
    class: 'extent',
    fill: color,
    stroke: color,
    x: tidy(west * UNITS),
    y: tidy(-north * UNITS),
    width: tidy(width),
    height: tidy(height),
  });
}

function frameFor(bbox: Bbox | undefined): Frame {
  const world: Frame = [-180 * UNITS, -90 * UNITS, 360 * UNITS, 180 * UNITS];
  if (bbox === undefined || bbox[0] > bbox[2]) return world;
  const [west, south, east, north] = bbox;
  const width = Math.max(70, 2.2 * (east - west), 3.2 * (north - south));
  if (width > 200) return world;
  const height = width / 2;
  const left = clamp((west + east) / 2 - width / 2, -180, 180 - width);
  const top = clamp(-(south + north) / 2 - height / 2, -90, 90 - height);
  return [left * UNITS, top * UNITS, width * UNITS, height * UNITS];
}

function graticulePath(): string {
  const [right, bottom] = [180 * UNITS, 90 * UNITS];
  let path = '';
  for (let x = -right; x <= right; x += 15 * UNITS) path += `M${x}-${bottom}V${bottom}`;
  for (let y = -bottom; y <= bottom; y += 15 * UNITS) path += `M-${right} ${y}H${right}`;
  return path;
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(high, Math.max(low, value));
}

function tidy(value: number): number {
  return Math.round(value * 100) / 100;
}
