import { MEDIA } from '../../base/media-type.ts';
import type { RasterCollection } from '../../catalog/collection.ts';
import { keepsUnclipped } from '../../http/params/raster/clip-parameters.ts';
import { dimensionParameters, slicesOf } from '../../http/params/raster/dimension-parameters.ts';
import { tileLookOf, tileLookParameters, tileSizeOf } from '../../http/params/raster/tile-parameters.ts';
import type { TileLookInput } from '../../http/params/raster/tile-parameters.ts';
import { tileColumn } from '../../http/params/tile-column.ts';
import type { TileColumn } from '../../http/params/tile-column.ts';
import { selectionParameters } from '../../http/params/selection.ts';
import { route } from '../../http/route.ts';
import type { MountedRoute, Representation, RequestContext } from '../../http/route.ts';
import { drawTile, scaledPixels } from '../../services/maps/draw-tile.ts';
import type { TileLook, TilePixels } from '../../services/maps/draw-tile.ts';
import { prepareTile } from '../../services/maps/prepare-tile.ts';
import { rangeHeaders, rangesOfTiles } from '../../services/maps/told-ranges.ts';
import type { TilesetInput, TilesetKind } from '../../services/tilesets/tileset-kind.ts';
import type { TileAddress, TileCell } from '../../services/tilesets/tileset-service.ts';
import { addressParameters } from './address.ts';
import type { TileParts } from './tile-parts.ts';

/** What to draw; the format decides how, so that drawing and encoding are one step. */
interface MapTileResult {
  readonly collections: readonly RasterCollection[];
  readonly cell: TileCell;
  readonly wish: TileLook | undefined;
  readonly pixels: TilePixels;
}

type MapTileInput = TilesetInput & Omit<TileAddress, 'tileCol'> & TileLookInput & { readonly tileColumn: TileColumn };

const { tileMatrixSetId, tileMatrix, tileRow } = addressParameters;

const FORMATS = { png: MEDIA.png, jpeg: MEDIA.jpeg, webp: MEDIA.webp } as const;

/** Map tiles of rasters, one or several, as PNG (default), JPEG or WebP. */
export function mapTileRoute(parts: TileParts, kind: TilesetKind): MountedRoute {
  return route<MapTileInput, MapTileResult>({
    id: `${kind.routeId}.getTile`,
    path: `${kind.path}/{tileMatrixSetId}/{tileMatrix}/{tileRow}/{tileCol}`,
    summary: `${kind.title}: one tile`,
    tag: 'Tiles',
    parameters: { ...selectionParameters(kind), tileMatrixSetId, tileMatrix, tileRow, tileColumn, ...tileLookParameters },
    representations: [picture(parts, 'png'), picture(parts, 'jpeg'), picture(parts, 'webp')],
    ...(kind.isDataset ? {} : { resourceParameters: dimensionParameters(parts.collections.raster) }),
    firstAcceptable: true,
    cache: {
      keeps: keepsUnclipped,
      collections: (path) =>
        kind.isDataset ? parts.collections.all().map(({ id }) => id) : [parts.collections.get(path.collectionId ?? '').id],
    },
    async run(input, context) {
      const asked = kind.collections(parts.collections, input).flatMap((one) => (one.kind === 'raster' ? [one] : []));
      const cell = parts.tilesets.cell({ ...input, tileCol: input.tileColumn.column });
      const slices = slicesOf(context.further);
      const prepared = await prepareTile(parts, { ...input, collections: asked, cell, slices, wish: tileLookOf(input) }, context);
      const size = tileSizeOf(input);
      return { ...prepared, cell, pixels: input.tileColumn.scale === 1 ? size : scaledPixels(size, cell, input.tileColumn.scale) };
    },
  });
}

function picture(parts: TileParts, format: keyof typeof FORMATS): Representation<MapTileResult> {
  return {
    f: format,
    mediaType: FORMATS[format],
    ...(format === 'jpeg' ? { aliases: ['jpg'] } : {}),
    ...(format === 'webp' ? {} : { conformsTo: [`http://www.opengis.net/spec/ogcapi-tiles-1/1.0/conf/${format}`] }),
    async encode({ collections, cell, wish, pixels }: MapTileResult, context: RequestContext) {
      const tile = await context.timed('tile', () => drawTile(parts, { collections, cell, format, wish, pixels }, context));
      // Limits are minutes old: a tile that shows something is served whatever they say.
      if (tile.isBlank && wish?.layers === undefined) await parts.tilesets.checkLimits(cell, collections, context.signal);
      return { content: tile.bytes, headers: tile.isBlank ? {} : rangeHeaders(await rangesOfTiles(parts, { collections, wish }, context)) };
    },
  };
}
