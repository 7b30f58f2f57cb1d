import { element as h, type Element } from '../markup/element.ts';
import { figure } from './figure.ts';
import { scrollTable } from './table.ts';
import { count } from './value.ts';

const WIDTH = 640;
const HEIGHT = 150;

/** Counts of bins as bars between `edges` (one more than counts), or of classes (as many values as counts). */
export function histogram(label: string, counts: readonly number[], edges: readonly number[]): Element {
  const most = Math.max(1, ...counts);
  const step = WIDTH / Math.max(1, counts.length);
  const [first, last] = [figure(edges[0]), figure(edges.at(-1))];
  return h(
    'figure',
    { class: 'histogram' },
    h(
      'svg',
      {
        viewBox: `0 0 ${WIDTH} ${HEIGHT}`,
        role: 'img',
        'aria-label': `Histogram of ${label} from ${first} to ${last}`,
        preserveAspectRatio: 'none',
      },
      counts.map((pixels, i) => {
        const height = (pixels / most) * HEIGHT;
        return h('rect', {
          x: round(i * step + 0.5),
          y: round(HEIGHT - height),
          width: round(Math.max(0.5, step - 1)),
          height: round(height),
        });
      }),
    ),
    h('figcaption', {}, h('span', {}, first), h('span', {}, `the highest bar: ${count(most)} pixels`), h('span', {}, last)),
    h('details', { class: 'more' }, h('summary', {}, 'The bars in numbers'), bars(label, counts, edges)),
  );
}

function bars(label: string, counts: readonly number[], edges: readonly number[]): Element {
  const areClasses = edges.length === counts.length;
  return scrollTable(
    `Histogram of ${label}`,
    [...(areClasses ? ['Value'] : ['From', 'To']), 'Pixels'],
    counts.map((pixels, i) => [figure(edges[i]), ...(areClasses ? [] : [figure(edges[i + 1])]), count(pixels)]),
  );
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
