import { MEDIA } from '../../base/media-type.ts';
import { crsParameter } from '../../http/params/raster/crs-parameter.ts';
import { rowsOf } from '../../http/params/raster/row-parameters.ts';
import { renderStatisticsPage } from '../../html/statistics-page.ts';
import { json } from '../../http/encodings.ts';
import { pathText } from '../../http/params/path.ts';
import { route, type MountedRoute, type RequestContext } from '../../http/route.ts';
import type { RasterStatistics, ZonalStatistics } from '../../model/rasters.ts';
import { outputNames } from '../../services/raster-statistics/output-names.ts';
import { statisticsDocument } from '../../services/raster-statistics/statistics-document.ts';
import { isMembers, polygonsBody, type SentFeature } from './geojson-body.ts';
import { answerJson, answerPage, type AnswerAbout } from './answer-about.ts';
import type { OperationParts } from './operation-parts.ts';
import {
  finenessOf,
  numbersLook,
  optionsOf,
  statisticsParameters,
  weightedParameter,
  type StatisticsInput,
} from './statistics-parameters.ts';

const PATH = '/collections/{collectionId}/statistics';
const collectionId = pathText('collectionId', 'Id of the collection.');
const coordCrs = crsParameter(
  'coord_crs',
  'The CRS of positions in the request, easting or longitude first; without it longitude, latitude.',
);

/** Statistics of a whole collection, by band. */
export function statisticsRoute(parts: OperationParts): MountedRoute {
  return route({
    id: 'rasters.statistics',
    path: PATH,
    summary: 'Statistics of a raster',
    tag: 'Rasters',
    parameters: { collectionId, ...statisticsParameters },
    representations: [answerJson<RasterStatistics, AnswerAbout<RasterStatistics>>('rasterStatistics'), answerPage(renderStatisticsPage)],
    cache: { collections: (path) => [parts.collections.get(path.collectionId ?? '').id] },
    run: async (input, context) => ({
      document: await statisticsOf(parts, input, context),
      collection: parts.collections.raster(input.collectionId),
    }),
  });
}

/** Statistics of what lies inside polygons: each feature comes back with them. */
export function zonalStatisticsRoute(parts: OperationParts): MountedRoute {
  return route({
    id: 'rasters.zonalStatistics',
    path: PATH,
    summary: 'Statistics of a raster inside polygons',
    tag: 'Rasters',
    parameters: { collectionId, ...statisticsParameters, weighted: weightedParameter, coordCrs },
    representations: [json<ZonalStatistics>('zonalStatistics', { mediaType: MEDIA.geojson, aliases: [MEDIA.json, 'geojson'] })],
    body: polygonsBody,
    async run(input, context, sent) {
      const zones = sent ?? { kind: 'FeatureCollection', features: [] };
      const features: ZonalStatistics[] = [];
      for (const feature of zones.features) {
        features.push(withStatistics(feature, await statisticsOf(parts, { ...input, feature }, context)));
      }
      const [only] = features;
      return zones.kind === 'Feature' && only !== undefined ? only : { type: 'FeatureCollection', features };
    },
  });
}

/** A feature as it was sent, with one property more. */
function withStatistics({ members: { geometry, properties, ...members } }: SentFeature, statistics: RasterStatistics): ZonalStatistics {
  return {
    ...members,
    type: 'Feature',
    geometry: isMembers(geometry) ? geometry : null,
    properties: { ...(isMembers(properties) ? properties : {}), statistics },
  };
}

interface ZonalInput extends StatisticsInput {
  readonly collectionId: string;
  readonly feature?: SentFeature;
  readonly weighted?: boolean | undefined;
  readonly coordCrs?: { readonly srid: number | undefined } | undefined;
}

async function statisticsOf(parts: OperationParts, input: ZonalInput, context: RequestContext): Promise<RasterStatistics> {
  const collection = parts.collections.raster(input.collectionId);
  const look = numbersLook(input);
  const options = optionsOf(input);
  const zone = input.feature === undefined ? undefined : { polygons: input.feature.polygons, srid: input.coordCrs?.srid ?? 4326 };
  const request = { collection, look, rows: rowsOf(input), zone, weighted: input.weighted ?? false, ...finenessOf(input) };
  const statistics = await context.timed('database', () => parts.statistics.statistics(request, options, context));
  return statisticsDocument(statistics, outputNames(collection, look, context.query.expression), options.percentiles);
}
