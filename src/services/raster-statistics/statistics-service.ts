import { setImmediate } from 'node:timers/promises';
import type { RasterCollection } from '../../catalog/collection.ts';
import { WGS84 } from '../../crs/crs-definition.ts';
import type { RunContext } from '../../db/database.ts';
import { invertGrid } from '../../raster/grid.ts';
import type { Look } from '../../raster/look.ts';
import type { AreaTable } from '../../raster/statistics/area-table.ts';
import type { BandStatistics, StatisticsOptions } from '../../raster/statistics/band-statistics.ts';
import { collectTallies, type Collected } from '../../raster/statistics/collect-tallies.ts';
import { mergeDistributions, type Distribution } from '../../raster/statistics/distribution.ts';
import { zoneOn, type Zone, type ZonePolygon } from '../../raster/statistics/zone.ts';
import type { RowSelection } from '../rasters/raster-request.ts';
import type { RasterService } from '../rasters/raster-service.ts';
import type { TalliesRequest } from '../rasters/read-tallies.ts';
import type { References } from '../rasters/references.ts';
import type { Target } from '../rasters/placement.ts';
import { cellAreas } from './cell-area.ts';
import { chooseFactor } from './choose-factor.ts';
import { mapZone, turnZone, zoneBounds } from './zone-polygons.ts';

/** Whose values are counted. */
export interface StatisticsRequest {
  readonly collection: RasterCollection;
  /** Bands, expressions, nodata and unscale of it count; its colours do not. */
  readonly look: Look;
  readonly rows?: RowSelection | undefined;
  /** Polygons with the CRS of their positions; absent: the whole collection. */
  readonly zone?: { readonly polygons: readonly ZonePolygon[]; readonly srid: number } | undefined;
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

/** Values that are no whole numbers of 16 bits may be so many in value counts: more are no classes. */
const MOST_CLASSES = 100_000;

/** Counts what the raster service tallies, window by window, so that memory does not grow with the collection. */
export function createStatisticsService(rasters: RasterService, references: References): StatisticsService {
  const plan = async (request: StatisticsRequest, context: RunContext): Promise<Plan> => {
    const { collection, maxSize, exact, weighted } = request;
    // Long outlines take milliseconds to be parsed, to be mapped and to be laid on the grid: others have their turn in between.
    if (request.zone !== undefined) await setImmediate();
    const polygons = await nativeZone(request, references, context);
    const factor = chooseFactor(collection, { bounds: polygons === undefined ? undefined : zoneBounds(polygons), maxSize, exact });
    const parts = polygons === undefined ? undefined : await partsOf(polygons, collection, references, context);
    const target = rasters.nativeTarget(collection, { bounds: parts === undefined ? undefined : zoneBounds(parts), factor });
    if (parts !== undefined) await setImmediate();
    const zone = parts === undefined ? undefined : zoneOn(parts, invertGrid(target.grid), weighted);
    return { target, zone, origin: { exact: factor === 1, level: factor } };
  };
  const areasIn = async (target: Target, { collection }: StatisticsRequest, context: RunContext): Promise<AreaTable> => {
    const { forward } = await references(collection.srid, WGS84.srid, context);
    return cellAreas(target, forward, context);
  };
  const collect = async (request: StatisticsRequest, counting: CountingPlan, context: RunContext): Promise<readonly Collected[]> => {
    const { collection, look, rows } = request;
    const outputs = look.expressions ?? look.bands ?? collection.bands;
    const collectors = outputs.map(() => collectTallies(counting.limit));
    const keep = (): boolean => collectors.some(({ keeps }) => keeps);
    for await (const tallies of rasters.tallies({ collection, look, rows, keep, ...counting }, context)) {
      tallies.forEach((tally, n) => collectors[n]?.add(tally));
    }
    return collectors.map((collector) => collector.collected());
  };
  return {
    async statistics(request, options, context) {
      const { target, zone, origin } = await plan(request, context);
      const areas = zone === undefined ? undefined : await areasIn(target, request, context);
      const counting = { target, limit: options.limit, counting: { zone, areas, weigh: 'samples' as const } };
      const collected = await collect(request, counting, context);
      const grounds = collected.map(({ area }) => area);
      const bands = await rasters.summary(collected, options, context.signal);
      return { ...origin, bands: bands.map((band, n) => ({ ...band, area: zone === undefined ? undefined : (grounds[n] ?? 0) })) };
    },
    async valueCounts(request, context) {
      const { target, zone, origin } = await plan(request, context);
      const areas = await areasIn(target, request, context);
      const collected = await collect(request, { target, limit: MOST_CLASSES, counting: { zone, areas, weigh: 'ground' } }, context);
      return {
        ...origin,
        bands: collected.map(({ counted, others }) => (others === undefined ? undefined : mergeDistributions([counted, ...others]))),
      };
    },
  };
}

interface Plan {
  readonly target: Target;
  readonly zone: Zone | undefined;
  readonly origin: Origin;
}

interface CountingPlan extends Pick<TalliesRequest, 'target' | 'counting'> {
  /** Values that are not counted in place, at most. */
  readonly limit: number;
}

async function nativeZone(
  { zone, collection }: StatisticsRequest,
  references: References,
  context: RunContext,
): Promise<readonly ZonePolygon[] | undefined> {
  if (zone === undefined || zone.srid === collection.srid) return zone?.polygons;
  const { back } = await references(collection.srid, zone.srid, context);
  return mapZone(zone.polygons, back, context);
}

/** A zone as it lies on a collection: where that is in degrees, in every turn in which it does. */
async function partsOf(
  polygons: readonly ZonePolygon[],
  { srid, nativeBbox }: RasterCollection,
  references: References,
  context: RunContext,
): Promise<readonly ZonePolygon[]> {
  const { geographic } = await references(srid, WGS84.srid, context);
  return geographic && nativeBbox !== undefined ? turnZone(polygons, nativeBbox) : polygons;
}
