import { MEDIA } from '../base/media-type.ts';
import type { Representation, RequestContext } from './route.ts';

/** A document as JSON, obeying the named schema of src/model. */
export function json<Out>(schema: string, facts: Partial<Pick<Representation<Out>, 'mediaType' | 'aliases' | 'conformsTo' | 'f'>> = {}): Representation<Out> {
  return {
    f: 'json',
    mediaType: MEDIA.json,
    schema,
    ...facts,
    encode: (out) => ({ content: JSON.stringify(out) }),
  };
}

/** A document as a page. */
export function html<Out>(render: (out: Out, context: RequestContext) => string): Representation<Out> {
  return {
    f: 'html',
    mediaType: MEDIA.html,
    aliases: ['application/xhtml+xml'],
    encode: (out, context) => ({ content: render(out, context) }),
  };
}
