import type { Band, RasterCollection } from '../../catalog/collection.ts';
import { AppError } from '../../base/error.ts';
import type { RunContext } from '../../db/database.ts';
import type { WindowSize } from '../../image/encode-values.ts';
import type { ValueBand, ValueFacts, ValueImage, ValueWindow } from '../../image/values.ts';
import { shiftGrid, type PixelWindow } from '../../raster/grid.ts';
import { allocatePlane } from '../../raster/image.ts';
import type { Resampling } from '../../raster/resampling.ts';
import { clipPlanes } from '../../render/clip.ts';
import type { ValueCrsOf } from '../crs/value-crs.ts';
import type { RasterService } from '../rasters/raster-service.ts';
import type { CoveragePlan } from './plan-coverage.ts';

/** What coverages are read with. */
export interface ReadTools {
  readonly rasters: RasterService;
  readonly valueCrs: ValueCrsOf;
}

/** A planned coverage and how its values are made. */
export interface CoverageReading {
  readonly collection: RasterCollection;
  readonly plan: CoveragePlan;
  readonly resampling?: Resampling | undefined;
  readonly nodata?: number | undefined;
  readonly unscale?: boolean | undefined;
}

/** What a file says of a planned coverage besides its numbers. */
export async function coverageFacts({ valueCrs }: ReadTools, reading: CoverageReading, context: RunContext): Promise<ValueFacts> {
  const { collection, plan } = reading;
  return {
    width: plan.target.width,
    height: plan.target.height,
    grid: plan.target.grid,
    crs: await valueCrs(plan.crs.srid, context),
    bands: plan.bands.flatMap((band) => {
      const known = collection.bands[band];
      return known === undefined ? [] : [valueBand(known, reading, plan.bands.length)];
    }),
    title: collection.title,
  };
}

/** The numbers of a planned coverage. @throws AppError NOT_FOUND where no row lies, CONTENT_TOO_LARGE */
export async function readCoverage(tools: ReadTools, reading: CoverageReading, context: RunContext): Promise<ValueImage> {
  const { collection, plan, resampling, nodata, unscale } = reading;
  const { target, bands, rows } = plan;
  const [facts, values] = await Promise.all([
    coverageFacts(tools, reading, context),
    tools.rasters.values(
      { collection, target, bands, rows, nodata, unscale, resampling: plan.isNative || plan.isStored === true ? 'nearest' : resampling },
      context,
    ),
  ]);
  const planes = values?.bands ?? bands.map(() => allocatePlane(target.width * target.height, false).fill(Number.NaN));
  if (values === undefined && rows.filter !== undefined) {
    throw new AppError('NOT_FOUND', { detail: `Collection "${collection.id}" has no row there with these values` });
  }
  if (plan.clip !== undefined) clipPlanes(planes, target, plan.clip);
  return { ...facts, planes };
}

/** The same, or a part of it, piece by piece, where the cells are the stored ones: bounded memory whatever the size. */
export async function* coverageWindows(
  tools: ReadTools,
  reading: CoverageReading & { readonly size: WindowSize; readonly part?: PixelWindow | undefined },
  context: RunContext,
): AsyncIterable<ValueWindow> {
  const { collection, plan, nodata, unscale, size, part } = reading;
  const { bands, rows } = plan;
  const target =
    part === undefined
      ? plan.target
      : { ...plan.target, grid: shiftGrid(plan.target.grid, part.column, part.row), width: part.width, height: part.height };
  for await (const { bands: planes, column, row, width, height, grid } of tools.rasters.windows(
    { collection, target, bands, rows, nodata, unscale, windowWidth: size.width, windowHeight: size.height },
    context,
  )) {
    if (planes !== undefined && plan.clip !== undefined) clipPlanes(planes, { grid, width, height }, plan.clip);
    yield { window: { column, row, width, height }, planes: planes ?? [] };
  }
}

function valueBand(band: Band, { unscale = false, nodata }: CoverageReading, count: number): ValueBand {
  const { name, title, unit, pixelType, color } = band;
  const isScaled = band.scale !== 1 || band.offset !== 0;
  return {
    name,
    description: title,
    unit,
    pixelType: unscale && isScaled ? '64BF' : pixelType,
    nodata: unscale && isScaled ? undefined : (nodata ?? band.nodata),
    // A file of fewer bands than its colours need is no picture.
    color: count >= 3 ? color : undefined,
    ...(unscale || !isScaled ? {} : { scale: band.scale, offset: band.offset }),
  };
}
