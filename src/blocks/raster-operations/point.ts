import { renderPointPage } from '../../html/point-page.ts';
import { numbersInPath } from '../../http/params/coordinates.ts';
import { pathText } from '../../http/params/path.ts';
import { crsParameter } from '../../http/params/raster/crs-parameter.ts';
import { lookOf, lookParameters, onlyOne } from '../../http/params/raster/look-parameters.ts';
import { rowParameters, rowsOf } from '../../http/params/raster/row-parameters.ts';
import { choiceParameter } from '../../http/params/scalar.ts';
import { route, type MountedRoute } from '../../http/route.ts';
import type { PointDocument } from '../../model/rasters.ts';
import { computePoints } from '../../services/raster-statistics/compute-points.ts';
import { outputNames } from '../../services/raster-statistics/output-names.ts';
import type { PointValues } from '../../services/rasters/raster-request.ts';
import { answerJson, answerPage, type AnswerAbout } from './answer-about.ts';
import type { OperationParts } from './operation-parts.ts';

const { bidx, expression, nodata, unscale } = lookParameters;

/** How a value is found under a position. */
export const interpolationParameter = choiceParameter(
  { name: 'interpolation', doc: '`nearest`: the value of the cell that holds the position; `bilinear`: between the centres of cells.' },
  ['nearest', 'bilinear'],
);

const resampling = choiceParameter({ name: 'resampling', doc: 'The same as `interpolation`, in the word of TiTiler.' }, [
  'nearest',
  'bilinear',
]);

/** Numbers under a point, of every time. */
export function pointRoute(parts: OperationParts): MountedRoute {
  return route({
    id: 'rasters.point',
    path: '/collections/{collectionId}/point/{coordinates}',
    summary: 'Values of a raster under a point',
    tag: 'Rasters',
    parameters: {
      collectionId: pathText('collectionId', 'Id of the collection.'),
      coordinates: numbersInPath('coordinates', 'Longitude and latitude, or easting and northing in `coord_crs`: `7.5,46.2`.', 2),
      coordCrs: crsParameter('coord_crs', 'The CRS of the coordinates, easting or longitude first; without it longitude, latitude.'),
      bidx,
      expression,
      nodata,
      unscale,
      interpolation: interpolationParameter,
      resampling,
      ...rowParameters,
    },
    representations: [answerJson<PointDocument, AnswerAbout<PointDocument>>('pointValues'), answerPage(renderPointPage)],
    async run({ collectionId, coordinates, coordCrs, interpolation, resampling: inTitiler, ...input }, context) {
      onlyOne({ interpolation, resampling: inTitiler });
      const collection = parts.collections.raster(collectionId);
      const srid = coordCrs?.srid ?? 4326;
      const points = Float64Array.from(coordinates);
      const look = lookOf(input);
      const request = { ...look, interpolation: interpolation ?? inTitiler, collection, srid, points, rows: rowsOf(input) };
      const values = await context.timed('database', () => computePoints(parts.rasters, request, context));
      return { document: pointDocument(coordinates, values, outputNames(collection, look, context.query.expression)), collection };
    },
  });
}

function pointDocument([x = 0, y = 0]: readonly number[], values: readonly PointValues[], names: readonly string[]): PointDocument {
  const numbers = (entry: PointValues | undefined): readonly (number | null)[] => names.map((_, n) => orNull(entry?.bands[n]?.[0]));
  return {
    coordinates: [x, y],
    values: numbers(values[0]),
    band_names: names,
    times: values.flatMap((entry) => (entry.time === undefined ? [] : [{ time: entry.time, values: numbers(entry) }])),
  };
}

/** JSON has no NaN: no data is null. */
export function orNull(value: number | undefined): number | null {
  return value === undefined || !Number.isFinite(value) ? null : value;
}
