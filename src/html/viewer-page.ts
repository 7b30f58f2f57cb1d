import { element as h, type Element } from '../markup/element.ts';
import { PALETTE } from '../style/palette.ts';
import { renderLayout } from './layout.ts';
import type { PageContext } from './page-context.ts';

/** The map of everything. The list and the layers come from the service's own documents, read by `viewer.js`. */
export function renderViewerPage(page: PageContext): string {
  return renderLayout(page, {
    title: 'Map',
    shape: 'map',
    scripts: ['viewer.js'],
    main: [
      h('h1', { class: 'visually-hidden' }, `Map of ${page.title}`),
      h(
        'div',
        { class: 'viewer', 'data-viewer': true, 'data-palette': PALETTE.join(' ') },
        panel(),
        h(
          'div',
          { class: 'viewer-map', role: 'region', 'aria-label': 'Map' },
          h('p', { class: 'map-note' }, 'The map appears here when scripts are on.'),
        ),
      ),
    ],
  });
}

function panel(): Element {
  return h(
    'section',
    { class: 'panel', 'aria-label': 'Collections on the map' },
    h(
      'div',
      { class: 'panel-head' },
      h('h2', {}, 'Collections'),
      h(
        'button',
        {
          type: 'button',
          class: 'button small',
          'data-panel-toggle': 'Hide list|Show list',
          'aria-expanded': 'true',
          'aria-controls': 'panel-body',
        },
        'Hide list',
      ),
    ),
    h(
      'div',
      { class: 'panel-body', id: 'panel-body' },
      h('label', { class: 'visually-hidden', for: 'viewer-search' }, 'Find a collection'),
      h('input', { id: 'viewer-search', type: 'search', placeholder: 'Find a collection', autocomplete: 'off' }),
      h('p', { class: 'quiet', 'data-status': true, role: 'status' }, 'Reading the list …'),
      h('ul', { class: 'layers', 'data-layers': true }),
      h('button', { type: 'button', class: 'button small', 'data-more': true, hidden: true }, 'More'),
      h('section', {
        class: 'picked',
        'data-picked': true,
        hidden: true,
        'aria-live': 'polite',
        tabindex: -1,
        'aria-label': 'Features and values at this place',
      }),
    ),
  );
}
