import type { ErrorKind } from '../base/error.ts';
import { element as h, type Child } from '../markup/element.ts';
import { renderLayout } from './layout.ts';
import type { PageContext } from './page-context.ts';
import { PROBLEM_EXPLANATIONS } from './problem-explanations.ts';
import { factList } from './table.ts';

/** The page that a problem's `type` leads to: what this kind means and what helps. */
export function renderProblemKindPage(kind: ErrorKind, page: PageContext): string {
  const [meaning, help] = PROBLEM_EXPLANATIONS[kind.slug] ?? [];
  const paragraph = (text: string | undefined, name?: string): Child => text !== undefined && h('p', { class: name }, text);
  return renderLayout(page, {
    title: kind.title,
    main: [
      h('p', { class: 'status', 'aria-hidden': 'true' }, kind.status),
      h('h1', {}, kind.title),
      paragraph(meaning, 'lead'),
      paragraph(help),
      factList([
        ['HTTP status', kind.status],
        ['Type', h('code', {}, `${page.root}/problems/${kind.slug}`)],
      ]),
      h('p', {}, 'Problems are answered as ', h('code', {}, 'application/problem+json'), ' (RFC 9457).'),
    ],
  });
}
