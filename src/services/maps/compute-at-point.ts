import { compile } from '../../algebra/compile.ts';
import type { Expression } from '../../algebra/expression.ts';
import type { RunContext } from '../../db/database.ts';
import type { PointsRequest, RasterSource } from '../rasters/raster-request.ts';
import type { RasterService } from '../rasters/raster-service.ts';

/** A position, and what is to be computed there of several sources. */
export interface PointFormula extends Pick<PointsRequest, 'rows' | 'nodata' | 'unscale'> {
  readonly sources: readonly RasterSource[];
  /** Over the names of the sources; absent: the numbers of the sources themselves. */
  readonly expressions: readonly Expression[] | undefined;
  readonly srid: number;
  /** Easting or longitude first. */
  readonly position: readonly [x: number, y: number];
}

/**
 * The numbers of the sources at a position, or of formulas over them; NaN where there is no data.
 * @throws AppError INVALID_PARAMETER for a name in a formula that no source has
 */
export async function computeAtPoint(rasters: RasterService, request: PointFormula, context: RunContext): Promise<readonly number[]> {
  const { sources, expressions, srid, position, ...rest } = request;
  const program =
    expressions === undefined
      ? undefined
      : compile(
          expressions,
          sources.map(({ name }) => name ?? ''),
        );
  const numbers = await Promise.all(
    sources.map(async ({ collection, band = 0 }) => {
      const points = Float64Array.of(...position);
      const [newest] = await rasters.points({ ...rest, collection, srid, points, bands: [band] }, context);
      return newest?.bands[0]?.[0] ?? Number.NaN;
    }),
  );
  if (program === undefined || expressions === undefined) return numbers;
  const outputs = expressions.map(() => new Float64Array(1));
  program.run(
    numbers.map((number) => Float64Array.of(number)),
    outputs,
  );
  return outputs.map((output) => output[0] ?? Number.NaN);
}
