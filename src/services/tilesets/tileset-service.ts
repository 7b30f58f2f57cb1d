import { AppError } from '../../base/error.ts';
import type { Bbox } from '../../base/bbox.ts';
import type { Collection, Extent } from '../../catalog/collection.ts';
import type { TileMatrixLimits } from '../../model/tiles.ts';
import type { Registry } from '../../tms/registry.ts';
import { registry as builtIn, findMatrix } from '../../tms/registry.ts';
import { hasTile } from '../../tms/tile-grid.ts';
import { isWithinLimits, matrixLimits, tileLimits } from '../../tms/tile-limits.ts';
import type { TileMatrix, TileMatrixSet } from '../../tms/tile-matrix-set.ts';
import type { CollectionService } from '../collections/collection-service.ts';
import { BUFFER, EXTENT } from '../vector-tiles/tile-statement.ts';

/** A cell of a tile matrix set, named as in URLs. */
export interface TileAddress {
  readonly tileMatrixSetId: string;
  readonly tileMatrix: string;
  readonly tileRow: number;
  readonly tileCol: number;
}

/** A cell of a tile matrix set that exists. */
export interface TileCell {
  readonly tms: TileMatrixSet;
  readonly matrix: TileMatrix;
  readonly row: number;
  readonly col: number;
}

/** Where collections have tiles: matrix sets, limits, cells. */
export interface TilesetService {
  readonly registry: Registry;
  /** @throws AppError NOT_FOUND */
  tileMatrixSet(id: string): TileMatrixSet;
  /** The sets under which these collections' tiles are listed; every other set of the registry answers too. */
  listed(collections: readonly Collection[]): readonly TileMatrixSet[];
  /** Tiles that may hold data; undefined while the extent is only estimated or not known. */
  limits(tms: TileMatrixSet, collections: readonly Collection[], signal: AbortSignal): Promise<readonly TileMatrixLimits[] | undefined>;
  /** @throws AppError NOT_FOUND for the set, OUT_OF_RANGE for matrix, row and column */
  cell(address: TileAddress): TileCell;
  /** @throws AppError OUT_OF_RANGE when the cell is outside the limits of all these collections */
  checkLimits(cell: TileCell, collections: readonly Collection[], signal: AbortSignal): Promise<void>;
}

/** What the tileset service works with. */
export interface TilesetParts {
  readonly registry: Registry;
  readonly collections: CollectionService;
  /** A CRS84 box in the CRS of a set; undefined when it has no place there. */
  toTileCrs(tms: TileMatrixSet, bbox: Bbox, signal: AbortSignal): Promise<Bbox | undefined>;
}

/** Sets under which everything is listed: what browsers draw, and what asks for degrees. */
const ALWAYS_LISTED = ['WebMercatorQuad', 'WorldCRS84Quad'];

/** The tileset service over a registry of tile matrix sets. */
export function createTilesetService(parts: TilesetParts): TilesetService {
  const { registry } = parts;
  const reader: LimitReader = { ...parts, known: new WeakMap() };
  const tileMatrixSet = (id: string): TileMatrixSet => {
    const found = registry.get(id);
    if (found !== undefined) return found;
    throw new AppError('NOT_FOUND', { detail: `There is no tile matrix set "${id.slice(0, 60)}"` });
  };
  const limits: TilesetService['limits'] = async (tms, of, signal) => {
    const each = await Promise.all(of.map((collection) => collectionLimits(reader, tms, { collection, signal })));
    return each.includes(undefined) ? undefined : mergeLimits(each.flatMap((one) => one ?? []));
  };
  return {
    registry,
    tileMatrixSet,
    limits,
    listed: (of) => listedSets(registry, of),
    cell({ tileMatrixSetId, tileMatrix, tileRow, tileCol }) {
      const tms = tileMatrixSet(tileMatrixSetId);
      const matrix = findMatrix(tms, tileMatrix);
      if (matrix === undefined) {
        const last = tms.matrices.at(-1)?.id ?? '';
        throw new AppError('OUT_OF_RANGE', {
          detail: `${tms.id} has no tile matrix "${tileMatrix.slice(0, 40)}": it has ${tms.matrices[0]?.id ?? ''} to ${last}`,
        });
      }
      if (!hasTile(matrix, { row: tileRow, col: tileCol }))
        throw outside(`tile matrix ${matrix.id}`, `rows 0 to ${matrix.matrixHeight - 1}, columns 0 to ${matrix.matrixWidth - 1}`);
      return { tms, matrix, row: tileRow, col: tileCol };
    },
    async checkLimits(cell, of, signal) {
      const known = await limits(cell.tms, of, signal);
      if (known === undefined) return;
      const here = known.find((l) => l.tileMatrix === cell.matrix.id);
      if (here !== undefined && isWithinLimits(here, cell.matrix, cell)) return;
      throw outside(
        'the limits of the data',
        here === undefined
          ? 'no tile there'
          : `rows ${here.minTileRow} to ${here.maxTileRow}, columns ${here.minTileCol} to ${here.maxTileCol}`,
      );
    },
  };
}

/** What the limits of one collection are computed with. */
interface LimitReader extends TilesetParts {
  /** By exact extent, an object that stays the same until it is read anew, and by set. */
  readonly known: WeakMap<Extent, Map<string, readonly TileMatrixLimits[] | undefined>>;
}

async function collectionLimits(
  { collections, toTileCrs, known }: LimitReader,
  tms: TileMatrixSet,
  { collection, signal }: { readonly collection: Collection; readonly signal: AbortSignal },
): Promise<readonly TileMatrixLimits[] | undefined> {
  const { extent } = await collections.describe(collection, signal);
  if (!extent.exact) return undefined;
  if (extent.bbox === undefined) return undefined;
  const ofExtent = known.get(extent) ?? new Map<string, readonly TileMatrixLimits[] | undefined>();
  known.set(extent, ofExtent);
  if (ofExtent.has(tms.id)) return ofExtent.get(tms.id);
  const bbox = await toTileCrs(tms, extent.bbox, signal);
  const limits = bbox === undefined ? undefined : limitsOf(tms, bbox, collection);
  ofExtent.set(tms.id, limits);
  return limits;
}

/** A vector tile draws what lies a little outside it, so features count for the tiles whose margin they touch. */
function limitsOf(tms: TileMatrixSet, bbox: Bbox, collection: Collection): readonly TileMatrixLimits[] {
  if (collection.kind === 'raster') return tileLimits(tms, bbox, 'open');
  return tms.matrices.flatMap((matrix) => {
    const margin = matrix.cellSize * matrix.tileWidth * (BUFFER / EXTENT);
    const [west, south, east, north] = bbox;
    return matrixLimits(matrix, [west - margin, south - margin, east + margin, north + margin], 'closed') ?? [];
  });
}

/** The ranges that hold all given ranges, matrix by matrix. */
function mergeLimits(all: readonly TileMatrixLimits[]): readonly TileMatrixLimits[] {
  const merged = new Map<string, TileMatrixLimits>();
  for (const one of all) {
    const other = merged.get(one.tileMatrix);
    merged.set(one.tileMatrix, other === undefined ? one : union(one, other));
  }
  return [...merged.values()];
}

function union(a: TileMatrixLimits, b: TileMatrixLimits): TileMatrixLimits {
  return {
    tileMatrix: a.tileMatrix,
    minTileRow: Math.min(a.minTileRow, b.minTileRow),
    maxTileRow: Math.max(a.maxTileRow, b.maxTileRow),
    minTileCol: Math.min(a.minTileCol, b.minTileCol),
    maxTileCol: Math.max(a.maxTileCol, b.maxTileCol),
  };
}

/** The usual sets, the user's own, and those in the CRS of the data: 70 sets per collection would help nobody. */
function listedSets(registry: Registry, collections: readonly Collection[]): readonly TileMatrixSet[] {
  const srids = new Set(collections.map((c) => (c.kind === 'raster' ? c.srid : c.geometry?.srid)));
  const needsOthers = [...srids].some((srid) => srid !== undefined && srid !== 4326 && srid !== 3857);
  return registry.ids.flatMap((id) => {
    const isUsual = ALWAYS_LISTED.includes(id) || !builtIn.ids.includes(id);
    if (!isUsual && !needsOthers) return [];
    const tms = registry.get(id);
    return tms !== undefined && (isUsual || (tms.srid !== 4326 && srids.has(tms.srid))) ? [tms] : [];
  });
}

function outside(what: string, has: string): AppError {
  return new AppError('OUT_OF_RANGE', { detail: `The tile is outside ${what}: ${has}` });
}
