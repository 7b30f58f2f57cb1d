import type { RasterCollection } from '../../catalog/collection.ts';
import type { OfRaster } from '../../html/raster-page.ts';
import { html, json, type PageFacts } from '../../http/encodings.ts';
import type { Representation, RequestContext } from '../../http/route.ts';

/** An answer and the raster that it is about, which its page names. */
export interface AnswerAbout<Out> {
  readonly document: Out;
  readonly collection: RasterCollection;
}

/** An answer as JSON that obeys a schema of src/model. */
export function answerJson<Out, Answer extends AnswerAbout<Out>>(schema: string): Representation<Answer> {
  const { encode, ...facts } = json<Out>(schema);
  return { ...facts, encode: ({ document }, context) => encode(document, context) };
}

/** The same answer as a page. */
export function answerPage<Out, Answer extends AnswerAbout<Out> = AnswerAbout<Out>>(
  render: (document: Out, page: PageFacts, of: OfRaster) => string,
): Representation<Answer> {
  return html(({ document, collection }, page, context) => render(document, page, ofRaster(collection, context)));
}

/** What every page about a raster knows of it. */
export function ofRaster(collection: RasterCollection, { links }: RequestContext): OfRaster {
  return { collection, links: links.selfAndAlternates(collection.title) };
}
