import type { Band, RasterCollection } from '../../catalog/collection.ts';
import { AppError } from '../../base/error.ts';
import type { RunContext } from '../../db/database.ts';
import type { WindowSize } from '../../image/encode-values.ts';
import type { GeoTiffOptions } from '../../image/geotiff/write-geotiff.ts';
import type { ValueBand, ValueFacts, ValueImage, ValueWindow } from '../../image/values.ts';
import { shiftGrid, type PixelWindow } from '../../raster/grid.ts';
import { allocatePlane, type Plane } from '../../raster/image.ts';
import type { Resampling } from '../../raster/resampling.ts';
import type { ValueCrsOf } from '../crs/value-crs.ts';
import { checkSize } from '../rasters/limits.ts';
import type { Target } from '../rasters/placement.ts';
import type { ValuesRequest, WindowValues } from '../rasters/raster-request.ts';
import type { RasterService } from '../rasters/raster-service.ts';
import type { Position } from '../rasters/read-rows.ts';
import { coverageSteps, type CoverageAxis } from './coverage-steps.ts';
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
  /** How a GeoTIFF of them is laid out. */
  readonly tiff?: GeoTiffOptions | undefined;
}

/** What a file says of a planned coverage besides its numbers. */
export async function coverageFacts({ valueCrs }: ReadTools, reading: CoverageReading, context: RunContext): Promise<ValueFacts> {
  const { collection, plan } = reading;
  return {
    width: plan.target.width,
    height: plan.target.height,
    grid: plan.target.grid,
    crs: await valueCrs(plan.crs.srid, context),
    bands: coverageSteps(plan.rows, plan.axes).flatMap(({ at }) =>
      plan.bands.flatMap((band) => {
        const known = collection.bands[band];
        return known === undefined ? [] : [{ ...valueBand(known, reading), place: placeOf(plan.axes, at) }];
      }),
    ),
    title: collection.title,
  };
}

/** What has no limit. */
const STREAMED = 'in the cells of the table f=geotiff, asc and xyz give any number of them';

/**
 * The numbers of a planned coverage: a plane for each field, of one step along its further axes after the other.
 * @throws AppError NOT_FOUND where no row has the values asked for, CONTENT_TOO_LARGE
 */
export async function readCoverage(tools: ReadTools, reading: CoverageReading, context: RunContext): Promise<ValueImage> {
  const { target } = reading.plan;
  const steps = stepsOf(reading);
  checkSize({ width: target.width, height: target.height * steps.length }, tools.rasters.limits, STREAMED);
  const facts = await coverageFacts(tools, reading, context);
  const planes: Plane[] = [];
  for (const step of steps) planes.push(...(await readStep(tools, step, steps.length === 1, context)));
  return { ...facts, planes };
}

/** The same, or a part of it, piece by piece, where the cells are the stored ones: bounded memory whatever the size. */
export async function* coverageWindows(
  tools: ReadTools,
  reading: CoverageReading & { readonly size: WindowSize; readonly part?: PixelWindow | undefined },
  context: RunContext,
): AsyncIterable<ValueWindow> {
  const { plan, size, part } = reading;
  const whole = part === undefined ? plan.target : partOf(plan.target, part);
  const [first, ...later] = stepsOf(reading);
  if (first === undefined) return;
  for await (const { bands, ...window } of windowsOf(tools, { ...first, target: whole, size }, context)) {
    const found = [bands];
    for (const step of later) {
      for await (const own of windowsOf(tools, { ...step, target: partOf(whole, window), size: window }, context)) found.push(own.bands);
    }
    const isBlank = found.every((own) => own === undefined);
    const planes = isBlank ? [] : found.flatMap((own) => own ?? missing(window, plan.bands.length));
    const { column, row, width, height } = window;
    yield { window: { column, row, width, height }, planes };
  }
}

/** What is read for each position along the axes of a coverage, or at once. */
type Step = Pick<ValuesRequest, 'collection' | 'target' | 'bands' | 'rows' | 'nodata' | 'unscale' | 'resampling' | 'clip'>;

function stepsOf({ collection, plan, resampling, nodata, unscale }: CoverageReading): readonly Step[] {
  const { target, bands, clip, isNative, isStored = isNative } = plan;
  const step = { collection, target, bands, nodata, unscale, clip, resampling: isStored ? ('nearest' as const) : resampling };
  return coverageSteps(plan.rows, plan.axes).map(({ rows }) => ({ ...step, rows }));
}

/** The planes of a step; where nothing lies they are without data. */
async function readStep({ rasters }: ReadTools, step: Step, isOne: boolean, context: RunContext): Promise<readonly Plane[]> {
  const values = await rasters.values(step, context);
  if (values === undefined && isOne && step.rows?.filter !== undefined) {
    throw new AppError('NOT_FOUND', { detail: `Collection "${step.collection.id}" has no row there with these values` });
  }
  return values?.bands ?? missing(step.target, step.bands.length);
}

function windowsOf(
  { rasters }: ReadTools,
  { size, ...step }: Step & { readonly size: WindowSize },
  context: RunContext,
): AsyncIterable<WindowValues> {
  return rasters.windows({ ...step, windowWidth: size.width, windowHeight: size.height }, context);
}

function placeOf(axes: readonly CoverageAxis[], at: readonly Position[]): ValueBand['place'] {
  return axes.map(({ name }, i) => ({ axis: name, value: at[i] ?? '' }));
}

function partOf(target: Target, { column, row, width, height }: PixelWindow): Target {
  return { ...target, grid: shiftGrid(target.grid, column, row), width, height };
}

function missing({ width, height }: WindowSize, count: number): readonly Plane[] {
  return Array.from({ length: count }, () => allocatePlane(width * height, false).fill(Number.NaN));
}

function valueBand(band: Band, { unscale = false, nodata, plan }: CoverageReading): ValueBand {
  const { name, title, unit, pixelType, color } = band;
  const isScaled = band.scale !== 1 || band.offset !== 0;
  return {
    name,
    description: title,
    unit,
    pixelType: unscale && isScaled ? '64BF' : pixelType,
    nodata: unscale && isScaled ? undefined : (nodata ?? band.nodata),
    // A file of fewer bands than its colours need is no picture.
    color: plan.bands.length >= 3 && plan.axes.length === 0 ? color : undefined,
    ...(unscale || !isScaled ? {} : { scale: band.scale, offset: band.offset }),
  };
}
