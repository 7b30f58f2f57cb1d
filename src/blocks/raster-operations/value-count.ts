import { crsParameter } from '../../http/params/raster/crs-parameter.ts';
import { rowsOf } from '../../http/params/raster/row-parameters.ts';
import { formatColor } from '../../color/parse-color.ts';
import { renderValueCountPage } from '../../html/value-count-page.ts';
import { html, json } from '../../http/encodings.ts';
import { pathText } from '../../http/params/path.ts';
import { route, type MountedRoute, type Representation, type RequestContext } from '../../http/route.ts';
import type { ValueCountsDocument } from '../../model/rasters.ts';
import { outputNames } from '../../services/raster-statistics/output-names.ts';
import { valueCountsDocument } from '../../services/raster-statistics/value-counts-document.ts';
import type { ColoringRequest } from '../../services/rasters/raster-request.ts';
import { answerJson, ofRaster, type AnswerAbout } from './answer-about.ts';
import { polygonsBody, type SentPolygons } from './geojson-body.ts';
import type { OperationParts } from './operation-parts.ts';
import { finenessOf, numbersLook, statisticsParameters, type StatisticsInput } from './statistics-parameters.ts';

const PATH = '/collections/{collectionId}/valuecount';
const { percentiles: _p, bins: _bins, range: _range, categorical: _categorical, categories: _c, ...shared } = statisticsParameters;
const parameters = { collectionId: pathText('collectionId', 'Id of the collection.'), ...shared };
const coordCrs = crsParameter(
  'coord_crs',
  'The CRS of positions in the request, easting or longitude first; without it longitude, latitude.',
);

/** How often each value occurs in a whole collection, and how much ground it covers. */
export function valueCountRoute(parts: OperationParts): MountedRoute {
  return route({
    id: 'rasters.valueCount',
    path: PATH,
    summary: 'How often each value of a raster occurs',
    tag: 'Rasters',
    parameters,
    representations: [answerJson<ValueCountsDocument, CountAnswer>('valueCounts'), page(parts)],
    cache: { collections: (path) => [parts.collections.get(path.collectionId ?? '').id] },
    run: async (input, context) => ({
      document: await countsOf(parts, input, context),
      collection: parts.collections.raster(input.collectionId),
      request: { look: numbersLook(input), rows: rowsOf(input) },
    }),
  });
}

/** The same inside polygons, all of them together. */
export function zonalValueCountRoute(parts: OperationParts): MountedRoute {
  return route({
    id: 'rasters.zonalValueCount',
    path: PATH,
    summary: 'How often each value of a raster occurs inside polygons',
    tag: 'Rasters',
    parameters: { ...parameters, coordCrs },
    representations: [json<ValueCountsDocument>('valueCounts')],
    body: polygonsBody,
    run: (input, context, sent) => countsOf(parts, { ...input, sent }, context),
  });
}

interface CountAnswer extends AnswerAbout<ValueCountsDocument> {
  /** What was counted, as pictures of it are asked for. */
  readonly request: Pick<ColoringRequest, 'look' | 'rows'>;
}

function page({ legends }: OperationParts): Representation<CountAnswer> {
  return html(async ({ document, collection, request }, facts, context) => {
    const legend = await legends.legend({ sources: [{ collection }], ...request }, context);
    const colors = legend.entries.flatMap(({ value, color }) =>
      legend.kind === 'classes' && value !== undefined ? [[value, formatColor(color)] as const] : [],
    );
    return renderValueCountPage(document, facts, { ...ofRaster(collection, context), colors: new Map(colors) });
  });
}

interface CountInput extends StatisticsInput {
  readonly collectionId: string;
  readonly sent?: SentPolygons | undefined;
  readonly coordCrs?: { readonly srid: number | undefined } | undefined;
}

async function countsOf(parts: OperationParts, input: CountInput, context: RequestContext): Promise<ValueCountsDocument> {
  const collection = parts.collections.raster(input.collectionId);
  const look = numbersLook(input);
  const polygons = input.sent?.features.flatMap((feature) => feature.polygons);
  const zone = polygons === undefined ? undefined : { polygons, srid: input.coordCrs?.srid ?? 4326 };
  const request = { collection, look, rows: rowsOf(input), zone, weighted: false, ...finenessOf(input) };
  const counts = await context.timed('database', () => parts.statistics.valueCounts(request, context));
  const shown = look.expressions === undefined ? (look.bands ?? collection.bands.map((_, n) => n)).map((n) => collection.bands[n]) : [];
  return valueCountsDocument(counts, outputNames(collection, look, context.query.expression), shown);
}
