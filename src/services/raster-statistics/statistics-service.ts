import type { RasterCollection } from '../../catalog/collection.ts';
import type { RunContext } from '../../db/database.ts';
import { invertGrid, shiftGrid } from '../../raster/grid.ts';
import type { Plane } from '../../raster/image.ts';
import type { Look } from '../../raster/look.ts';
import {
  collectStatistics,
  type BandStatistics,
  type StatisticsCollector,
  type StatisticsOptions,
} from '../../raster/statistics/band-statistics.ts';
import { collectDistribution, type Distribution, type DistributionCollector } from '../../raster/statistics/distribution.ts';
import { coverZone, type ZoneCover } from '../../raster/statistics/zone.ts';
import type { RowSelection } from '../rasters/raster-request.ts';
import type { RasterService } from '../rasters/raster-service.ts';
import type { References } from '../rasters/references.ts';
import type { Target } from '../rasters/placement.ts';
import { cellAreas, type CellArea } from './cell-area.ts';
import { chooseFactor } from './choose-factor.ts';
import { mapZone, zoneBounds, type Zone } from './zone-polygons.ts';

/** Whose values are counted. */
export interface StatisticsRequest {
  readonly collection: RasterCollection;
  /** Bands, expressions, nodata and unscale of it count; its colours do not. */
  readonly look: Look;
  readonly rows?: RowSelection | undefined;
  /** Polygons with the CRS of their positions; absent: the whole collection. */
  readonly zone?: { readonly polygons: Zone; readonly srid: number } | undefined;
  /** Longer side, in pixels, that the level must at least have. */
  readonly maxSize: number;
  /** Every pixel of the base table counts. */
  readonly exact: boolean;
  /** Pixels on the edge of the zone count by the share inside; else whole ones, by their centre. */
  readonly weighted: boolean;
}

/** Where numbers come from. */
interface Origin {
  /** Every pixel of the base table was seen. */
  readonly exact: boolean;
  /** Factor of the pyramid level that was read; 1 is the base table. */
  readonly level: number;
}

/** Statistics of a band, and of zones how many square metres of ground have a value. */
export interface ZonalStatistics extends BandStatistics {
  readonly area: number | undefined;
}

/** Statistics of each output band. */
export interface Statistics extends Origin {
  readonly bands: readonly ZonalStatistics[];
}

/** How often each value occurs in each output band, `weights` being square metres on the ground; undefined: too many values. */
export interface ValueCounts extends Origin {
  readonly bands: readonly (Distribution | undefined)[];
}

/** Numbers about rasters, whole or in zones. */
export interface StatisticsService {
  statistics(request: StatisticsRequest, options: StatisticsOptions, context: RunContext): Promise<Statistics>;
  /** How often values occur; for classes. */
  valueCounts(request: StatisticsRequest, context: RunContext): Promise<ValueCounts>;
}

/** Samples that are no whole numbers of 16 bits may be so many in value counts, 8 bytes each. */
const COUNTED = 16_000_000;
/** Pixels of a piece where values have to be computed. */
const PIECE_PIXELS = 1_000_000;

/** Counts what the raster service reads, piece by piece, so that memory does not grow with the collection. */
export function createStatisticsService(rasters: RasterService, references: References): StatisticsService {
  const plan = async (request: StatisticsRequest, context: RunContext): Promise<Plan> => {
    const { collection, maxSize, exact, weighted } = request;
    const zone = await nativeZone(request, references, context);
    const bounds = zone === undefined ? undefined : zoneBounds(zone);
    const factor = chooseFactor(collection, { bounds, maxSize, exact });
    const target = rasters.nativeTarget(collection, { bounds, factor });
    const cover = zone === undefined ? undefined : coverZone(zone, invertGrid(target.grid), weighted);
    return { target, cover, origin: { exact: factor === 1, level: factor } };
  };
  const areaIn = async (target: Target, { collection }: StatisticsRequest, context: RunContext): Promise<CellArea> => {
    const { forward } = await references(collection.srid, 4326, context);
    return cellAreas(target, forward, context);
  };
  return {
    async statistics(request, options, context) {
      const { target, cover, origin } = await plan(request, context);
      const area = cover === undefined ? undefined : await areaIn(target, request, context);
      const collectors: StatisticsCollector[] = [];
      const areas: number[] = [];
      for await (const piece of pieces(rasters, request, target, context)) {
        const weights = cover?.of(piece);
        if (cover !== undefined && weights === undefined) continue;
        const ground = area === undefined ? undefined : areasOf(piece, area, weights);
        piece.bands.forEach((plane, n) => {
          (collectors[n] ??= collectStatistics(options)).add(plane, weights);
          if (ground !== undefined) areas[n] = (areas[n] ?? 0) + sumWhereValue(plane, ground);
        });
      }
      return { ...origin, bands: collectors.map((collector, n) => ({ ...collector.result(), area: areas[n] })) };
    },
    async valueCounts(request, context) {
      const { target, cover, origin } = await plan(request, context);
      const area = await areaIn(target, request, context);
      const collectors: DistributionCollector[] = [];
      for await (const piece of pieces(rasters, request, target, context)) {
        const weights = cover?.of(piece);
        if (cover !== undefined && weights === undefined) continue;
        const areas = areasOf(piece, area, weights);
        piece.bands.forEach((plane, n) => (collectors[n] ??= collectDistribution(COUNTED)).add(plane, areas));
      }
      return { ...origin, bands: collectors.map((collector) => collector.distribution()) };
    },
  };
}

interface Plan {
  readonly target: Target;
  readonly cover: ZoneCover | undefined;
  readonly origin: Origin;
}

async function nativeZone({ zone, collection }: StatisticsRequest, references: References, context: RunContext): Promise<Zone | undefined> {
  if (zone === undefined || zone.srid === collection.srid) return zone?.polygons;
  const { back } = await references(collection.srid, zone.srid, context);
  return mapZone(zone.polygons, back, context);
}

/** Output bands of a part of the target. */
interface Piece {
  readonly column: number;
  readonly row: number;
  readonly width: number;
  readonly height: number;
  readonly bands: readonly Plane[];
}

/** The target in pieces: stored bands as their blocks come, computed ones in strips; what no row covers is NaN. */
async function* pieces(rasters: RasterService, request: StatisticsRequest, target: Target, context: RunContext): AsyncIterable<Piece> {
  const { collection, look, rows } = request;
  const shown = look.bands ?? collection.bands.map((_, n) => n);
  if (look.expressions === undefined && look.algorithm === undefined) {
    const { nodata, unscale } = look;
    for await (const { bands, ...window } of rasters.windows({ collection, target, bands: shown, rows, nodata, unscale }, context)) {
      yield { ...window, bands: bands ?? shown.map(() => missing(window)) };
    }
    return;
  }
  const height = Math.max(1, Math.floor(PIECE_PIXELS / target.width));
  const outputs = look.expressions?.length ?? 1;
  for (let row = 0; row < target.height; row += height) {
    const strip = { ...target, grid: shiftGrid(target.grid, 0, row), height: Math.min(height, target.height - row) };
    const computed = await rasters.computed({ sources: [{ collection }], target: strip, look, rows }, context);
    const bands = computed?.values.bands ?? Array.from({ length: outputs }, () => missing(strip));
    yield { column: 0, row, width: strip.width, height: strip.height, bands };
  }
}

function missing({ width, height }: { readonly width: number; readonly height: number }): Plane {
  return new Float32Array(width * height).fill(Number.NaN);
}

/** Square metres of each pixel, of its share inside the zone where there is one. */
function areasOf({ column, row, width, height }: Piece, area: CellArea, weights: Float32Array | undefined): Float32Array {
  const areas = new Float32Array(width * height);
  for (let j = 0; j < height; j += 1) {
    for (let i = 0; i < width; i += 1) {
      const at = j * width + i;
      const share = weights === undefined ? 1 : (weights[at] ?? 0);
      if (share > 0) areas[at] = share * area(column + i, row + j);
    }
  }
  return areas;
}

function sumWhereValue(plane: Plane, ground: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < plane.length; i += 1) {
    const value = plane[i] ?? 0;
    if (value === value) sum += ground[i] ?? 0;
  }
  return sum;
}
