import type { Bbox } from '../../base/bbox.ts';
import type { AxisSubset } from '../../base/subset.ts';
import { boxAroundBoxes } from '../../catalog/geographic-box.ts';
import type { RunContext } from '../../db/database.ts';
import type { Look } from '../../raster/look.ts';
import type { Crs, CrsService } from '../crs/crs-service.ts';
import { sortSubset } from '../crs/spatial-subset.ts';
import type { ClipService, ClipWish } from '../clips/clip-service.ts';
import { turnedRings } from '../clips/turned-rings.ts';
import type { CollectionService } from '../collections/collection-service.ts';
import type { DatasetExtent } from '../collections/dataset-extent.ts';
import type { RowWish } from './choose-rows.ts';
import type { RasterService } from '../rasters/raster-service.ts';
import { chooseShown } from './choose-shown.ts';
import type { DimensionService } from './dimension-service.ts';
import type { Drawable } from './drawable.ts';
import { layerSources, type NamedLayer } from './layer-sources.ts';
import type { MapLayer } from './map-layer.ts';
import { planMap, type MapPlan, type MapSubject, type MapWish } from './plan-map.ts';

/** A map as it was asked for. */
export interface MapQuestion extends MapWish, ClipWish, Omit<RowWish, 'subset'> {
  readonly drawables: readonly Drawable[];
  /** True for the map of everything: its CRS is CRS84 unless one is asked for. */
  readonly isDataset: boolean;
  readonly subset?: readonly AxisSubset[] | undefined;
  /** Values of further columns by parameters of their own names. */
  readonly slices?: readonly AxisSubset[] | undefined;
  readonly look: Look;
  /** Sources by name: then one picture of them, instead of the collections over one another. */
  readonly layers?: readonly NamedLayer[] | undefined;
}

/** What maps are prepared with. */
export interface PrepareTools {
  readonly crs: CrsService;
  readonly collections: CollectionService;
  readonly clips: ClipService;
  readonly dataset: DatasetExtent;
  readonly dimensions: DimensionService;
  readonly rasters: Pick<RasterService, 'limits'>;
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
  const subject = { ...(await subjectOf(tools.crs, question, context)), limits: tools.rasters.limits };
  const plan = await planMap(tools.crs, { ...question, spatial: parts.spatial }, subject, context);
  const rings = await tools.clips.rings(question, plan.crs.srid, context);
  const clip = rings === undefined ? undefined : turnedRings(rings, plan.bbox, plan.crs);
  const sources = question.layers === undefined ? undefined : layerSources(tools.collections, question.layers);
  const asked = sources === undefined ? question.drawables : question.drawables.slice(0, 1);
  const subset = { ...parts, others: [...parts.others, ...(question.slices ?? [])] };
  const shown = await chooseShown(tools.dimensions, { ...question, subset }, asked, context);
  const layers = shown.map(({ drawable, rows }) => ({ drawable, look: question.look, rows, sources, clip }));
  return { plan, layers, datetime: timeText(layers) ?? (await timeOfTimeless(tools.dataset, question)) };
}

/**
 * The time of a map of everything that shows nothing with a time: what has none is there at all times, so that it is of
 * the time asked for, or of all the time that the landing page tells.
 */
async function timeOfTimeless(dataset: DatasetExtent, { isDataset, datetime }: MapQuestion): Promise<string | undefined> {
  if (!isDataset) return undefined;
  const { interval } = await dataset.read();
  if (interval === undefined) return undefined;
  return datetime === undefined ? spanText(interval[0], interval[1]) : spanText(datetime.start, datetime.end);
}

function spanText(start: string | null | undefined, end: string | null | undefined): string | undefined {
  return start === end ? (start ?? undefined) : `${start ?? '..'}/${end ?? '..'}`;
}

async function subjectOf(
  crsService: CrsService,
  { drawables, isDataset }: MapQuestion,
  context: RunContext,
): Promise<Omit<MapSubject, 'limits'>> {
  const [first] = drawables;
  const crs84 = await crsService.crs84(context);
  if (!isDataset && first !== undefined) {
    const storage = await crsService.stored(first.collection.srid, context);
    return { storage, extent: first.collection.nativeBbox ?? (await measured(crsService, first, { crs84, storage }, context)) };
  }
  const boxes = drawables.flatMap(({ extent }) => (extent.bbox === undefined ? [] : [extent.bbox]));
  return { storage: crs84, extent: turned(boxAroundBoxes(boxes) ?? WORLD) };
}

const WORLD: Bbox = [-180, -90, 180, 90];

/** West < east, beyond 180° across the antimeridian. */
function turned([west, south, east, north]: Bbox): Bbox {
  return [west, south, west > east ? east + 360 : east, north];
}

async function measured(
  crsService: CrsService,
  { extent }: Drawable,
  { crs84, storage }: { readonly crs84: Crs; readonly storage: Crs },
  context: RunContext,
): Promise<Bbox> {
  const box = turned(extent.bbox ?? WORLD);
  return (await crsService.box(box, crs84, storage, context)) ?? box;
}

/** The time asked for, as far as the data reach, else the time of the data (OGC 20-058 /req/core/map-response). */
function timeText(layers: readonly MapLayer[]): string | undefined {
  const temporal = layers.flatMap(({ drawable: { times }, rows }) => (times === undefined ? [] : [{ times, rows }]));
  const [first] = temporal;
  if (first === undefined) return undefined;
  const [starts, ends] = [temporal.map(({ times }) => times.first).toSorted(), temporal.map(({ times }) => times.last).toSorted()];
  if (first.rows?.latest === true) return ends.at(-1);
  const asked = first.rows?.datetime;
  return spanText(asked?.start ?? starts[0], asked?.end ?? ends.at(-1));
}
