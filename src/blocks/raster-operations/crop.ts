import { AppError } from '../../base/error.ts';
import { orderBox, type RawBox } from '../../base/raw-box.ts';
import { backgroundOf, backgroundParameters, type BackgroundInput } from '../../http/params/raster/background-parameters.ts';
import { lookOf, lookParameters, type LookInput } from '../../http/params/raster/look-parameters.ts';
import { clipParameters, type ClipInput } from '../../http/params/raster/clip-parameters.ts';
import { crsParameter } from '../../http/params/raster/crs-parameter.ts';
import { rowParameters, rowsOf, type RowInput } from '../../http/params/raster/row-parameters.ts';
import { integerParameter } from '../../http/params/scalar.ts';
import type { Parameter } from '../../http/parameter.ts';
import { turnedRings } from '../../services/clips/turned-rings.ts';
import { LONGEST_SIDE } from '../../services/rasters/limits.ts';
import type { RequestContext } from '../../http/route.ts';
import type { CrsName } from '../../crs/crs-uri.ts';
import type { Crs } from '../../services/crs/crs-service.ts';
import { planCrop } from '../../services/crops/plan-crop.ts';
import type { Crop } from '../../services/crops/write-crop.ts';
import { outputNames } from '../../services/raster-statistics/output-names.ts';
import type { OperationParts } from './operation-parts.ts';

const DEFAULT_SIZE = 1024;

/** Values of `cropParameters`. */
export interface CropInput extends LookInput, RowInput, ClipInput, Pick<BackgroundInput, 'bgcolor' | 'transparent'> {
  readonly width?: number | undefined;
  readonly height?: number | undefined;
  readonly maxSize?: number | undefined;
  readonly dstCrs?: CrsName | undefined;
}

/** What may be said of pictures and files of a part of a raster. */
export const cropParameters: { readonly [K in keyof Required<CropInput>]: Parameter<CropInput[K]> } = {
  ...lookParameters,
  ...rowParameters,
  ...clipParameters,
  bgcolor: backgroundParameters.bgcolor,
  transparent: backgroundParameters.transparent,
  width: integerParameter({ name: 'width', doc: 'Columns of the result.' }, { minimum: 1, limit: LONGEST_SIDE }),
  height: integerParameter(
    { name: 'height', doc: 'Rows of the result; of width and height the other follows from the shape.' },
    { minimum: 1, limit: LONGEST_SIDE },
  ),
  maxSize: integerParameter(
    { name: 'max_size', doc: `Pixels of the longer side at most, where no size is given; ${DEFAULT_SIZE} unless given.` },
    { minimum: 1, limit: LONGEST_SIDE },
  ),
  dstCrs: crsParameter('dst_crs', 'The CRS of the result; without it that of the request.'),
};

/** What is to be cut: a box in easting-northing order (in degrees west > east crosses the antimeridian) with its CRS, and polygons in that CRS. */
export interface CropArea {
  readonly crs: CrsName | undefined;
  readonly bbox?: RawBox | undefined;
  readonly polygons?: readonly (readonly Float64Array[])[] | undefined;
}

/** Plans a crop. @throws AppError as planning does, and for what is not there */
export async function cropOf(
  parts: OperationParts,
  { collectionId, area, input }: { readonly collectionId: string; readonly area: CropArea; readonly input: CropInput },
  context: RequestContext,
): Promise<Crop> {
  const collection = parts.collections.raster(collectionId);
  if (area.polygons !== undefined && input.clip !== undefined)
    throw new AppError('CONFLICTING_PARAMETERS', { detail: 'Cannot use clip: the body already says what is cut' });
  const look = lookOf(input);
  const crs = area.crs === undefined ? await parts.crs.crs84(context) : await parts.crs.named(area.crs, context);
  const outputCrs = input.dstCrs === undefined ? undefined : await parts.crs.named(input.dstCrs, context);
  const { width, height, maxSize = DEFAULT_SIZE } = input;
  const bbox = area.bbox === undefined ? undefined : orderBox(area.bbox, { northingFirst: false, geographic: crs.geographic });
  const target = await planCrop(parts, { collection, bbox, crs, outputCrs, width, height, maxSize }, context);
  const clip =
    area.polygons === undefined
      ? await clipOf(parts, { input, target }, context)
      : await moved(parts, { rings: area.polygons.flat(), from: crs, to: outputCrs ?? crs }, context);
  const outputs = outputNames(collection, look, context.query.expression ?? context.query.formula);
  return { collection, target, look, rows: rowsOf(input), clip, outputs, background: backgroundOf(input).data };
}

/** The area of the feature of `clip` where the result shows it. */
async function clipOf(
  { clips, crs }: OperationParts,
  { input, target }: { readonly input: CropInput; readonly target: Crop['target'] },
  context: RequestContext,
): Promise<Crop['clip']> {
  const rings = await clips.rings(input, target.srid, context);
  if (rings === undefined) return undefined;
  const { grid, width, height } = target;
  const bbox = [grid.originX, grid.originY + height * grid.scaleY, grid.originX + width * grid.scaleX, grid.originY] as const;
  return turnedRings(rings, bbox, await crs.stored(target.srid, context));
}

async function moved(
  { crs }: OperationParts,
  { rings, from, to }: { readonly rings: readonly Float64Array[]; readonly from: Crs; readonly to: Crs },
  context: RequestContext,
): Promise<readonly Float64Array[]> {
  const copies = rings.map((ring) => Float64Array.from(ring));
  if (from.srid !== to.srid) for (const ring of copies) await crs.move(ring, from, to, context);
  return copies;
}
