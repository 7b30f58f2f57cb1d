import { json } from '../../http/encodings.ts';
import { pathText } from '../../http/params/path.ts';
import { crsParameter } from '../../http/params/raster/crs-parameter.ts';
import { lookOf, lookParameters } from '../../http/params/raster/look-parameters.ts';
import { rowParameters, rowsOf } from '../../http/params/raster/row-parameters.ts';
import { integerParameter } from '../../http/params/scalar.ts';
import { route, type MountedRoute } from '../../http/route.ts';
import type { ProfileDocument } from '../../model/rasters.ts';
import { outputNames } from '../../services/raster-statistics/output-names.ts';
import { lineBody } from './geojson-body.ts';
import type { OperationParts } from './operation-parts.ts';
import { interpolationParameter, orNull } from './point.ts';

const { bidx, expression, nodata, unscale } = lookParameters;
const DEFAULT_SAMPLES = 256;
/** Samples of one profile. */
export const MAX_SAMPLES = 10_000;

/** Numbers along a line that the request brings. */
export function profileRoute(parts: OperationParts): MountedRoute {
  return route({
    id: 'rasters.profile',
    path: '/collections/{collectionId}/profile',
    summary: 'Values of a raster along a line',
    tag: 'Rasters',
    parameters: {
      collectionId: pathText('collectionId', 'Id of the collection.'),
      samples: integerParameter(
        { name: 'samples', doc: `How many samples, evenly spaced along the ground; ${DEFAULT_SAMPLES} unless given.` },
        { minimum: 2, limit: MAX_SAMPLES },
      ),
      coordCrs: crsParameter('coord_crs', 'The CRS of the line, easting or longitude first; without it longitude, latitude.'),
      bidx,
      expression,
      nodata,
      unscale,
      interpolation: interpolationParameter,
      ...rowParameters,
    },
    representations: [json<ProfileDocument>('profile')],
    body: lineBody,
    async run({ collectionId, coordCrs, interpolation = 'bilinear', ...input }, context, line) {
      const collection = parts.collections.raster(collectionId);
      const look = lookOf(input);
      const request = {
        ...input,
        ...look,
        collection,
        interpolation,
        line: line ?? new Float64Array(0),
        srid: coordCrs?.srid ?? 4326,
        samples: input.samples ?? DEFAULT_SAMPLES,
        rows: rowsOf(input),
      };
      const profile = await context.timed('database', () => parts.profiles.profile(request, context));
      const { positions, distances } = profile;
      return {
        band_names: outputNames(collection, look, context.query.expression),
        length: distances.at(-1) ?? 0,
        samples: Array.from(distances, (distance, n) => ({
          coordinates: [positions[2 * n] ?? 0, positions[2 * n + 1] ?? 0] as const,
          distance,
          values: profile.bands.map((band) => orNull(band[n])),
        })),
      };
    },
  });
}
