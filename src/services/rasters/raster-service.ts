import type { Observe } from '../../base/event.ts';
import type { RasterCollection } from '../../catalog/collection.ts';
import type { Database, RunContext } from '../../db/database.ts';
import { blankPicture, encodePicture, type EncodedPicture } from '../../image/encode.ts';
import type { PictureFormat } from '../../image/picture.ts';
import type { TileMatrix, TileMatrixSet } from '../../tms/tile-matrix-set.ts';
import { bandsToSample, describeAppearance, type Appearance } from './appearance.ts';
import { readSample } from './layers.ts';
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

/** Draws raster collections. */
export interface RasterService {
  /**
   * A tile as a picture; what has no data is transparent (JPEG: white).
   * @throws AppError OUT_OF_RANGE outside the matrix, and what the database throws
   */
  tile(request: RasterTileRequest, context: RunContext): Promise<RasterTile>;
  /** How the collection looks by default: its bands, stretch or classes. Sampled once per version of the collection. */
  appearance(collection: RasterCollection, context: RunContext): Promise<Appearance>;
}

/** What the service works with. */
export interface RasterServiceOptions {
  readonly database: Database;
  readonly observe?: Observe;
}

/** Map tiles from raster tables: plan, read, warp, resample, colour, encode. */
export function createRasterService({ database, observe }: RasterServiceOptions): RasterService {
  const render = createRenderer(database, createReferences(database));
  const appearances = remember<Appearance>();
  const service: RasterService = {
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
