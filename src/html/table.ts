import { element as h, type Child, type Element } from '../markup/element.ts';

/** A table that scrolls inside its own box (reachable by keyboard) when it is wider than the page. */
export function scrollTable(caption: string, columns: readonly Child[], rows: readonly (readonly Child[])[]): Element {
  return h(
    'div',
    { class: 'table-box', tabindex: 0, role: 'region', 'aria-label': caption },
    h(
      'table',
      {},
      h('caption', {}, caption),
      h(
        'thead',
        {},
        h(
          'tr',
          {},
          columns.map((column) => h('th', { scope: 'col' }, column)),
        ),
      ),
      h(
        'tbody',
        {},
        rows.map((row) =>
          h(
            'tr',
            {},
            row.map((cell) => h('td', { class: measure(cell) }, cell)),
          ),
        ),
      ),
    ),
  );
}

/** Dates and numbers read better in one line, sentences in few: the table scrolls. Other cells make do with what is left. */
function measure(cell: Child): 'short' | 'long' | undefined {
  if (typeof cell === 'number') return 'short';
  const parts = Array.isArray(cell) ? cell : [cell];
  const length = parts.reduce<number>((sum, part) => sum + (typeof part === 'string' ? part.length : 0), 0);
  if (length > 28) return 'long';
  return typeof cell === 'string' ? 'short' : undefined;
}

/** Terms and what they are; entries without a value are left out. */
export function factList(facts: readonly (readonly [term: string, value: Child])[]): Element {
  const known = facts.filter(([, value]) => value !== undefined && value !== false && value !== '');
  return h(
    'dl',
    { class: 'facts' },
    known.map(([term, value]) => h('div', {}, h('dt', {}, term), h('dd', {}, value))),
  );
}
