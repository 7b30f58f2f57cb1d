import { AppError } from '../../base/error.ts';
import { MEDIA } from '../../base/media-type.ts';
import type { RasterCollection } from '../../catalog/collection.ts';
import { pathText, tileIndex } from '../../http/params/path.ts';
import { keepsUnclipped } from '../../http/params/raster/clip-parameters.ts';
import { tileLookOf, tileLookParameters, tileSizeOf, type TileLookInput } from '../../http/params/raster/tile-parameters.ts';
import { tileFile, type TileFile } from '../../http/params/tile-file.ts';
import { route, type MountedRoute, type Representation, type RequestContext } from '../../http/route.ts';
import { writeTileValues } from '../../services/crops/write-tile-values.ts';
import { drawTile, scaledPixels, type TileLook, type TilePixels } from '../../services/maps/draw-tile.ts';
import { layerSources } from '../../services/maps/layer-sources.ts';
import { prepareTile } from '../../services/maps/prepare-tile.ts';
import type { TileCell } from '../../services/tilesets/tileset-service.ts';
import type { DjangoRasterParts } from './django-raster-parts.ts';

interface AlgebraInput extends TileLookInput {
  readonly z: string;
  readonly x: number;
  readonly file: TileFile;
}

interface AlgebraTile {
  readonly cell: TileCell;
  readonly file: Exclude<TileFile, { readonly kind: 'vector' }>;
  /** Of the first layer. */
  readonly collection: RasterCollection;
  readonly wish: TileLook;
  readonly pixels: TilePixels;
}

/** `/algebra/{z}/{x}/{y}.{ext}?layers=…&formula=…`: one tile of WebMercatorQuad, computed of several collections or in colours. */
export function algebraRoute(parts: DjangoRasterParts): MountedRoute {
  const byAddress = [MEDIA.png, MEDIA.jpeg, MEDIA.webp, MEDIA.geotiff, MEDIA.npy];
  const tile: Representation<AlgebraTile> = {
    f: 'tile',
    mediaType: 'application/octet-stream',
    aliases: byAddress,
    byAddress,
    encode: async (out, context) => ({
      content: await context.timed('tile', () => bytesOf(parts, out, context)),
      headers: { 'Content-Type': out.file.mediaType },
    }),
  };
  return route<AlgebraInput, AlgebraTile>({
    id: 'django-raster.algebra',
    path: '/algebra/{z}/{x}/{tile}',
    summary: 'One tile of a formula over several rasters, in the spelling of django-raster',
    tag: 'Tiles',
    parameters: {
      z: pathText('z', 'Zoom level.'),
      x: tileIndex('x', 'Column, from the west.'),
      file: tileFile,
      ...tileLookParameters,
      layers: { ...tileLookParameters.layers, required: true },
    },
    representations: [tile],
    firstAcceptable: true,
    // Which collections decide is in the query: a change of any drops the tile.
    cache: { keeps: keepsUnclipped, collections: () => parts.collections.all().map(({ id }) => id) },
    async run({ z, x, file, ...input }, context) {
      if (file.kind === 'vector')
        throw new AppError('NOT_FOUND', {
          detail: `Formulas have pictures (png, jpg, webp) and numbers (tif, npy), not .${file.extension}`,
        });
      const cell = parts.tilesets.cell({ tileMatrixSetId: 'WebMercatorQuad', tileMatrix: z, tileRow: file.row, tileCol: x });
      // Rows are chosen by the first; names that are not there are told where the layers are read.
      const first = parts.collections.all().find(({ id }) => id === input.layers?.[0]?.collectionId);
      const collections = first?.kind === 'raster' ? [first] : [];
      const question = { ...input, collections, cell, wish: tileLookOf(input), outside: 'blank' } as const;
      const { wish } = await prepareTile(parts, question, context);
      const [source] = layerSources(parts.collections, wish?.layers ?? []);
      if (wish === undefined || source === undefined) {
        throw new AppError('INVALID_PARAMETER', {
          detail: 'layers is missing: expected name=collection, as in layers=a=heights,b:3=landsat',
        });
      }
      return { collection: source.collection, cell, file, wish, pixels: scaledPixels(tileSizeOf(input), cell, file.scale) };
    },
  });
}

async function bytesOf(parts: DjangoRasterParts, tile: AlgebraTile, context: RequestContext): Promise<Uint8Array> {
  const { collection, cell, file, wish, pixels } = tile;
  if (file.kind === 'values')
    return writeTileValues(parts, { collection, cell, pixels, wish, texts: context.query.formula, format: file.format }, context);
  const { bytes } = await drawTile(parts, { collections: [], cell, format: file.format, wish, pixels }, context);
  return bytes;
}
