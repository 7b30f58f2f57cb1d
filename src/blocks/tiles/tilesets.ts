import { REL } from '../../base/link.ts';
import type { Link } from '../../base/link.ts';
import { MEDIA } from '../../base/media-type.ts';
import type { Collection } from '../../catalog/collection.ts';
import { renderTileSetPage } from '../../html/tile-set-page.ts';
import { renderTileSetsPage } from '../../html/tile-sets-page.ts';
import type { TilesOf } from '../../html/tile-sets-page.ts';
import { pathText } from '../../http/params/path.ts';
import { html } from '../../http/encodings.ts';
import { route } from '../../http/route.ts';
import type { MountedRoute, RequestContext } from '../../http/route.ts';
import type { TileSetDocument, TileSets } from '../../model/tiles.ts';
import { tilesetDocument } from '../../services/tilesets/tileset-document.ts';
import type { TileMatrixSet } from '../../tms/tile-matrix-set.ts';
import type { TileParts } from './tile-parts.ts';
import { tileLookParameters, tileLookQuery } from '../../http/params/raster/tile-parameters.ts';
import type { TileLookInput } from '../../http/params/raster/tile-parameters.ts';
import { selectionParameters } from '../../http/params/selection.ts';
import type { TilesetInput, TilesetKind } from '../../services/tilesets/tileset-kind.ts';

/** A document and what its page says it belongs to. */
interface Described<T> {
  readonly document: T;
  readonly of: TilesOf;
}

/** `…/tiles`: the tilesets in every listed tile matrix set (OGC 20-057 /req/tilesets-list). */
export function tilesetListRoute(parts: TileParts, kind: TilesetKind): MountedRoute {
  return route<TilesetInput & TileLookInput, Described<TileSets>>({
    id: `${kind.routeId}.getTileSetsList`,
    path: kind.path,
    summary: `${kind.title}: the tilesets`,
    tag: 'Tiles',
    parameters: { ...selectionParameters(kind), ...lookParametersOf(kind) },
    representations: [
      documentJson<TileSets>('tileSets'),
      html(({ document, of }: Described<TileSets>, page) => renderTileSetsPage(document, page, of)),
    ],
    async run(input, context) {
      const collections = kind.collections(parts.collections, input);
      const sets = parts.tilesets.listed(collections);
      const tilesets = await Promise.all(sets.map((tms) => describe({ parts, kind, input }, tms, { collections, context })));
      return {
        document: { links: context.links.selfAndAlternates(kind.title), tilesets },
        of: tilesOf(kind, collections),
      };
    },
  });
}

/** `…/tiles/{tileMatrixSetId}`: metadata of one tileset (OGC 20-057 /req/tileset). */
export function tilesetRoute(parts: TileParts, kind: TilesetKind): MountedRoute {
  return route<TilesetInput & TileLookInput & { readonly tileMatrixSetId: string }, Described<TileSetDocument>>({
    id: `${kind.routeId}.getTileSet`,
    path: `${kind.path}/{tileMatrixSetId}`,
    summary: `${kind.title}: one tileset`,
    tag: 'Tiles',
    parameters: {
      ...selectionParameters(kind),
      ...lookParametersOf(kind),
      tileMatrixSetId: pathText('tileMatrixSetId', 'Id of the tile matrix set.'),
    },
    representations: [
      documentJson<TileSetDocument>('tileSet'),
      html(({ document, of }: Described<TileSetDocument>, page) => renderTileSetPage(document, page, of)),
    ],
    async run(input, context) {
      const collections = kind.collections(parts.collections, input);
      const tms = parts.tilesets.tileMatrixSet(input.tileMatrixSetId);
      return {
        document: await describe({ parts, kind, input }, tms, { collections, context }),
        of: tilesOf(kind, collections),
      };
    },
  });
}

/** Tilesets of maps describe and link the tiles of one look: that of their own request. */
function lookParametersOf(kind: TilesetKind): Partial<typeof tileLookParameters> {
  return kind.dataType === 'map' ? tileLookParameters : {};
}

function documentJson<T>(schema: string) {
  return {
    f: 'json',
    mediaType: MEDIA.json,
    schema,
    encode: ({ document }: Described<T>) => ({ content: JSON.stringify(document) }),
  };
}

interface Tileset {
  readonly parts: TileParts;
  readonly kind: TilesetKind;
  readonly input: TilesetInput;
}

async function describe(
  tileset: Tileset,
  tms: TileMatrixSet,
  { collections, context }: { readonly collections: readonly Collection[]; readonly context: RequestContext },
): Promise<TileSetDocument> {
  const { parts, kind } = tileset;
  const title = kind.isDataset ? kind.title : (collections[0]?.title ?? kind.title);
  return tilesetDocument({
    title: `${title} (${tms.id})`,
    dataType: kind.dataType,
    tms,
    collections,
    limits: await parts.tilesets.limits(tms, collections, context.signal),
    mediaTypes: kind.formats.map(([, mediaType]) => mediaType),
    definition: context.links.to('tms.getTileMatrixSet', { tileMatrixSetId: tms.id }),
    links: tilesetLinks(tileset, tms, { context, title }),
  });
}

function tilesetLinks(
  { kind, input }: Tileset,
  tms: TileMatrixSet,
  { context: { links, query }, title }: { readonly context: RequestContext; readonly title: string },
): readonly Link[] {
  const look = kind.dataType === 'map' ? tileLookQuery(query) : {};
  const path = {
    ...(kind.isDataset ? {} : { collectionId: input.collectionId }),
    tileMatrixSetId: tms.id,
  };
  const collections = input.selected?.join(',');
  const tileset = (f: string): string => links.to(`${kind.routeId}.getTileSet`, path, { collections, ...look, f });
  const definition = links.to('tms.getTileMatrixSet', { tileMatrixSetId: tms.id }, { f: 'json' });
  const facade = (name: string, more: Readonly<Record<string, string>>): string =>
    links.to(`${kind.routeId}.getTileSet`, path, { collections, ...more }).replace(/(?=\?|$)/, `/${name}`);
  return [
    { href: tileset('json'), rel: 'self', type: MEDIA.json, title },
    { href: tileset('html'), rel: 'alternate', type: MEDIA.html, title },
    { href: definition, rel: REL.tilingScheme, type: MEDIA.json, title: tms.title },
    ...kind.formats.map(([f, type]) => ({
      href: links.template(`${kind.routeId}.getTile`, path, { collections, ...look, f }),
      rel: 'item',
      type,
      title: `Tiles as ${f.toUpperCase()}`,
      templated: true,
    })),
    ...(isWebMercator(tms) && kind.dataType !== 'coverage'
      ? [
          {
            href: facade('tilejson.json', look),
            rel: 'describedby',
            type: MEDIA.json,
            title: 'TileJSON',
          },
          {
            href: facade('style.json', {}),
            rel: 'stylesheet',
            type: MEDIA.style,
            title: 'MapLibre style',
          },
        ]
      : []),
  ];
}

/** Clients of TileJSON and MapLibre know no other grid. */
function isWebMercator(tms: TileMatrixSet): boolean {
  return tms.id === 'WebMercatorQuad';
}

function tilesOf(kind: TilesetKind, collections: readonly Collection[]): TilesOf {
  const [first] = collections;
  return {
    what: kind.title,
    collection: kind.isDataset || first === undefined ? undefined : { id: first.id, title: first.title },
  };
}
