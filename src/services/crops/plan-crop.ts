import { AppError } from '../../base/error.ts';
import type { Bbox } from '../../base/bbox.ts';
import type { RasterCollection } from '../../catalog/collection.ts';
import type { RunContext } from '../../db/database.ts';
import type { Crs, CrsService } from '../crs/crs-service.ts';
import type { Target } from '../rasters/placement.ts';
import type { RasterService } from '../rasters/raster-service.ts';
import { boundsOf } from '../rasters/targets.ts';

/** A part of a collection that becomes a picture or a file. */
export interface CropWish {
  readonly collection: RasterCollection;
  /** In easting-northing order, in `crs`; absent: all of the collection. */
  readonly bbox: Bbox | undefined;
  /** Of the box. */
  readonly crs: Crs;
  /** Of the result; absent: that of the collection for all of it, else that of the box. */
  readonly outputCrs: Crs | undefined;
  readonly width: number | undefined;
  readonly height: number | undefined;
  /** Of the longer side, where neither width nor height is given. */
  readonly maxSize: number;
}

/** What plans are made with. */
export interface CropTools {
  readonly rasters: RasterService;
  readonly crs: CrsService;
}

/**
 * The grid of a crop: as fine as the collection there, at most `maxSize`, unless a size is given; with one of width and
 * height the other follows from the shape.
 * @throws AppError OUT_OF_RANGE where the box has no place in a CRS that is needed
 */
export async function planCrop(tools: CropTools, wish: CropWish, context: RunContext): Promise<Target> {
  const { collection, bbox, width, height, maxSize } = wish;
  const own = await tools.crs.stored(collection.srid, context);
  const output = wish.outputCrs ?? (bbox === undefined ? own : wish.crs);
  const size = { ...(width === undefined ? {} : { width }), ...(height === undefined ? {} : { height }) };
  const bounds = bbox === undefined ? undefined : await boxIn(tools.crs, { bbox, from: wish.crs, to: own }, context);
  const native = tools.rasters.nativeTarget(collection, { bounds, ...((width ?? height) ? size : { maxSize }) });
  const cells = bounds === undefined ? native : cellsUnder(tools.rasters, collection, { bounds, own });
  if (output.srid === own.srid && bbox === undefined) return native;
  const ground = bbox ?? boundsOf(native);
  const box = await boxIn(tools.crs, { bbox: ground, from: bbox === undefined ? own : wish.crs, to: output }, context);
  return tools.rasters.target({ srid: output.srid, bbox: box, ...shapeOf(box, wish, cells) });
}

interface Size {
  readonly width: number;
  readonly height: number;
}

/** Cells of a collection under a box in its CRS; those of degrees lie there also when they are a turn away. */
function cellsUnder(
  rasters: RasterService,
  collection: RasterCollection,
  { bounds: [west, south, east, north], own }: { readonly bounds: Bbox; readonly own: Crs },
): Size {
  const [least, , most] = collection.nativeBbox ?? [west, south, east, north];
  const turns = (own.geographic ? [0, 360, -360] : [0]).filter((turn) => west + turn < most && east + turn > least);
  const parts = turns.map((turn) => rasters.nativeTarget(collection, { bounds: [west + turn, south, east + turn, north] }));
  return {
    width: Math.max(
      1,
      parts.reduce((sum, part) => sum + part.width, 0),
    ),
    height: Math.max(1, ...parts.map((part) => part.height)),
  };
}

interface BoxChange {
  readonly bbox: Bbox;
  readonly from: Crs;
  readonly to: Crs;
}

async function boxIn(crs: CrsService, { bbox, from, to }: BoxChange, context: RunContext): Promise<Bbox> {
  const box = from.srid === to.srid ? bbox : await crs.box(bbox, from, to, context);
  if (box !== undefined) return box;
  throw new AppError('OUT_OF_RANGE', { detail: `The box has no place in ${to.uri}` });
}

/** Square pixels unless both sides are given. */
function shapeOf([west, south, east, north]: Bbox, { width, height, maxSize }: CropWish, native: Size): Size {
  const ratio = (east - west) / (north - south);
  const longer = Math.min(maxSize, Math.max(native.width, native.height));
  const pixels = (size: number): number => Math.max(1, Math.round(size));
  if (width !== undefined) return { width, height: height ?? pixels(width / ratio) };
  if (height !== undefined) return { width: pixels(height * ratio), height };
  return ratio >= 1 ? { width: longer, height: pixels(longer / ratio) } : { width: pixels(longer * ratio), height: longer };
}
