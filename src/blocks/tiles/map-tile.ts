import { MEDIA } from '../../base/media-type.ts';
import { route } from '../../http/route.ts';
import type { MountedRoute, Representation, RequestContext } from '../../http/route.ts';
import type { RasterCollection } from '../../catalog/collection.ts';
import type { TileAddress, TileCell } from '../../services/tilesets/tileset-service.ts';
import type { TileParts } from './tile-parts.ts';
import { addressParameters } from './address.ts';
import { selectionParameters } from '../../http/params/selection.ts';
import type { TilesetInput } from '../../services/tilesets/tileset-kind.ts';
import { tilesetKind } from '../../services/tilesets/tileset-kind.ts';

/** What to draw; the format decides how, so that drawing and encoding are one step. */
interface MapTileResult {
  readonly collection: RasterCollection;
  readonly cell: TileCell;
}

const FORMATS = { png: MEDIA.png, jpeg: MEDIA.jpeg, webp: MEDIA.webp } as const;

/** Map tiles of a raster as PNG (default), JPEG or WebP. */
export function mapTileRoute(parts: TileParts): MountedRoute {
  const kind = tilesetKind('tiles.collection.map');
  return route<TilesetInput & TileAddress, MapTileResult>({
    id: `${kind.routeId}.getTile`,
    path: `${kind.path}/{tileMatrixSetId}/{tileMatrix}/{tileRow}/{tileCol}`,
    summary: `${kind.title}: one tile`,
    tag: 'Tiles',
    parameters: { ...selectionParameters(kind), ...addressParameters },
    representations: [picture(parts, 'png'), picture(parts, 'jpeg'), picture(parts, 'webp')],
    firstAcceptable: true,
    cache: { collections: (path) => [parts.collections.get(path.collectionId ?? '').id] },
    async run(input) {
      const collection = parts.collections.raster(input.collectionId ?? '');
      return { collection, cell: parts.tilesets.cell(input) };
    },
  });
}

function picture({ rasters, tilesets }: TileParts, format: keyof typeof FORMATS): Representation<MapTileResult> {
  return {
    f: format,
    mediaType: FORMATS[format],
    ...(format === 'jpeg' ? { aliases: ['jpg'] } : {}),
    ...(format === 'webp' ? {} : { conformsTo: [`http://www.opengis.net/spec/ogcapi-tiles-1/1.0/conf/${format}`] }),
    async encode({ collection, cell }: MapTileResult, context: RequestContext) {
      const picture = await context.timed('tile', () => rasters.tile({ ...cell, collection, format }, context));
      // Limits are minutes old: a tile that shows something is served whatever they say.
      if (picture.isBlank) await tilesets.checkLimits(cell, [collection], context.signal);
      return { content: picture.bytes };
    },
  };
}
