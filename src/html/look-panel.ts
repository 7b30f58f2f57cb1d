import type { RasterCollection } from '../catalog/collection.ts';
import { element as h, type Child, type Element } from '../markup/element.ts';
import type { Algorithm } from '../raster/algorithms/algorithm.ts';
import { ALGORITHMS } from '../raster/algorithms/registry.ts';
import { PIXEL_SELECTIONS } from '../raster/pixel-selection.ts';
import { RESAMPLINGS } from '../raster/resampling.ts';
import { algorithmField, bandField, choice, hint, textField } from './look-fields.ts';
import { rampChoice } from './look-ramps.ts';
import type { PageContext } from './page-context.ts';

/** What the panel offers to choose from. */
export interface LookFacts {
  readonly collection: Pick<RasterCollection, 'id' | 'bands'>;
  /** The times of its rows; `instants` only where there are few enough to list, ascending. */
  readonly times?: { readonly first: string; readonly last: string; readonly instants: readonly string[] | undefined } | undefined;
}

const SELECTIONS: Readonly<Record<(typeof PIXEL_SELECTIONS)[number], string>> = {
  first: 'the newest on top',
  last: 'the oldest on top',
  highest: 'the highest value',
  lowest: 'the lowest value',
  mean: 'the mean',
  median: 'the median',
  count: 'how many there are',
};

/**
 * The form in which a raster's look is chosen. Fields are named as the parameters of its tiles; `look-form.js` makes their
 * query of it and wakes the form up, which without scripts stays asleep.
 */
export function lookForm(page: PageContext, facts: LookFacts): Element {
  return h(
    'form',
    { class: 'look', 'data-look': true, 'data-usual': facts.collection.bands.length < 3 ? 'band' : 'colors' },
    h('p', { class: 'quiet', 'data-look-note': true }, 'The look can be chosen here when scripts are on.'),
    h(
      'fieldset',
      { class: 'look-all', disabled: true, 'data-look-all': true },
      shown(facts),
      colors(page),
      facts.times !== undefined && time(facts.times),
      drawing(),
      h('p', {}, h('button', { type: 'button', class: 'button small', 'data-reset': true }, 'Reset the look')),
    ),
  );
}

function shown({ collection: { bands } }: LookFacts): Element {
  const several = bands.length > 1;
  return group(
    'What is shown',
    choice('Picture of', { id: 'look-show', 'data-show': true }, [
      ['', several ? 'the default bands' : 'the band'],
      ...(several
        ? ([
            ['band', 'one band'],
            ['colors', 'red, green, blue'],
          ] as const)
        : []),
      ['expression', 'an expression'],
    ]),
    several && h('div', { 'data-when': 'band', hidden: true }, bandField('Band', bands, 0)),
    several &&
      h(
        'div',
        { class: 'three', 'data-when': 'colors', hidden: true },
        ['Red', 'Green', 'Blue'].map((label, n) => bandField(label, bands, Math.min(n, bands.length - 1))),
      ),
    h(
      'div',
      { 'data-when': 'expression', hidden: true },
      textField('Expression', 'expression', several ? '(b2 - b1) / (b2 + b1)' : 'where(b1 > 0, b1, 0)'),
      hint(several ? `Bands are b1 to b${bands.length}; a semicolon stands between outputs.` : 'The band is b1.'),
    ),
    choice('Algorithm', { id: 'look-algorithm', name: 'algorithm', 'data-algorithms': true }, [
      ['', 'none'],
      ...offered(bands.length).map(({ name, title }) => [name, title] as const),
    ]),
    offered(bands.length).map(algorithmParameters),
    fault('algorithm'),
  );
}

/** The algorithms that so many bands are enough for. */
function offered(bands: number): readonly Algorithm[] {
  return [...ALGORITHMS.values()].filter(({ inputs }) => inputs.least <= bands);
}

function algorithmParameters({ name, title, description, range, output, parameters }: Algorithm): Element {
  const known = parameters.filter(({ schema }) => schema['type'] !== 'object' && !schema.description.startsWith('Accepted'));
  return h(
    'fieldset',
    { class: 'algorithm', 'data-algorithm': name, 'data-range': range?.join(), 'data-output': output, disabled: true, hidden: true },
    h('legend', { class: 'visually-hidden' }, title),
    hint(description),
    known.map((parameter) => algorithmField(name, parameter)),
  );
}

function colors(page: PageContext): Element {
  return h(
    'fieldset',
    { 'data-colors': true },
    h('legend', {}, 'Colours'),
    rampChoice(page),
    h(
      'label',
      { class: 'check', for: 'look-reversed' },
      h('input', { id: 'look-reversed', type: 'checkbox', 'data-reversed': true }),
      'Reversed',
    ),
    fault('colormap_name'),
    edge('Lowest value', 'min'),
    edge('Highest value', 'max'),
    fault('rescale'),
    h(
      'p',
      { class: 'range-line' },
      h('span', { class: 'quiet', 'data-range-note': true }, 'Chosen from the values.'),
      h('button', { type: 'button', class: 'button small', 'data-automatic': true, hidden: true }, 'Automatic'),
    ),
  );
}

function edge(label: string, which: 'min' | 'max'): Element {
  return h(
    'div',
    { class: 'edge' },
    h('label', { class: 'look-label', for: `look-${which}` }, label),
    h('label', { class: 'visually-hidden', for: `look-${which}-slider` }, `${label}, slider`),
    h('input', { id: `look-${which}-slider`, type: 'range', min: 0, max: 1, step: 'any', 'data-slider': which, disabled: true }),
    h('input', { id: `look-${which}`, type: 'number', step: 'any', 'data-number': which }),
  );
}

function time({ first, last, instants }: NonNullable<LookFacts['times']>): Element {
  if (instants === undefined) {
    return group(
      'Time',
      textField('Instant or interval', 'datetime', `${day(first)}/${day(last)}`),
      hint(`From ${day(first)} to ${day(last)}.`),
    );
  }
  return group(
    'Time',
    choice('Instant', { id: 'look-datetime', name: 'datetime', 'data-times': true }, [
      ['', 'all times'],
      ...instants.toReversed().map((instant) => [instant, day(instant)] as const),
    ]),
    instants.length > 1 &&
      h(
        'div',
        { class: 'line' },
        h('label', { class: 'visually-hidden', for: 'look-time' }, 'Time, from the oldest to the newest'),
        h('input', {
          id: 'look-time',
          type: 'range',
          min: 0,
          max: instants.length - 1,
          step: 1,
          value: instants.length - 1,
          'data-time-slider': true,
        }),
      ),
    fault('datetime'),
  );
}

function drawing(): Element {
  return group(
    'Drawing',
    choice('Resampling', { id: 'look-resampling', name: 'resampling' }, [
      ['', 'as suits the values'],
      ...RESAMPLINGS.map((name) => [name, name.replace('_', ' ')] as const),
    ]),
    choice('Where rasters overlap', { id: 'look-selection', name: 'pixel_selection' }, [
      ['', 'the newest on top'],
      ...PIXEL_SELECTIONS.filter((name) => name !== 'first').map((name) => [name, SELECTIONS[name]] as const),
    ]),
    h(
      'div',
      { class: 'line' },
      h('label', { class: 'look-label', for: 'look-opacity' }, 'Opacity'),
      h('input', { id: 'look-opacity', type: 'range', min: 0, max: 100, value: 100, 'data-opacity': true }),
    ),
  );
}

function group(title: string, ...content: readonly Child[]): Element {
  return h('fieldset', {}, h('legend', {}, title), content);
}

/** Where the server's objection to a parameter is shown. */
function fault(name: string): Element {
  return h('p', { class: 'fault', 'data-fault': name, role: 'alert', hidden: true });
}

function day(instant: string): string {
  return instant.replace(/T00:00:00Z$/, '').replace('T', ' ');
}
