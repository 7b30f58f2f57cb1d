import type { Bbox } from '../../base/bbox.ts';
import type { AxisSubset } from '../../base/subset.ts';
import type { RunContext } from '../../db/database.ts';
import type { Look } from '../../raster/look.ts';
import type { Crs, CrsService } from '../crs/crs-service.ts';
import { sortSubset } from '../crs/spatial-subset.ts';
import type { ClipService, ClipWish } from '../clips/clip-service.ts';
import type { CollectionService } from '../collections/collection-service.ts';
import { chooseRows, type RowWish } from './choose-rows.ts';
import type { Drawable } from './drawable.ts';
import { layerSources, type NamedLayer } from './layer-sources.ts';
import type { MapLayer } from './map-service.ts';
import { planMap, type MapPlan, type MapSubject, type MapWish } from './plan-map.ts';

/** A map as it was asked for. */
export interface MapQuestion extends MapWish, ClipWish, Omit<RowWish, 'subset'> {
  readonly drawables: readonly Drawable[];
  /** True for the map of everything: its CRS is CRS84 unless one is asked for. */
  readonly isDataset: boolean;
  readonly subset?: readonly AxisSubset[] | undefined;
  readonly look: Look;
  /** Sources by name: then one picture of them, instead of the collections over one another. */
  readonly layers?: readonly NamedLayer[] | undefined;
}

/** What maps are prepared with. */
export interface PrepareTools {
  readonly crs: CrsService;
  readonly collections: CollectionService;
  readonly clips: ClipService;
}

/** A map ready to be drawn. */
export interface PreparedMap {
  readonly plan: MapPlan;
  readonly layers: readonly MapLayer[];
  /** What the answer says of its time: an instant or an interval; undefined where nothing shown has one. */
  readonly datetime: string | undefined;
}

/**
 * Where the map lies and what it shows.
 * @throws AppError as `planMap` and `chooseRows`
 */
export async function prepareMap(tools: PrepareTools, question: MapQuestion, context: RunContext): Promise<PreparedMap> {
  const parts = sortSubset(question.subset ?? []);
  const subject = await subjectOf(tools.crs, question, context);
  const plan = await planMap(tools.crs, { ...question, spatial: parts.spatial }, subject, context);
  const clip = await tools.clips.rings(question, plan.crs.srid, context);
  const sources = question.layers === undefined ? undefined : layerSources(tools.collections, question.layers);
  const shown = sources === undefined ? question.drawables : question.drawables.slice(0, 1);
  const layers = shown.map((drawable) => ({
    drawable,
    look: question.look,
    rows: chooseRows({ ...question, subset: parts }, drawable),
    sources,
    clip,
  }));
  return { plan, layers, datetime: timeText(layers) };
}

async function subjectOf(crsService: CrsService, { drawables, isDataset }: MapQuestion, context: RunContext): Promise<MapSubject> {
  const [first] = drawables;
  const crs84 = await crsService.crs84(context);
  if (!isDataset && first !== undefined) {
    const storage = await crsService.stored(first.collection.srid, context);
    return { storage, extent: first.collection.nativeBbox ?? (await measured(crsService, first, { crs84, storage }, context)) };
  }
  const boxes = drawables.flatMap(({ extent }) => (extent.bbox === undefined ? [] : [extent.bbox]));
  return { storage: crs84, extent: unionOf(boxes) };
}

const WORLD: Bbox = [-180, -90, 180, 90];

async function measured(
  crsService: CrsService,
  { extent }: Drawable,
  { crs84, storage }: { readonly crs84: Crs; readonly storage: Crs },
  context: RunContext,
): Promise<Bbox> {
  const [west, south, east, north] = extent.bbox ?? WORLD;
  const box: Bbox = [west, south, west > east ? east + 360 : east, north];
  return (await crsService.box(box, crs84, storage, context)) ?? box;
}

function unionOf(boxes: readonly Bbox[]): Bbox {
  if (boxes.length === 0 || boxes.some(([west, , east]) => west > east)) {
    return boxes.length === 0 ? WORLD : [-180, Math.min(...boxes.map((b) => b[1])), 180, Math.max(...boxes.map((b) => b[3]))];
  }
  return [
    Math.min(...boxes.map((b) => b[0])),
    Math.min(...boxes.map((b) => b[1])),
    Math.max(...boxes.map((b) => b[2])),
    Math.max(...boxes.map((b) => b[3])),
  ];
}

/** The time asked for, else the time of the data (OGC 20-058 /req/core/map-response). */
function timeText(layers: readonly MapLayer[]): string | undefined {
  const temporal = layers.filter(({ drawable }) => drawable.times !== undefined);
  const [first] = temporal;
  if (first === undefined) return undefined;
  const asked = first.rows?.datetime;
  if (asked !== undefined) return asked.start === asked.end ? asked.start : `${asked.start ?? '..'}/${asked.end ?? '..'}`;
  const starts = temporal.flatMap(({ drawable }) => drawable.times?.first ?? []).toSorted();
  const ends = temporal.flatMap(({ drawable }) => drawable.times?.last ?? []).toSorted();
  const [start, end] = first.rows?.latest === true ? [ends.at(-1), ends.at(-1)] : [starts[0], ends.at(-1)];
  return start === end ? start : `${start ?? '..'}/${end ?? '..'}`;
}
