import { element as h } from '../markup/element.ts';
import type { AlgorithmDocument, AlgorithmsDocument } from '../model/rasters.ts';
import { copyBox } from './copy-box.ts';
import { renderLayout } from './layout.ts';
import type { PageContext } from './page-context.ts';
import { relativeTo } from './relative-url.ts';
import { factList, scrollTable } from './table.ts';

/** All algorithms with a sentence each. */
export function renderAlgorithmsPage(document: AlgorithmsDocument, page: PageContext): string {
  return renderLayout(page, {
    title: 'Algorithms',
    links: document.links,
    main: [
      h('h1', {}, 'Algorithms'),
      h(
        'p',
        { class: 'lead' },
        'What an expression cannot say: give a name as ',
        h('code', {}, 'algorithm'),
        ' with a picture of a raster.',
      ),
      scrollTable(
        'Algorithms',
        ['Algorithm', 'About'],
        document.algorithms.map(({ id, title, description }) => [
          [h('a', { href: relativeTo(page, `/algorithms/${encodeURIComponent(id)}`) }, title), h('br'), h('code', {}, id)],
          description,
        ]),
      ),
    ],
  });
}

/** One algorithm: what goes in and out, and how to ask for it. */
export function renderAlgorithmPage(document: AlgorithmDocument, page: PageContext): string {
  const { id, title, description, inputs, outputs, parameters } = document;
  const rows = Object.entries(parameters);
  const defaults = Object.fromEntries(rows.flatMap(([name, schema]) => ('default' in schema ? [[name, schema['default']]] : [])));
  const most = inputs.maxbands ?? inputs.nbands;
  return renderLayout(page, {
    title,
    description,
    crumbs: [{ title: 'Algorithms', path: '/algorithms' }],
    links: document.links,
    main: [
      h('h1', {}, title),
      h('p', { class: 'lead' }, description),
      factList([
        ['Name', h('code', {}, id)],
        ['Takes', bandCount(inputs.nbands, most)],
        ['Gives', outputs.kind === 'rgb' ? 'red, green and blue' : 'values, stretched and coloured like those of a band'],
        ['Drawn from', outputs.min === undefined ? undefined : `${outputs.min.join()} to ${outputs.max?.join() ?? ''}`],
      ]),
      copyBox('In a request for a map or a tile', request(id, defaults)),
      rows.length > 0 &&
        h(
          'section',
          {},
          h('h2', {}, 'Parameters'),
          scrollTable(
            'Parameters',
            ['Name', 'Type', 'Default', 'About'],
            rows.map(([name, schema]) => [
              h('code', {}, name),
              text(schema['type']),
              schema['default'] === undefined ? undefined : h('code', {}, text(schema['default'])),
              [schema.description, bounds(schema)],
            ]),
          ),
        ),
    ],
  });
}

function bandCount(least: number, most: number): string {
  const bands = (count: number): string => (count === 1 ? 'one band' : `${count} bands`);
  if (least === most) return bands(least);
  return most >= 1024 ? 'all bands' : `${bands(least)} to ${bands(most)}`;
}

function request(id: string, defaults: Readonly<Record<string, unknown>>): string {
  const params = Object.keys(defaults).length === 0 ? '' : `&algorithm_params=${JSON.stringify(defaults)}`;
  return `algorithm=${id}${params}`;
}

function bounds(schema: Readonly<Record<string, unknown>>): string {
  if (typeof schema['minimum'] === 'number') return ` From ${text(schema['minimum'])} to ${text(schema['maximum'])}.`;
  return Array.isArray(schema['enum']) ? ` One of ${schema['enum'].join(', ')}.` : '';
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
}
