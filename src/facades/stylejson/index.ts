import { MEDIA } from '../../base/media-type.ts';
import type { Bbox } from '../../base/bbox.ts';
import type { Block } from '../../http/block.ts';
import { json } from '../../http/encodings.ts';
import type { Links } from '../../http/links.ts';
import { selectionParameters } from '../../http/params/selection.ts';
import { pathText } from '../../http/params/path.ts';
import { route } from '../../http/route.ts';
import type { MountedRoute } from '../../http/route.ts';
import type { StyleDocument } from '../../model/tiles.ts';
import type { CollectionService } from '../../services/collections/collection-service.ts';
import { TILESETS, tilesetKind } from '../../services/tilesets/tileset-kind.ts';
import type { TilesetInput, TilesetKind } from '../../services/tilesets/tileset-kind.ts';
import type { TilesetView, TilesetViewService } from '../../services/tilesets/tileset-view.ts';
import { xyzTemplate } from '../../services/tilesets/xyz-template.ts';
import { defaultStyle } from '../../style/default-style.ts';
import type { StyledTileset } from '../../style/default-style.ts';

/** What the styles are made of. */
export interface StyleParts {
  readonly views: TilesetViewService;
  readonly collections: CollectionService;
}

type Input = TilesetInput & { readonly tileMatrixSetId: string };

const GRID = 'WebMercatorQuad';
/** Collections of the style of everything: more sources than this stall a browser. */
const MAX_COLLECTIONS = 50;

/** MapLibre styles: one per tileset, and one of everything at `/style.json`. */
export function styleJsonFacade(parts: StyleParts): Block {
  return {
    id: 'stylejson',
    spec: 'MapLibre Style Specification 8',
    conformsTo: [],
    requires: ['tiles'],
    mount: () => ({
      routes: [everythingRoute(parts), ...TILESETS.map((kind) => styleRoute(parts, kind))],
      landingLinks: (links) => [
        {
          href: links.to('stylejson.everything'),
          rel: 'stylesheet',
          type: MEDIA.style,
          title: 'MapLibre style of everything',
        },
      ],
    }),
  };
}

function styleRoute({ views }: StyleParts, kind: TilesetKind): MountedRoute {
  return route<Input, StyleDocument>({
    id: `stylejson.${kind.routeId.slice('tiles.'.length)}`,
    path: `${kind.path}/{tileMatrixSetId}/style.json`,
    summary: `${kind.title}: MapLibre style`,
    tag: 'Tiles',
    parameters: {
      ...selectionParameters(kind),
      tileMatrixSetId: pathText('tileMatrixSetId', `Id of the tile matrix set: ${GRID}.`),
    },
    representations: [json<StyleDocument>('style', { mediaType: MEDIA.style, aliases: [MEDIA.json] })],
    async run(input, { links, signal }) {
      const view = await views.view(kind, input, signal);
      return defaultStyle(styledTilesets(view, links), { name: view.title, background: true });
    },
  });
}

function everythingRoute({ views, collections }: StyleParts): MountedRoute {
  return route({
    id: 'stylejson.everything',
    path: '/style.json',
    summary: 'MapLibre style of everything',
    tag: 'Tiles',
    parameters: {},
    representations: [json<StyleDocument>('style', { mediaType: MEDIA.style, aliases: [MEDIA.json] })],
    async run(_, { links, signal, serviceTitle }) {
      const drawable = collections.all().filter((c) => c.kind === 'raster' || c.geometry !== undefined);
      const each = await Promise.all(
        drawable.slice(0, MAX_COLLECTIONS).map((c) => {
          const kind = tilesetKind(c.kind === 'raster' ? 'tiles.collection.map' : 'tiles.collection.vector');
          return views.view(kind, { collectionId: c.id, tileMatrixSetId: GRID }, signal);
        }),
      );
      return defaultStyle(
        each.flatMap((view) => styledTilesets(view, links)),
        { name: serviceTitle, background: true },
      );
    },
  });
}

/** One source per collection, whatever the tileset: layers can then be switched one by one. */
function styledTilesets(view: TilesetView, links: Links): readonly StyledTileset[] {
  const routeId = view.dataType === 'map' ? 'tiles.collection.map.getTile' : 'tiles.collection.vector.getTile';
  return view.collections.map(({ collection, extent }) => ({
    collectionId: collection.id,
    kind: collection.kind,
    geometryType: collection.kind === 'vector' ? collection.geometry?.geometryType : undefined,
    tiles: [tileUrl(links, routeId, { collectionId: collection.id, format: view.format })],
    bounds: withinWorld(extent.bbox),
    minzoom: view.minzoom,
    maxzoom: view.maxzoom,
    attribution: collection.attribution,
  }));
}

function tileUrl(links: Links, routeId: string, tile: { readonly collectionId: string; readonly format: string }): string {
  return xyzTemplate(links.template(routeId, { collectionId: tile.collectionId, tileMatrixSetId: GRID }, { f: tile.format }));
}

/** MapLibre takes bounds across the antimeridian for an empty box. */
function withinWorld(bbox: Bbox | undefined): Bbox | undefined {
  if (bbox === undefined) return undefined;
  const [west, south, east, north] = bbox;
  return west > east ? [-180, south, 180, north] : bbox;
}
