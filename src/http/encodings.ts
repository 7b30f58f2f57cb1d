import { MEDIA } from '../base/media-type.ts';
import type { Representation, RequestContext } from './route.ts';

/** A document as JSON, obeying the named schema of src/model. */
export function json<Out>(
  schema: string,
  facts: Partial<Pick<Representation<Out>, 'mediaType' | 'aliases' | 'conformsTo' | 'f'>> = {},
): Representation<Out> {
  return {
    f: 'json',
    mediaType: MEDIA.json,
    schema,
    ...facts,
    encode: (out) => ({ content: JSON.stringify(out) }),
  };
}

/** What a page knows of the request besides its document. */
export interface PageFacts {
  /** Absolute URL of the landing page without a trailing slash. */
  readonly root: string;
  /** Path of the page below the root. */
  readonly path: string;
  /** Name of the whole service. */
  readonly title: string;
  readonly query: Readonly<Record<string, string>>;
}

/** A document as a page. */
export function html<Out>(render: (out: Out, page: PageFacts, context: RequestContext) => string | Promise<string>): Representation<Out> {
  return {
    f: 'html',
    mediaType: MEDIA.html,
    aliases: ['application/xhtml+xml'],
    encode: async (out, context) => ({ content: await render(out, pageFacts(context), context) }),
  };
}

/** The facts that every page gets. */
function pageFacts(context: RequestContext): PageFacts {
  return {
    root: context.links.root,
    path: context.path,
    title: context.serviceTitle,
    query: context.query,
  };
}
