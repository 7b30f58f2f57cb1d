import { MEDIA } from '../../base/media-type.ts';
import { pathText } from '../../http/params/path.ts';
import { coverageParameters } from '../../http/params/raster/coverage-parameters.ts';
import type { CoverageInput } from '../../http/params/raster/coverage-parameters.ts';
import { dimensionParameters, slicesOf } from '../../http/params/raster/dimension-parameters.ts';
import { tileLookParameters } from '../../http/params/raster/tile-parameters.ts';
import { route } from '../../http/route.ts';
import type { MountedRoute } from '../../http/route.ts';
import { tileReading } from '../../services/coverages/coverage-tile.ts';
import type { TileReading } from '../../services/coverages/coverage-tile.ts';
import { writeCoverage } from '../../services/coverages/write-coverage.ts';
import type { TileAddress } from '../../services/tilesets/tileset-service.ts';
import { COVERAGE_TILESET } from '../../services/tilesets/tileset-kind.ts';
import { addressParameters } from './address.ts';
import type { TileParts } from './tile-parts.ts';

type TileWish = Pick<
  CoverageInput,
  'datetime' | 'pixelSelection' | 'subset' | 'properties' | 'excludeProperties' | 'nodata' | 'unscale' | 'resampling'
>;
type Input = TileWish & TileAddress & { readonly collectionId: string };

const { datetime, pixelSelection, properties, excludeProperties, nodata, unscale, resampling } = coverageParameters;

/** The numbers of a raster on the cells of a tile, as GeoTIFF (OGC 19-087 /req/tiles). */
export function coverageTileRoute(parts: TileParts): MountedRoute {
  const kind = COVERAGE_TILESET;
  return route<Input, TileReading>({
    id: `${kind.routeId}.getTile`,
    path: `${kind.path}/{tileMatrixSetId}/{tileMatrix}/{tileRow}/{tileCol}`,
    summary: `${kind.title}: one tile`,
    tag: 'Tiles',
    parameters: {
      collectionId: pathText('collectionId', 'Id of the collection.'),
      ...addressParameters,
      datetime,
      pixelSelection,
      subset: tileLookParameters.subset,
      properties,
      excludeProperties,
      nodata,
      unscale,
      resampling,
    },
    resourceParameters: dimensionParameters(parts.collections.raster),
    representations: [
      {
        f: 'geotiff',
        mediaType: MEDIA.geotiff,
        aliases: ['tiff', 'tif', MEDIA.tiff],
        conformsTo: ['https://www.opengis.net/spec/ogcapi-coverages-1/1.0/conf/tiles'],
        async encode({ cell, ...reading }, context) {
          await parts.tilesets.checkLimits(cell, [reading.collection], context.signal);
          const { content } = await context.timed('tile', () => writeCoverage(parts, reading, 'geotiff', context));
          return { content };
        },
      },
    ],
    firstAcceptable: true,
    cache: { collections: (path) => [parts.collections.get(path.collectionId ?? '').id] },
    run: (input, context) => tileReading(parts, { ...input, slices: slicesOf(context.further) }, context),
  });
}
