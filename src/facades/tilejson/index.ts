import { MEDIA } from '../../base/media-type.ts';
import type { Block } from '../../http/block.ts';
import { json } from '../../http/encodings.ts';
import { tileLookOf, tileLookParameters, tileLookQuery } from '../../http/params/raster/tile-parameters.ts';
import type { TileLookInput } from '../../http/params/raster/tile-parameters.ts';
import { selectionParameters } from '../../http/params/selection.ts';
import { pathText } from '../../http/params/path.ts';
import { route } from '../../http/route.ts';
import type { MountedRoute, RequestContext } from '../../http/route.ts';
import type { TileJson } from '../../model/tiles.ts';
import type { CollectionService } from '../../services/collections/collection-service.ts';
import { rangesOfTiles } from '../../services/maps/told-ranges.ts';
import type { RasterService } from '../../services/rasters/raster-service.ts';
import { tileJsonDocument } from '../../services/tilesets/tilejson-document.ts';
import { TILESETS } from '../../services/tilesets/tileset-kind.ts';
import type { TilesetInput, TilesetKind } from '../../services/tilesets/tileset-kind.ts';
import type { TilesetView, TilesetViewService } from '../../services/tilesets/tileset-view.ts';
import { xyzTemplate } from '../../services/tilesets/xyz-template.ts';
import { overrideParameters, withZooms, type OverridesInput } from './overrides.ts';

type Input = TilesetInput & TileLookInput & OverridesInput & { readonly tileMatrixSetId: string };

/** What TileJSON is made of. */
export interface TileJsonParts {
  readonly views: TilesetViewService;
  readonly collections: CollectionService;
  readonly rasters: RasterService;
}

/** TileJSON 3.0 of every tileset that its clients can draw. */
export function tileJsonFacade(parts: TileJsonParts): Block {
  return {
    id: 'tilejson',
    spec: 'TileJSON 3.0.0',
    conformsTo: [],
    requires: ['tiles'],
    mount: () => ({ routes: TILESETS.map((kind) => tileJsonRoute(parts, kind)) }),
  };
}

function tileJsonRoute(parts: TileJsonParts, kind: TilesetKind): MountedRoute {
  return route<Input, TileJson>({
    id: `tilejson.${kind.routeId.slice('tiles.'.length)}`,
    path: `${kind.path}/{tileMatrixSetId}/tilejson.json`,
    summary: `${kind.title}: TileJSON`,
    tag: 'Tiles',
    parameters: {
      ...selectionParameters(kind),
      ...(kind.dataType === 'map' ? { ...tileLookParameters, ...overrideParameters } : {}),
      tileMatrixSetId: pathText('tileMatrixSetId', 'Id of the tile matrix set: WebMercatorQuad.'),
    },
    representations: [json<TileJson>('tileJson', { mediaType: MEDIA.json })],
    async run(input, context) {
      const view = await parts.views.view(kind, input, context.signal);
      const collections = view.collections.flatMap(({ collection }) => (collection.kind === 'raster' ? [collection] : []));
      const ranges = kind.dataType === 'map' ? await rangesOfTiles(parts, { collections, wish: tileLookOf(input) }, context) : [];
      return withZooms(tileJsonDocument(view, { tiles: [tileTemplate(view, kind, { input, context })], ranges }), input);
    },
  });
}

/** The tiles' address. */
function tileTemplate(
  view: TilesetView,
  kind: TilesetKind,
  { input, context }: { readonly input: Input; readonly context: RequestContext },
): string {
  const path = {
    ...(view.collectionId === undefined ? {} : { collectionId: view.collectionId }),
    tileMatrixSetId: input.tileMatrixSetId,
  };
  const look = kind.dataType === 'map' ? tileLookQuery(context.query) : {};
  // A look may leave holes where the collection by itself has none.
  const suitable = Object.keys(look).length === 0 ? view.format : 'png';
  const wanted = input.tileFormat === 'jpg' ? 'jpeg' : input.tileFormat;
  const query = { collections: input.selected?.join(','), ...look, f: kind.dataType === 'map' ? (wanted ?? suitable) : view.format };
  return xyzTemplate(context.links.template(`${kind.routeId}.getTile`, path, query));
}
