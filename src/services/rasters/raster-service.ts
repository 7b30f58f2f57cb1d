import type { Observe } from '../../base/event.ts';
import type { RasterCollection } from '../../catalog/collection.ts';
import type { Database, RunContext } from '../../db/database.ts';
import { blankPicture, encodePicture, type EncodedPicture } from '../../image/encode.ts';
import type { Picture, PictureFormat } from '../../image/picture.ts';
import type { TileMatrix, TileMatrixSet } from '../../tms/tile-matrix-set.ts';
import { bandsToSample, describeAppearance, type Appearance } from './appearance.ts';
import { readSample } from './layers.ts';
import type { Target } from './placement.ts';
import type {
  BoxTarget,
  Computed,
  NativeOptions,
  PictureRequest,
  PointsRequest,
  PointValues,
  Values,
  ValuesRequest,
  WindowsRequest,
  WindowValues,
} from './raster-request.ts';
import { createReferences } from './references.ts';
import { remember } from './remember.ts';
import { createRenderer, targetOfTile } from './render.ts';

/** One map tile of a raster collection. */
export interface RasterTileRequest {
  readonly collection: RasterCollection;
  readonly tms: TileMatrixSet;
  readonly matrix: TileMatrix;
  readonly row: number;
  readonly col: number;
  readonly format: PictureFormat;
}

/** A map tile; blank when no row of the collection lies under it. */
export interface RasterTile extends EncodedPicture {
  readonly isBlank: boolean;
}

/** Draws map tiles of raster collections as they look by default. */
export interface RasterTiles {
  /**
   * A tile as a picture; what has no data is transparent (JPEG: white).
   * @throws AppError OUT_OF_RANGE outside the matrix, and what the database throws
   */
  tile(request: RasterTileRequest, context: RunContext): Promise<RasterTile>;
  /** How the collection looks by default: its bands, stretch or classes. Sampled once per version of the collection. */
  appearance(collection: RasterCollection, context: RunContext): Promise<Appearance>;
}

/**
 * Numbers and pictures of raster collections. All of it fails with what the database throws, with INVALID_PARAMETER
 * for bands, columns and names that are not there, and with CONTENT_TOO_LARGE beyond the published limits.
 */
export interface RasterService extends RasterTiles {
  /** Numbers on the target's grid; undefined where no row lies. */
  values(request: ValuesRequest, context: RunContext): Promise<Values | undefined>;
  /** Numbers after a look's bands, expressions and algorithm, before its colours; undefined where no row lies. */
  computed(request: PictureRequest, context: RunContext): Promise<Computed | undefined>;
  /** A picture; undefined when nothing of it is to be seen. */
  picture(request: PictureRequest, context: RunContext): Promise<Picture | undefined>;
  /** A collection's own grid, cut to a box, at most the finest level's resolution. */
  nativeTarget(collection: RasterCollection, options?: NativeOptions): Target;
  /** A grid of square or other pixels over a box in any CRS. */
  target(box: BoxTarget): Target;
  /** Native cells in rows of windows from the top, for exact statistics and streamed files: bounded memory. */
  windows(request: WindowsRequest, context: RunContext): AsyncIterable<WindowValues>;
  /** Numbers under points; one entry per time, newest first, where the collection's rows have times. */
  points(request: PointsRequest, context: RunContext): Promise<readonly PointValues[]>;
}

/** What the service works with. */
export interface RasterServiceOptions {
  readonly database: Database;
  readonly observe?: Observe;
}

/** Map tiles from raster tables: plan, read, warp, resample, colour, encode. */
export function createRasterService({ database, observe }: RasterServiceOptions): RasterTiles {
  const render = createRenderer(database, createReferences(database));
  const appearances = remember<Appearance>();
  const service: RasterTiles = {
    appearance: (collection, context) =>
      appearances(`${collection.id} ${collection.version}`, context.signal, async (signal) => {
        const bands = bandsToSample(collection);
        const samples = bands.length === 0 ? [] : await readSample(database, collection, bands, { ...context, signal });
        return describeAppearance(collection, samples);
      }),
    async tile(request, context) {
      const started = performance.now();
      const target = targetOfTile(request);
      const appearance = await service.appearance(request.collection, context);
      const picture = await render({ collection: request.collection, target, appearance }, context);
      const encoded = await (picture === undefined
        ? blankPicture(target.width, target.height, request.format)
        : encodePicture(picture, request.format));
      observe?.({
        kind: 'tile.rendered',
        what: 'map',
        collection: request.collection.id,
        durationMs: performance.now() - started,
        bytes: encoded.bytes.length,
      });
      return { ...encoded, isBlank: picture === undefined };
    },
  };
  return service;
}
