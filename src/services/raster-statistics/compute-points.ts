import { compile } from '../../algebra/compile.ts';
import { variablesOf, type Expression } from '../../algebra/expression.ts';
import type { RunContext } from '../../db/database.ts';
import { expressionBands } from '../rasters/picture-plan.ts';
import type { PointsRequest, PointValues } from '../rasters/raster-request.ts';
import type { RasterService } from '../rasters/raster-service.ts';

/** Positions to look up, and what to compute there of the bands `b1` … `bn` instead of showing these. */
export interface ComputedPointsRequest extends PointsRequest {
  readonly expressions?: readonly Expression[] | undefined;
}

/**
 * Numbers under points, band by band or expression by expression; NaN without data.
 * @throws AppError INVALID_PARAMETER for bands that are not there
 */
export async function computePoints(
  rasters: Pick<RasterService, 'points'>,
  { expressions, ...request }: ComputedPointsRequest,
  context: RunContext,
): Promise<readonly PointValues[]> {
  if (expressions === undefined) return rasters.points(request, context);
  const { collection, points, nodata } = request;
  const bands = expressionBands(collection, expressions.flatMap(variablesOf));
  const fills = bands.map((band) => nodata ?? collection.bands[band]?.nodata ?? 0);
  const program = compile(
    expressions,
    bands.map((band) => `b${band + 1}`),
    fills,
  );
  const found = await rasters.points({ ...request, bands }, context);
  return found.map((entry) => {
    const outputs = expressions.map(() => new Float64Array(points.length / 2));
    program.run(entry.bands, outputs);
    return { ...entry, bands: outputs };
  });
}
