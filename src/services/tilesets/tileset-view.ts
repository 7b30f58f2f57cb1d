import type { Bbox } from '../../base/bbox.ts';
import { AppError } from '../../base/error.ts';
import type { Collection } from '../../catalog/collection.ts';
import type { TileMatrixSet } from '../../tms/tile-matrix-set.ts';
import type { CollectionService, DescribedCollection } from '../collections/collection-service.ts';
import { isOpaqueColour } from './opaque-colour.ts';
import type { TilesetInput, TilesetKind } from './tileset-kind.ts';
import type { TilesetService } from './tileset-service.ts';
import { zoomRange } from './zoom-range.ts';

/** A tileset as clients of TileJSON and MapLibre see it: WebMercatorQuad, zoom levels, bounds in degrees. */
export interface TilesetView {
  readonly title: string;
  readonly tms: TileMatrixSet;
  readonly collections: readonly DescribedCollection[];
  /** Undefined for the whole dataset. */
  readonly collectionId: string | undefined;
  readonly dataType: 'vector' | 'map';
  /** `f` key of the tiles: MVT, PNG, or JPEG for opaque colour. */
  readonly format: string;
  readonly bounds: Bbox | undefined;
  readonly minzoom: number;
  readonly maxzoom: number;
}

/** Views of tilesets. */
export interface TilesetViewService {
  /** @throws AppError NOT_FOUND for collections that are not there and for sets that browsers cannot draw */
  view(kind: TilesetKind, input: TilesetInput & { readonly tileMatrixSetId: string }, signal: AbortSignal): Promise<TilesetView>;
}

/** The view service over collections and tilesets. */
export function createTilesetViewService(parts: {
  readonly collections: CollectionService;
  readonly tilesets: TilesetService;
}): TilesetViewService {
  return {
    async view(kind, input, signal) {
      const tms = parts.tilesets.tileMatrixSet(input.tileMatrixSetId);
      if (tms.id !== 'WebMercatorQuad') {
        throw new AppError('NOT_FOUND', {
          detail: `TileJSON and MapLibre styles exist for WebMercatorQuad only, not for ${tms.id}`,
        });
      }
      const collections = kind.collections(parts.collections, input);
      const described = await Promise.all(collections.map((c) => parts.collections.describe(c, signal)));
      return {
        title: kind.isDataset ? kind.title : (collections[0]?.title ?? kind.title),
        tms,
        collections: described,
        collectionId: kind.isDataset ? undefined : collections[0]?.id,
        dataType: kind.dataType === 'vector' ? 'vector' : 'map',
        format: tileFormat(kind, collections),
        bounds: unionBounds(described),
        ...zoomRange(collections, tms),
      };
    },
  };
}

function tileFormat(kind: TilesetKind, collections: readonly Collection[]): string {
  return kind.dataType === 'map' && isOpaqueColour(collections[0]) ? 'jpeg' : (kind.formats[0]?.[0] ?? 'png');
}

/** The box around all extents; the whole world when one crosses the antimeridian or none is known. */
function unionBounds(described: readonly DescribedCollection[]): Bbox | undefined {
  const values = described.map(({ extent }) => extent.bbox).filter((bbox) => bbox !== undefined);
  if (values.length === 0) return undefined;
  if (values.some(([west, , east]) => west > east)) {
    return [-180, Math.min(...values.map((b) => b[1])), 180, Math.max(...values.map((b) => b[3]))];
  }
  return [
    Math.min(...values.map((b) => b[0])),
    Math.min(...values.map((b) => b[1])),
    Math.max(...values.map((b) => b[2])),
    Math.max(...values.map((b) => b[3])),
  ];
}
