import { setImmediate } from 'node:timers/promises';
import { AppError } from '../../base/error.ts';
import { roundTo } from '../../base/round-to.ts';
import { groundDistance } from '../../crs/ground-distance.ts';
import type { RunContext } from '../../db/database.ts';
import type { RasterService } from '../rasters/raster-service.ts';
import type { References } from '../rasters/references.ts';
import { positionDecimals } from './position-decimals.ts';
import { computePoints, type ComputedPointsRequest } from './compute-points.ts';

/** A line over a collection. */
export interface ProfileRequest extends Pick<
  ComputedPointsRequest,
  'collection' | 'srid' | 'bands' | 'expressions' | 'rows' | 'nodata' | 'unscale'
> {
  /** x, y, x, y … in easting-northing order. */
  readonly line: Float64Array;
  /** How many samples, evenly spaced from the first position to the last, which are among them. */
  readonly samples: number;
  readonly interpolation: 'nearest' | 'bilinear';
}

/** Numbers along a line: `bands[band][sample]`, NaN without data. */
export interface Profile {
  /** x, y, x, y … in the CRS of the request, without digits that say nothing. */
  readonly positions: Float64Array;
  /** Metres along the ground from the beginning of the line, to a millimetre. */
  readonly distances: Float64Array;
  readonly bands: readonly Float64Array[];
}

/** Looks along lines. */
export interface ProfileService {
  /** @throws AppError INVALID_BODY when a position has no longitude and latitude */
  profile(request: ProfileRequest, context: RunContext): Promise<Profile>;
}

/** Of metres. */
const DISTANCE_DECIMALS = 3;

/** Positions are spaced evenly in metres along the ground, then looked up as points. */
export function createProfileService(rasters: RasterService, references: References): ProfileService {
  return {
    async profile({ line, srid, samples, ...request }, context) {
      const lonLat = Float64Array.from(line);
      const { forward, geographic } = await references(srid, 4326, context);
      await forward.run(lonLat, context);
      if (!lonLat.every(Number.isFinite)) {
        throw new AppError('INVALID_BODY', {
          detail: 'Cannot use this line: a position of it cannot be transformed to longitude and latitude',
        });
      }
      const reached = distancesAlong(lonLat);
      const { positions, distances } = spread(line, reached, samples);
      const [newest] = await computePoints(rasters, { ...request, srid, points: positions }, context);
      const outputs = request.expressions ?? request.bands ?? request.collection.bands;
      const bands = newest?.bands ?? outputs.map(() => new Float64Array(samples).fill(Number.NaN));
      // Thousands of samples take milliseconds to be told: others have their turn before.
      await setImmediate();
      const { collection } = request;
      const cell = srid === collection.srid ? collection.levels[0]?.pixelWidth : undefined;
      const decimals = positionDecimals(geographic, cell);
      return {
        positions: positions.map((value) => roundTo(value, decimals)),
        distances: distances.map((value) => roundTo(value, DISTANCE_DECIMALS)),
        bands,
      };
    },
  };
}

/** Metres from the beginning at which each position of a line lies. */
function distancesAlong(lonLat: Float64Array): Float64Array {
  const reached = new Float64Array(lonLat.length / 2);
  for (let n = 1; n < reached.length; n += 1) {
    const [x0 = 0, y0 = 0, x1 = 0, y1 = 0] = lonLat.subarray(2 * n - 2, 2 * n + 2);
    reached[n] = (reached[n - 1] ?? 0) + groundDistance([x0, y0], [x1, y1]);
  }
  return reached;
}

function spread(
  line: Float64Array,
  reached: Float64Array,
  samples: number,
): { readonly positions: Float64Array; readonly distances: Float64Array } {
  const positions = new Float64Array(samples * 2);
  const length = reached.at(-1) ?? 0;
  const distances = Float64Array.from({ length: samples }, (_, n) => (samples > 1 ? (length * n) / (samples - 1) : 0));
  let piece = 0;
  distances.forEach((distance, n) => {
    while (piece < reached.length - 2 && (reached[piece + 1] ?? 0) < distance) piece += 1;
    const [from, to] = [reached[piece] ?? 0, reached[piece + 1] ?? 0];
    const share = to > from ? (distance - from) / (to - from) : 0;
    const [x0 = 0, y0 = 0, x1 = x0, y1 = y0] = line.subarray(2 * piece, 2 * piece + 4);
    positions[2 * n] = x0 + (x1 - x0) * share;
    positions[2 * n + 1] = y0 + (y1 - y0) * share;
  });
  return { positions, distances };
}
