import { attachment } from '../../base/content-disposition.ts';
import type { RasterCollection } from '../../catalog/collection.ts';
import type { RunContext } from '../../db/database.ts';
import type { Rgba } from '../../color/class-color.ts';
import type { ValueFormat } from '../../image/encode-values.ts';
import { plainGround } from '../../image/ground.ts';
import type { PictureFormat } from '../../image/picture.ts';
import type { ValueBand, ValueImage } from '../../image/values.ts';
import { allocatePlane } from '../../raster/image.ts';
import type { Look } from '../../raster/look.ts';
import type { ValueCrsOf } from '../crs/value-crs.ts';
import { encodeLayers } from '../maps/encode-layers.ts';
import type { Target } from '../rasters/placement.ts';
import type { Computed, RasterSource, RowSelection } from '../rasters/raster-request.ts';
import { overviewMethod } from '../rasters/overview-method.ts';
import type { RasterService } from '../rasters/raster-service.ts';
import { writeText, type WrittenText } from '../rasters/write-text.ts';

/** What crops are written with. */
export interface WriteTools {
  readonly rasters: RasterService;
  readonly valueCrs: ValueCrsOf;
}

/** A planned crop and how it looks. */
export interface Crop {
  readonly collection: RasterCollection;
  /** Where numbers come from; absent: from the collection. What is computed of several has the names of `outputs`. */
  readonly sources?: readonly RasterSource[] | undefined;
  readonly target: Target;
  readonly look: Look;
  readonly rows?: RowSelection | undefined;
  /** Rings in the target's CRS; what lies outside has no data. */
  readonly clip?: readonly Float64Array[] | undefined;
  /** Names of the outputs of expressions. */
  readonly outputs: readonly string[];
  /** What lies under a picture; absent: nothing. */
  readonly background?: Rgba | undefined;
}

/** Bytes of a picture or a file of numbers, and headers that say what the bytes do not. */
export interface WrittenCrop {
  readonly bytes: Uint8Array;
  readonly mediaType: string;
  readonly headers: Readonly<Record<string, string>>;
}

const BLACK: Rgba = [0, 0, 0, 255];

/** A crop in its colours. */
export async function writeCropPicture(
  { rasters }: WriteTools,
  crop: Crop,
  format: PictureFormat,
  context: RunContext,
): Promise<WrittenCrop> {
  const { collection, target, look, rows, clip, background } = crop;
  const layers = [{ sources: [{ collection }], look, rows, clip }];
  // What is not to be transparent is black where there are pixels; so it is where there is none at all.
  const color = background ?? (look.returnMask === false ? BLACK : undefined);
  const ground = color === undefined ? undefined : plainGround(color);
  const { bytes, mediaType } = await encodeLayers(rasters, { layers, target, ground, file: format }, context);
  return { bytes, mediaType, headers: {} };
}

/**
 * A crop as numbers: those of its bands, or what expressions and algorithm make of them.
 * @throws AppError INVALID_PARAMETER where the format cannot hold them
 */
export async function writeCropValues(tools: WriteTools, crop: Crop, format: ValueFormat, context: RunContext): Promise<WrittenCrop> {
  const { collection, look } = crop;
  const overviewResampling =
    format !== 'cog' || isMade(crop)
      ? undefined
      : await overviewMethod(tools.rasters, { collection, bands: shownBands(crop), resampling: look.resampling }, context);
  const image = await cropImage(tools, crop, context);
  const options = { mask: look.returnMask, tiff: { overviewResampling } };
  const { bytes, mediaType, headers, extension } = await tools.rasters.file(image, { format, options }, context.signal);
  return { bytes, mediaType, headers: { ...headers, 'Content-Disposition': attachment(collection.id, extension) } };
}

/** A crop as text, in pieces where it is long. @throws AppError INVALID_PARAMETER where the format cannot hold it */
export async function writeCropText(
  tools: WriteTools,
  crop: Crop,
  format: 'asc' | 'xyz',
  context: RunContext,
): Promise<Omit<WrittenText, 'extension'> & Pick<WrittenCrop, 'headers'>> {
  const image = await cropImage(tools, crop, context);
  const { extension, ...written } = await writeText(tools.rasters, image, format, context);
  return { ...written, headers: { 'Content-Disposition': attachment(crop.collection.id, extension) } };
}

function isMade({ sources, look }: Crop): boolean {
  return sources !== undefined || look.expressions !== undefined || look.algorithm !== undefined;
}

/** Without a wish for bands a file has all of them, whatever the default picture shows. */
function shownBands({ look, collection }: Crop): readonly number[] {
  return look.bands ?? collection.bands.map((_, n) => n);
}

async function cropImage(tools: WriteTools, crop: Crop, context: RunContext): Promise<ValueImage> {
  const { collection, sources = [{ collection }], target, look, rows, clip } = crop;
  const shown = shownBands(crop);
  const computed = await tools.rasters.computed(
    { sources, target, look: isMade(crop) ? look : { ...look, bands: shown }, rows, clip },
    context,
  );
  return {
    width: target.width,
    height: target.height,
    grid: target.grid,
    crs: await tools.valueCrs(target.srid, context),
    ...outputOf(crop, computed, isMade(crop) ? undefined : shown),
    title: collection.title,
  };
}

/** Bands and planes; `shown` are the stored bands, undefined where the numbers were made. */
function outputOf(crop: Crop, computed: Computed | undefined, shown: readonly number[] | undefined): Pick<ValueImage, 'bands' | 'planes'> {
  const { look, target, outputs } = crop;
  const count = computed?.values.bands.length ?? look.expressions?.length ?? (crop.sources === undefined ? 1 : outputs.length);
  const bands =
    shown === undefined
      ? Array.from({ length: count }, (_, n) => madeBand(outputs[n] ?? `b${n + 1}`, computed))
      : shown.flatMap((n) => ownBand(crop, n));
  const planes = computed?.values.bands ?? bands.map(() => allocatePlane(target.width * target.height, false).fill(Number.NaN));
  return { bands, planes };
}

function madeBand(name: string, computed: Computed | undefined): ValueBand {
  return computed?.kind === 'rgb' ? { name, pixelType: '8BUI' } : { name, pixelType: '32BF', nodata: Number.NaN };
}

function ownBand({ collection, look }: Crop, n: number): readonly ValueBand[] {
  const band = collection.bands[n];
  if (band === undefined) return [];
  const { name, title: description, unit, pixelType, color } = band;
  const scaled = look.unscale === true && (band.scale !== 1 || band.offset !== 0);
  if (scaled) return [{ name, description, unit, pixelType: '64BF', nodata: Number.NaN }];
  return [
    { name, description, unit, pixelType, nodata: look.nodata ?? band.nodata, color: collection.bands.length >= 3 ? color : undefined },
  ];
}
