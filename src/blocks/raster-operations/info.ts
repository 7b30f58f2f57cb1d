import { MEDIA } from '../../base/media-type.ts';
import { renderRasterInfoPage } from '../../html/raster-info-page.ts';
import { pathText } from '../../http/params/path.ts';
import { route, type MountedRoute, type Representation, type Route } from '../../http/route.ts';
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

/** What a raster holds, as JSON and as the GeoJSON feature of its outline; the latter at TiTiler's address too. */
export function infoRoutes(parts: OperationParts): readonly MountedRoute[] {
  const [asJson, asPage] = [answerJson<RasterInfo, InfoResult>('rasterInfo'), answerPage<RasterInfo, InfoResult>(renderRasterInfoPage)];
  return [
    infoRoute(parts, { id: 'rasters.info', path: 'info', representations: [asJson, asPage, AS_FEATURE] }),
    infoRoute(parts, { id: 'rasters.info.geojson', path: 'info.geojson', representations: [AS_FEATURE], undocumented: true }),
  ];
}

type Spelling = Pick<Route<{ readonly collectionId: string }, InfoResult>, 'id' | 'path' | 'representations' | 'undocumented'>;

function infoRoute({ collections }: OperationParts, spelling: Spelling): MountedRoute {
  return route({
    ...spelling,
    path: `/collections/{collectionId}/${spelling.path}`,
    summary: 'What a raster holds',
    tag: 'Rasters',
    parameters: { collectionId: pathText('collectionId', 'Id of the collection.') },
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
