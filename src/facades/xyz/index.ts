import { AppError } from '../../base/error.ts';
import { MEDIA } from '../../base/media-type.ts';
import type { Collection, RasterCollection, VectorCollection } from '../../catalog/collection.ts';
import type { Block } from '../../http/block.ts';
import { keepsUnclipped } from '../../http/params/raster/clip-parameters.ts';
import { dimensionParameters, slicesOf } from '../../http/params/raster/dimension-parameters.ts';
import { tileLookOf, tileLookParameters, tileSizeOf } from '../../http/params/raster/tile-parameters.ts';
import type { TileLookInput } from '../../http/params/raster/tile-parameters.ts';
import { pathText, tileIndex } from '../../http/params/path.ts';
import { route } from '../../http/route.ts';
import type { MountedRoute, Representation, RequestContext } from '../../http/route.ts';
import type { ClipService } from '../../services/clips/clip-service.ts';
import type { CollectionService } from '../../services/collections/collection-service.ts';
import { writeTileValues } from '../../services/crops/write-tile-values.ts';
import type { CrsService } from '../../services/crs/crs-service.ts';
import type { ValueCrsOf } from '../../services/crs/value-crs.ts';
import type { RasterService } from '../../services/rasters/raster-service.ts';
import { drawTile, scaledPixels } from '../../services/maps/draw-tile.ts';
import type { TileLook, TilePixels } from '../../services/maps/draw-tile.ts';
import type { DimensionService } from '../../services/maps/dimension-service.ts';
import type { DrawableService } from '../../services/maps/drawable-service.ts';
import { prepareTile } from '../../services/maps/prepare-tile.ts';
import { rangeHeaders, rangesOfTiles } from '../../services/maps/told-ranges.ts';
import type { TileCell, TilesetService } from '../../services/tilesets/tileset-service.ts';
import type { VectorTileService } from '../../services/vector-tiles/vector-tile-service.ts';
import { tileFile } from '../../http/params/tile-file.ts';
import type { TileFile } from '../../http/params/tile-file.ts';

/** What the tiles come from. */
export interface XyzParts {
  readonly collections: CollectionService;
  readonly tilesets: TilesetService;
  readonly vectorTiles: VectorTileService;
  readonly rasters: RasterService;
  readonly clips: ClipService;
  readonly crs: CrsService;
  readonly dimensions: DimensionService;
  readonly drawables: DrawableService;
  readonly valueCrs: ValueCrsOf;
}

type XyzTile =
  | { readonly collection: VectorCollection; readonly cell: TileCell; readonly file: VectorFile }
  | {
      readonly collection: RasterCollection;
      readonly cell: TileCell;
      readonly file: Exclude<TileFile, VectorFile>;
      readonly wish: TileLook | undefined;
      readonly pixels: TilePixels;
    };

type VectorFile = Extract<TileFile, { readonly kind: 'vector' }>;

interface XyzInput extends TileLookInput {
  readonly collectionId: string;
  readonly z: string;
  readonly x: number;
  readonly file: TileFile;
}

/**
 * `/xyz/{collection}/{z}/{x}/{y}.{ext}`: the same tiles in the spelling of Leaflet and friends, WebMercatorQuad only.
 * Outside the data they are blank, never 404: GDAL's XYZ reader and OpenLayers stop there.
 */
export function xyzFacade(parts: XyzParts): Block {
  return {
    id: 'xyz',
    spec: 'XYZ tiles',
    conformsTo: [],
    requires: ['tiles'],
    mount: () => ({ routes: [xyzRoute(parts)] }),
  };
}

function xyzRoute(parts: XyzParts): MountedRoute {
  return route<XyzInput, XyzTile>({
    id: 'xyz.tile',
    path: '/xyz/{collectionId}/{z}/{x}/{tile}',
    summary: 'One tile, in the spelling of XYZ clients',
    tag: 'Tiles',
    parameters: {
      collectionId: pathText('collectionId', 'Id of the collection.'),
      z: pathText('z', 'Zoom level.'),
      x: tileIndex('x', 'Column, from the west.'),
      file: tileFile,
      ...tileLookParameters,
    },
    representations: [tileRepresentation(parts)],
    resourceParameters: dimensionParameters((id) => {
      const found = parts.collections.get(id);
      return found.kind === 'raster' ? found : undefined;
    }),
    firstAcceptable: true,
    cache: { keeps: keepsUnclipped, collections: (path) => [parts.collections.get(path.collectionId ?? '').id] },
    async run({ collectionId, z, x, file, ...look }, context) {
      const collection = parts.collections.get(collectionId);
      const cell = parts.tilesets.cell({
        tileMatrixSetId: 'WebMercatorQuad',
        tileMatrix: z,
        tileRow: file.row,
        tileCol: x,
      });
      if (collection.kind === 'vector') {
        if (file.kind !== 'vector') throw otherKind(collection, file);
        return { collection, cell, file };
      }
      if (file.kind === 'vector') throw otherKind(collection, file);
      const pixels = scaledPixels(tileSizeOf(look), cell, file.scale);
      const slices = slicesOf(context.further);
      const question = { ...look, collections: [collection], cell, slices, wish: tileLookOf(look), outside: 'blank' } as const;
      const { wish } = await prepareTile(parts, question, context);
      return { collection, cell, file, pixels, wish };
    },
  });
}

function otherKind({ id, kind }: Collection, { extension }: TileFile): AppError {
  const offered = kind === 'raster' ? 'pictures (png, jpg, webp) and numbers (tif, npy)' : 'vector tiles (mvt, pbf)';
  return new AppError('NOT_FOUND', { detail: `Collection "${id}" has ${offered}, not .${extension}` });
}

/** The extension says what a tile is, not negotiation. */
function tileRepresentation(parts: XyzParts): Representation<XyzTile> {
  const byAddress = [MEDIA.png, MEDIA.jpeg, MEDIA.webp, MEDIA.geotiff, MEDIA.npy, MEDIA.mvt];
  return {
    f: 'tile',
    mediaType: 'application/octet-stream',
    aliases: [...byAddress, 'application/x-protobuf'],
    byAddress,
    encode: async (out, context) => {
      const { bytes, headers } = await draw(parts, out, context);
      return { content: bytes, headers: { 'Content-Type': out.file.mediaType, ...headers } };
    },
  };
}

/** A tile, and what is told of it besides. */
interface DrawnTile {
  readonly bytes: Uint8Array;
  readonly headers: Readonly<Record<string, string>>;
}

async function draw(parts: XyzParts, tile: XyzTile, context: RequestContext): Promise<DrawnTile> {
  return context.timed('tile', async () => {
    if (!('pixels' in tile)) {
      const { bytes } = await parts.vectorTiles.tile({ ...tile.cell, collections: [tile.collection] }, context);
      return { bytes, headers: {} };
    }
    const { collection, cell, file, wish, pixels } = tile;
    if (file.kind === 'values') {
      const texts = context.query.expression ?? context.query.formula;
      return { bytes: await writeTileValues(parts, { collection, cell, pixels, wish, texts, format: file.format }, context), headers: {} };
    }
    const collections = [collection];
    const { bytes, isBlank } = await drawTile(parts, { cell, collections, format: file.format, wish, pixels }, context);
    return { bytes, headers: isBlank ? {} : rangeHeaders(await rangesOfTiles(parts, { collections, wish }, context)) };
  });
}
