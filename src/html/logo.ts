import { element, type Element } from '../markup/element.ts';

/** Meridians and parallels of a globe of radius 14 around (16, 16). */
const LINES = [
  'M16 2a14 14 0 1 0 0 28a14 14 0 1 0 0-28',
  'M16 2c-9 7-9 21 0 28M16 2c9 7 9 21 0 28',
  'M2 16h28M4.6 8.5c6 3 16.8 3 22.8 0M4.6 23.5c6-3 16.8-3 22.8 0',
];

/** The mark: a globe with its graticule, in the colour of the surrounding text. */
export function logo(): Element {
  return element(
    'svg',
    { class: 'logo', viewBox: '0 0 32 32', width: 28, height: 28, 'aria-hidden': 'true', focusable: 'false' },
    LINES.map((d) => element('path', { d, fill: 'none', stroke: 'currentColor', 'stroke-width': 1.7, 'stroke-linecap': 'round' })),
  );
}
