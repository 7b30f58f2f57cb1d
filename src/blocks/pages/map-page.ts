import { collectionPath } from '../../html/collection-facts.ts';
import type { LookFacts } from '../../html/look-panel.ts';
import { renderMapPage } from '../../html/map-page.ts';
import { renderRasterMapPage } from '../../html/raster-map-page.ts';
import { tileCrumbs } from '../../html/tile-sets-page.ts';
import type { TilesOf } from '../../html/tile-sets-page.ts';
import { html, type PageFacts } from '../../http/encodings.ts';
import { selectionParameters } from '../../http/params/selection.ts';
import { pathText } from '../../http/params/path.ts';
import { route } from '../../http/route.ts';
import type { MountedRoute, RequestContext } from '../../http/route.ts';
import type { RasterCollection } from '../../catalog/collection.ts';
import type { TileSetDocument } from '../../model/tiles.ts';
import { tilesetDocument } from '../../services/tilesets/tileset-document.ts';
import type { TilesetInput, TilesetKind } from '../../services/tilesets/tileset-kind.ts';
import type { PageParts } from './page-parts.ts';

interface MapPage {
  readonly document: TileSetDocument;
  readonly of: TilesOf;
  /** Of a single raster in the tile matrix set that browsers draw. */
  readonly look: LookFacts | undefined;
}

/** `…/{tileMatrixSetId}/map.html`: one tileset on a map. */
export function mapPageRoute(parts: PageParts, kind: TilesetKind): MountedRoute {
  return route<TilesetInput & { readonly tileMatrixSetId: string }, MapPage>({
    id: `pages.map.${kind.routeId.slice('tiles.'.length)}`,
    path: `${kind.path}/{tileMatrixSetId}/map.html`,
    summary: `${kind.title}: on a map`,
    tag: 'Pages',
    parameters: {
      ...selectionParameters(kind),
      tileMatrixSetId: pathText('tileMatrixSetId', 'Id of the tile matrix set.'),
    },
    representations: [html(render)],
    firstAcceptable: true,
    undocumented: true,
    async run(input, context) {
      const { links, signal } = context;
      const tms = parts.tilesets.tileMatrixSet(input.tileMatrixSetId);
      const collections = kind.collections(parts.collections, input);
      const [first] = collections;
      const document = tilesetDocument({
        title: kind.isDataset ? kind.title : (first?.title ?? kind.title),
        dataType: kind.dataType,
        tms,
        collections,
        limits: await parts.tilesets.limits(tms, collections, signal),
        mediaTypes: kind.formats.map(([, mediaType]) => mediaType),
        definition: links.to('tms.getTileMatrixSet', { tileMatrixSetId: tms.id }),
        links: [],
      });
      return {
        document,
        of: {
          what: kind.title,
          collection: kind.isDataset || first === undefined ? undefined : { id: first.id, title: first.title },
        },
        look:
          !kind.isDataset && first?.kind === 'raster' && tms.id === 'WebMercatorQuad' ? await lookFacts(parts, first, context) : undefined,
      };
    },
  });
}

function render({ document, of, look }: MapPage, page: PageFacts): string {
  if (look === undefined || of.collection === undefined) return renderMapPage(document, page, of);
  const { id, title } = of.collection;
  return renderRasterMapPage({ ...look, title, path: collectionPath(id), crumbs: tileCrumbs(of) }, page);
}

async function lookFacts({ drawables }: PageParts, collection: RasterCollection, context: RequestContext): Promise<LookFacts> {
  const { times } = await drawables.get(collection.id, context);
  return { collection, times };
}
