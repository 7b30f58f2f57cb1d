import type { Link } from '../base/link.ts';
import { element as h } from '../markup/element.ts';
import { renderLayout } from './layout.ts';
import type { PageContext } from './page-context.ts';
import { relativeTo, relativeUrl } from './relative-url.ts';

/** The API explorer: Swagger UI on the service's own OpenAPI document, at the address `definition`. */
export function renderApiPage(page: PageContext, definition: Link): string {
  return renderLayout(page, {
    title: 'API',
    styles: ['swagger-ui.css'],
    scripts: ['swagger-ui-bundle.js', 'explorer.js'],
    links: [{ ...definition, rel: 'alternate' }],
    main: [
      h('h1', {}, 'API'),
      h(
        'p',
        { class: 'lead' },
        'Every path and parameter, to read and to try. The same as a document: ',
        h('a', { href: relativeUrl(page, definition.href) }, 'OpenAPI 3.0'),
        '. Which standards it follows: ',
        h('a', { href: relativeTo(page, '/conformance') }, 'conformance'),
        '.',
      ),
      h(
        'div',
        { id: 'explorer', 'data-definition': relativeUrl(page, definition.href) },
        h('p', { class: 'quiet' }, 'The explorer appears here when scripts are on.'),
      ),
    ],
  });
}
