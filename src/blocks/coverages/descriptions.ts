import { json } from '../../http/encodings.ts';
import { pathText } from '../../http/params/path.ts';
import { route } from '../../http/route.ts';
import type { MountedRoute } from '../../http/route.ts';
import type { DomainSet, RangeType } from '../../model/coverages.ts';
import { domainSetDocument, rangeTypeDocument } from '../../services/coverages/coverage-documents.ts';
import type { CoverageParts } from './coverage-parts.ts';

/** `…/coverage/domainset` and `…/coverage/rangetype`: what clients of earlier drafts read first. */
export function descriptionRoutes(parts: CoverageParts): readonly MountedRoute[] {
  const collectionId = pathText('collectionId', 'Id of the collection.');
  return [
    route<{ readonly collectionId: string }, DomainSet>({
      id: 'coverages.collection.getDomainSet',
      path: '/collections/{collectionId}/coverage/domainset',
      summary: 'Where the cells of a coverage lie',
      tag: 'Coverages',
      parameters: { collectionId },
      representations: [json<DomainSet>('domainSet')],
      async run(input, context) {
        const collection = parts.collections.raster(input.collectionId);
        return domainSetDocument(parts.rasters.nativeTarget(collection), await parts.crs.stored(collection.srid, context));
      },
    }),
    route<{ readonly collectionId: string }, RangeType>({
      id: 'coverages.collection.getRangeType',
      path: '/collections/{collectionId}/coverage/rangetype',
      summary: 'What the numbers of a coverage mean',
      tag: 'Coverages',
      parameters: { collectionId },
      representations: [json<RangeType>('rangeType')],
      run: async (input) => rangeTypeDocument(parts.collections.raster(input.collectionId)),
    }),
  ];
}
