import type { RasterCollection } from '../../catalog/collection.ts';
import { renderDomainSetPage, renderRangeTypePage } from '../../html/coverage-description-pages.ts';
import type { OfRaster } from '../../html/raster-page.ts';
import { html, json, type PageFacts } from '../../http/encodings.ts';
import { pathText } from '../../http/params/path.ts';
import { route } from '../../http/route.ts';
import type { MountedRoute, Representation } from '../../http/route.ts';
import type { DomainSet, RangeType } from '../../model/coverages.ts';
import { domainSetDocument, rangeTypeDocument } from '../../services/coverages/coverage-documents.ts';
import type { CoverageParts } from './coverage-parts.ts';

/** `…/coverage/domainset` and `…/coverage/rangetype`: what clients of earlier drafts read first. */
export function descriptionRoutes(parts: CoverageParts): readonly MountedRoute[] {
  const collectionId = pathText('collectionId', 'Id of the collection.');
  return [
    route<{ readonly collectionId: string }, Description<DomainSet>>({
      id: 'coverages.collection.getDomainSet',
      path: '/collections/{collectionId}/coverage/domainset',
      summary: 'Where the cells of a coverage lie',
      tag: 'Coverages',
      parameters: { collectionId },
      representations: representationsOf('domainSet', renderDomainSetPage),
      async run(input, context) {
        const collection = parts.collections.raster(input.collectionId);
        const crs = await parts.crs.stored(collection.srid, context);
        const { times } = await parts.drawables.get(collection.id, context);
        return { document: domainSetDocument(parts.rasters.nativeTarget(collection), crs, times?.instants), collection };
      },
    }),
    route<{ readonly collectionId: string }, Description<RangeType>>({
      id: 'coverages.collection.getRangeType',
      path: '/collections/{collectionId}/coverage/rangetype',
      summary: 'What the numbers of a coverage mean',
      tag: 'Coverages',
      parameters: { collectionId },
      representations: representationsOf('rangeType', renderRangeTypePage),
      async run(input) {
        const collection = parts.collections.raster(input.collectionId);
        return { document: rangeTypeDocument(collection), collection };
      },
    }),
  ];
}

interface Description<Document> {
  readonly document: Document;
  readonly collection: RasterCollection;
}

/** The document, and its page. */
function representationsOf<Document>(
  schema: string,
  render: (document: Document, page: PageFacts, of: OfRaster) => string,
): readonly Representation<Description<Document>>[] {
  const { encode, ...facts } = json<Document>(schema);
  return [
    { ...facts, encode: ({ document }, context) => encode(document, context) },
    html(({ document, collection }, page, { links }) =>
      render(document, page, { collection, links: links.selfAndAlternates(collection.title) }),
    ),
  ];
}
