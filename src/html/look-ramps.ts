import { element as h, type Element } from '../markup/element.ts';
import { COLOR_MAP_FAMILIES } from './color-map-families.ts';
import type { PageContext } from './page-context.ts';
import { relativeTo } from './relative-url.ts';

/** A list of the named colour maps by their pictures, closed until it is wanted: the pictures load only then. */
export function rampChoice(page: PageContext): Element {
  return h(
    'details',
    { class: 'ramps', 'data-ramps': true },
    h(
      'summary',
      {},
      h('span', { class: 'look-label' }, 'Colour map'),
      h('img', { alt: '', width: 256, height: 20, hidden: true, 'data-ramp': true }),
      h('span', { 'data-ramp-name': true }, 'default'),
    ),
    h(
      'div',
      { class: 'ramp-list', role: 'radiogroup', 'aria-label': 'Colour map' },
      h('label', { for: 'ramp-' }, radio(''), h('span', {}, 'default')),
      COLOR_MAP_FAMILIES.map(([title, names]) => [
        h('p', { class: 'quiet' }, title),
        names.map((name) => h('label', { for: `ramp-${name}` }, radio(name), picture(page, name), h('span', {}, name))),
      ]),
    ),
  );
}

function radio(name: string): Element {
  return h('input', { id: `ramp-${name}`, type: 'radio', name: 'colormap_name', value: name, checked: name === '' });
}

function picture(page: PageContext, name: string): Element {
  return h('img', { src: `${relativeTo(page, `/colorMaps/${name}`)}?f=png`, alt: '', width: 256, height: 20, loading: 'lazy' });
}
