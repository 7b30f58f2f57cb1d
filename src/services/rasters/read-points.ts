import type { RasterCollection, RasterLevel } from '../../catalog/collection.ts';
import type { RunContext } from '../../db/database.ts';
import { gather } from '../../raster/gather.ts';
import { allocatePlane } from '../../raster/image.ts';
import type { Warp } from '../../raster/warp.ts';
import type { Block } from '../../raster/wkb.ts';
import { unscale } from '../../render/compute-planes.ts';
import type { PointsRequest, PointValues } from './raster-request.ts';
import type { BlockReader } from './read-blocks.ts';
import { checkBands } from './read-values.ts';
import type { References } from './references.ts';
import { rowCondition } from './row-condition.ts';

/** What points are looked up with. */
export interface PointParts {
  readonly blocks: BlockReader;
  readonly references: References;
}

/** Points that are read by one statement; a box around all of a few is mostly small. */
const TOGETHER = 64;
/** A box may hold so many pixels more than its points before these are read one by one. */
const SPREAD_PX = 2048;

/**
 * Numbers under points on the base table. Points near to each other share a statement. Times are those of rows that lie
 * under any of the points, newest first; what a row does not cover has no data at its time.
 */
export async function readPoints(parts: PointParts, request: PointsRequest, context: RunContext): Promise<readonly PointValues[]> {
  const { collection, points } = request;
  const bands = request.bands ?? collection.bands.map((_, n) => n);
  checkBands(collection, bands);
  const count = points.length / 2;
  const byTime = new Map<number | undefined, Float64Array[]>();
  const level = collection.levels[0];
  if (level === undefined) return [];
  const fresh = (): Float64Array[] => bands.map(() => new Float64Array(count).fill(Number.NaN));
  for (const srid of [collection.srid, ...(collection.otherSrids ?? [])]) {
    const { back, geographic } = await parts.references(srid, request.srid, context);
    const xy = points.slice();
    await back.run(xy, context);
    const part = srid === collection.srid ? collection : { ...collection, srid, nativeBbox: undefined };
    for (const group of groupsOf(xy, level)) {
      const blocks = await readGroup(parts.blocks, { request, collection: part, level, bands, xy, group, geographic }, context);
      for (const [time, own] of split(blocks, collection)) {
        const values = byTime.get(time) ?? fresh();
        byTime.set(time, values);
        fill(values, { request, level, bands, xy, group, geographic, blocks: own });
      }
    }
  }
  if (byTime.size === 0 && collection.temporal === undefined) return [{ time: undefined, bands: fresh() }];
  return [...byTime]
    .sort(([p = -Infinity], [q = -Infinity]) => q - p)
    .map(([time, values]) => ({
      time: textOf(time),
      bands: request.unscale === true ? values.map((plane, n) => unscale(plane, collection.bands[bands[n] ?? 0])) : values,
    }));
}

interface Group {
  /** Indexes of points. */
  readonly members: readonly number[];
  readonly bounds: readonly [number, number, number, number];
}

/** Runs of points whose box is not much larger than what they touch. */
function groupsOf(xy: Float64Array, { pixelWidth, pixelHeight }: RasterLevel): readonly Group[] {
  const groups: { members: number[]; bounds: [number, number, number, number] }[] = [];
  for (let i = 0; i < xy.length / 2; i += 1) {
    const [x = Number.NaN, y = Number.NaN] = [xy[2 * i], xy[2 * i + 1]];
    if (!Number.isFinite(x) || !Number.isFinite(y)) continue;
    const last = groups.at(-1);
    const [west, south, east, north] = last?.bounds ?? [x, y, x, y];
    const grown: [number, number, number, number] = [Math.min(west, x), Math.min(south, y), Math.max(east, x), Math.max(north, y)];
    const small = grown[2] - grown[0] <= SPREAD_PX * pixelWidth && grown[3] - grown[1] <= SPREAD_PX * pixelHeight;
    if (last !== undefined && small && last.members.length < TOGETHER) {
      last.members.push(i);
      last.bounds = grown;
    } else groups.push({ members: [i], bounds: [x, y, x, y] });
  }
  return groups;
}

interface GroupRequest {
  readonly request: PointsRequest;
  readonly collection: RasterCollection;
  readonly level: RasterLevel;
  readonly bands: readonly number[];
  readonly xy: Float64Array;
  readonly group: Group;
  readonly geographic: boolean;
}

function readGroup(
  reader: BlockReader,
  { request, collection, level, bands, group, geographic }: GroupRequest,
  context: RunContext,
): Promise<readonly Block[]> {
  const condition = rowCondition(collection, request.rows);
  return reader.read(
    {
      collection,
      level,
      bounds: group.bounds,
      geographic,
      size: undefined,
      margin: 1,
      bands,
      condition,
      topOnly: collection.temporal === undefined,
    },
    context,
  );
}

/** Blocks by the time of their rows; all together where the collection has no time. */
function split(blocks: readonly Block[], { temporal }: RasterCollection): ReadonlyMap<number | undefined, readonly Block[]> {
  if (temporal === undefined) return blocks.length === 0 ? new Map() : new Map([[undefined, blocks]]);
  const times = [...new Set(blocks.map(({ time }) => time))];
  return new Map(times.map((time) => [time, blocks.filter((block) => block.time === time)]));
}

interface Filling {
  readonly request: PointsRequest;
  readonly level: RasterLevel;
  readonly bands: readonly number[];
  readonly xy: Float64Array;
  readonly group: Group;
  readonly geographic: boolean;
  readonly blocks: readonly Block[];
}

/** Each point is a picture of one pixel without extent. */
function fill(values: readonly Float64Array[], { request, level, bands, xy, group, geographic, blocks }: Filling): void {
  const kernel = request.interpolation === 'bilinear' ? 'bilinear' : 'nearest';
  const { nodata } = request;
  const own =
    nodata === undefined
      ? blocks
      : blocks.map((block) => ({ ...block, bands: block.bands.map((band) => ({ ...band, nodata, full: undefined, blank: false })) }));
  // A point on the edge between two pixels must meet one of them.
  const edge = { x: level.pixelWidth / 1000, y: level.pixelHeight / 1000 };
  for (const i of group.members) {
    const [x = 0, y = 0] = [xy[2 * i], xy[2 * i + 1]];
    const warp: Warp = { kind: 'separable', width: 1, height: 1, x: Float64Array.of(x), y: Float64Array.of(y) };
    const source = {
      window: { column: 0, row: 0, width: 1, height: 1 },
      warp,
      bounds: [x - edge.x, y - edge.y, x + edge.x, y + edge.y] as const,
      blocks: own,
      geographic,
      margin: 1,
    };
    const selection = request.rows?.selection ?? 'first';
    const planes = gather([source], { width: 1, height: 1, bands, kernel, selection }, allocatePlane);
    planes?.forEach((plane, n) => {
      const value = plane[0] ?? Number.NaN;
      const band = values[n];
      if (band !== undefined && Number.isNaN(band[i] ?? 0)) band[i] = value;
    });
  }
}

function textOf(time: number | undefined): string | undefined {
  return time === undefined || !Number.isFinite(time) ? undefined : new Date(Math.round(time * 1000)).toISOString().replace(/\.000Z$/, 'Z');
}
