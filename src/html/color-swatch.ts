import { element as h, type Element } from '../markup/element.ts';

/** A small square of a colour, `#rrggbb` or `#rrggbbaa`. */
export function colorSwatch(color: string): Element {
  return h(
    'svg',
    { class: 'swatch', viewBox: '0 0 10 10', 'aria-hidden': 'true' },
    h('rect', { width: 10, height: 10, rx: 2.5, fill: color.slice(0, 7), 'fill-opacity': opacityOf(color) }),
  );
}

function opacityOf(color: string): number | undefined {
  return color.length === 9 ? Math.round((Number.parseInt(color.slice(7), 16) / 255) * 100) / 100 : undefined;
}
