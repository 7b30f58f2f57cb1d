import { AppError } from '../../base/error.ts';
import { MEDIA } from '../../base/media-type.ts';
import { never } from '../../base/never.ts';
import { orderBox, type RawBox } from '../../base/raw-box.ts';
import { backgroundOf, backgroundParameters, type BackgroundInput } from '../../http/params/raster/background-parameters.ts';
import { lookOf, lookParameters, type LookInput } from '../../http/params/raster/look-parameters.ts';
import { clipParameters, type ClipInput } from '../../http/params/raster/clip-parameters.ts';
import { crsParameter } from '../../http/params/raster/crs-parameter.ts';
import { rowParameters, rowsOf, type RowInput } from '../../http/params/raster/row-parameters.ts';
import { integerParameter } from '../../http/params/scalar.ts';
import type { Parameter } from '../../http/parameter.ts';
import { LONGEST_SIDE } from '../../services/rasters/limits.ts';
import type { Body, Representation, RequestContext } from '../../http/route.ts';
import type { CrsName } from '../../crs/crs-uri.ts';
import type { Crs } from '../../services/crs/crs-service.ts';
import { planCrop } from '../../services/crops/plan-crop.ts';
import { writeCropPicture, writeCropText, writeCropValues, type Crop, type WrittenCrop } from '../../services/crops/write-crop.ts';
import { outputNames } from '../../services/raster-statistics/output-names.ts';
import type { OperationParts } from './operation-parts.ts';

/** `f=` keys of crops, which are their extensions in paths too. */
export type CropFormat = 'png' | 'jpeg' | 'webp' | 'avif' | 'geotiff' | 'cog' | 'npy' | 'asc' | 'xyz' | 'raw';

/** The format that the end of a path names. */
export const EXTENSIONS: Readonly<Record<string, CropFormat>> = {
  png: 'png',
  jpg: 'jpeg',
  jpeg: 'jpeg',
  webp: 'webp',
  avif: 'avif',
  tif: 'geotiff',
  tiff: 'geotiff',
  npy: 'npy',
  asc: 'asc',
  xyz: 'xyz',
  bin: 'raw',
  raw: 'raw',
};

const FORMATS: readonly CropFormat[] = ['png', 'jpeg', 'webp', 'avif', 'geotiff', 'cog', 'npy', 'asc', 'xyz', 'raw'];
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

/** What is to be cut out, how it looks, and the format that a path names. */
export interface CropResult {
  readonly crop: Crop;
  readonly extension: CropFormat | undefined;
}

/** Size and format at the end of a path: `256x256.png`, `.tif`. */
export interface CropFile {
  readonly width: number | undefined;
  readonly height: number | undefined;
  readonly extension: CropFormat | undefined;
}

/** The last segment of a path, `256x256` with or without an extension. @throws AppError INVALID_PARAMETER, CONTENT_TOO_LARGE */
export const sizeFile: Parameter<CropFile> = {
  name: 'size',
  in: 'path',
  doc: 'Width and height in pixels, and a format: `256x256.png`.',
  schema: { type: 'string', pattern: '^\\d+x\\d+(\\.\\w+)?$' },
  parse(raw = '') {
    const { text, extension } = splitExtension(raw);
    const [, width = '', height = ''] = /^(\d{1,6})x(\d{1,6})$/.exec(text) ?? [];
    const [across, down] = [Number(width), Number(height)];
    if (across < 1 || down < 1)
      throw new AppError('INVALID_PARAMETER', {
        detail: `Cannot parse size "${raw.slice(0, 40)}": expected width and height of at least 1, as in 256x256.png`,
      });
    if (across > LONGEST_SIDE || down > LONGEST_SIDE)
      throw new AppError('CONTENT_TOO_LARGE', { detail: `The size is ${text}: at most ${LONGEST_SIDE} pixels a side are answered` });
    return { width: across, height: down, extension };
  },
};

/** A path segment without its extension, and the format that this names. @throws AppError INVALID_PARAMETER for unknown ones */
export function splitExtension(raw: string): { readonly text: string; readonly extension: CropFormat | undefined } {
  const [, text = raw, name] = /^(.*)\.([a-z]+)$/is.exec(raw) ?? [];
  if (name === undefined) return { text: raw, extension: undefined };
  const extension = EXTENSIONS[name.toLowerCase()];
  if (extension !== undefined) return { text, extension };
  throw new AppError('INVALID_PARAMETER', {
    detail: `There is no format ".${name.slice(0, 20)}": expected one of ${Object.keys(EXTENSIONS).join(', ')}`,
  });
}

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
      ? await parts.clips.rings(input, target.srid, context)
      : await moved(parts, { rings: area.polygons.flat(), from: crs, to: outputCrs ?? crs }, context);
  const outputs = outputNames(collection, look, context.query.expression ?? context.query.formula);
  return { collection, target, look, rows: rowsOf(input), clip, outputs, background: backgroundOf(input).data };
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

/** Crops as pictures (PNG by default) and as files of numbers; a format in the path wins over `f` and `Accept`. */
export function cropRepresentations(parts: OperationParts): readonly Representation<CropResult>[] {
  return FORMATS.map((format) => ({
    f: format,
    mediaType: MEDIA[format],
    aliases: Object.keys(EXTENSIONS).filter((name) => EXTENSIONS[name] === format && name !== format),
    encode: ({ crop, extension }, context) => encode(parts, crop, extension ?? format, context),
  }));
}

async function encode(parts: OperationParts, crop: Crop, format: CropFormat, context: RequestContext): Promise<Body> {
  const { content, mediaType, headers } = await context.timed('crop', () => write(parts, crop, format, context));
  return { content, headers: { ...headers, 'Content-Type': mediaType } };
}

type Written = Omit<WrittenCrop, 'bytes'> & Pick<Body, 'content'>;

async function write(parts: OperationParts, crop: Crop, format: CropFormat, context: RequestContext): Promise<Written> {
  switch (format) {
    case 'png':
    case 'jpeg':
    case 'webp':
    case 'avif':
      return whole(await writeCropPicture(parts, crop, format, context));
    case 'geotiff':
    case 'cog':
    case 'npy':
    case 'raw':
      return whole(await writeCropValues(parts, crop, format, context));
    case 'asc':
    case 'xyz':
      return writeCropText(parts, crop, format, context);
    default:
      return never(format);
  }
}

function whole({ bytes, ...facts }: WrittenCrop): Written {
  return { content: bytes, ...facts };
}
