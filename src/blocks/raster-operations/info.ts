import { MEDIA } from '../../base/media-type.ts';
import { renderRasterInfoPage } from '../../html/raster-info-page.ts';
import { pathText } from '../../http/params/path.ts';
import { route, type MountedRoute, type Representation } from '../../http/route.ts';
import type { Extent } from '../../catalog/collection.ts';
import type { RasterInfo, RasterInfoFeature } from '../../model/rasters.ts';
import { infoDocument } from '../../services/raster-statistics/info-document.ts';
import { outlineOf } from '../../services/raster-statistics/outline.ts';
import { answerJson, answerPage, type AnswerAbout } from './answer-about.ts';
import { infoLinks } from './info-links.ts';
import type { OperationParts } from './operation-parts.ts';

interface InfoResult extends AnswerAbout<RasterInfo> {
  readonly extent: Extent;
}

/** What a raster holds, as JSON and as the GeoJSON feature of its outline. */
export function infoRoute({ collections }: OperationParts): MountedRoute {
  return route({
    id: 'rasters.info',
    path: '/collections/{collectionId}/info',
    summary: 'What a raster holds',
    tag: 'Rasters',
    parameters: { collectionId: pathText('collectionId', 'Id of the collection.') },
    representations: [
      answerJson<RasterInfo, InfoResult>('rasterInfo'),
      answerPage<RasterInfo, InfoResult>(renderRasterInfoPage),
      AS_FEATURE,
    ],
    async run({ collectionId }, { links, signal }) {
      const collection = collections.raster(collectionId);
      const { extent } = await collections.describe(collection, signal);
      const own = links.selfAndAlternates(`What ${collection.title} holds`);
      return { document: infoDocument(collection, [...own, ...infoLinks(collection, extent.bbox, links)]), collection, extent };
    },
  });
}

const AS_FEATURE: Representation<InfoResult> = {
  f: 'geojson',
  mediaType: MEDIA.geojson,
  schema: 'rasterInfoFeature',
  encode: ({ document: info, extent: { bbox } }) => {
    const feature: RasterInfoFeature = {
      type: 'Feature',
      ...(bbox === undefined ? {} : { bbox }),
      geometry: bbox === undefined ? null : outlineOf(bbox),
      properties: info,
    };
    return { content: JSON.stringify(feature) };
  },
};
