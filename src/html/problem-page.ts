import type { ErrorKind } from '../base/error.ts';
import { element as h, type Child } from '../markup/element.ts';
import type { Problem } from '../model/problem.ts';
import { renderLayout } from './layout.ts';
import type { PageContext } from './page-context.ts';
import { PROBLEM_EXPLANATIONS } from './problem-explanations.ts';
import { relativeTo, relativeUrl } from './relative-url.ts';
import { factList } from './table.ts';

/** A problem that happened, for people: what was wrong and where to go from here. */
export function renderProblemPage(problem: Problem, page: PageContext): string {
  const about = relativeUrl(page, problem.type);
  return renderLayout(page, {
    title: problem.title,
    main: [
      h('p', { class: 'status', 'aria-hidden': 'true' }, problem.status),
      h('h1', {}, problem.title),
      h('p', { class: 'lead' }, problem.detail),
      (problem.errors ?? []).length > 0 &&
        h(
          'ul',
          { class: 'faults' },
          problem.errors?.map((fault) => h('li', {}, h('code', {}, fault.name), ` (${fault.in}) `, fault.message)),
        ),
      h(
        'p',
        { class: 'actions' },
        h('a', { class: 'button strong', href: relativeTo(page, '/') }, 'To the start page'),
        h('a', { class: 'button', href: relativeTo(page, '/collections') }, 'Collections'),
        about !== undefined && h('a', { class: 'button', href: about }, 'About this problem'),
      ),
      factList([
        ['Status', problem.status],
        ['Instance', problem.instance !== undefined && h('code', {}, problem.instance)],
        ['Request id', problem.requestId !== undefined && h('code', {}, problem.requestId)],
      ]),
    ],
  });
}

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
