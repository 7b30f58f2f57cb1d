import { AppError } from '../../base/error.ts';
import type { AxisSubset } from '../../base/subset.ts';
import type { RasterCollection } from '../../catalog/collection.ts';
import type { RunContext } from '../../db/database.ts';
import type { ClipService, ClipWish } from '../clips/clip-service.ts';
import { sortSubset, subsetText } from '../crs/spatial-subset.ts';
import type { TileCell } from '../tilesets/tileset-service.ts';
import type { RowWish } from './choose-rows.ts';
import { chooseShown } from './choose-shown.ts';
import type { DimensionService } from './dimension-service.ts';
import type { TileLook } from './draw-tile.ts';
import type { DrawableService } from './drawable-service.ts';

/** What a request says of a tile, besides its pixels and what `TileLook` holds already. */
export interface TileQuestion extends ClipWish, Omit<RowWish, 'subset'> {
  readonly collections: readonly RasterCollection[];
  readonly cell: TileCell;
  /** Undefined: the collections as they look by themselves. */
  readonly wish: TileLook | undefined;
  /** Time and further dimensions; where the tile lies is said by its address. */
  readonly subset?: readonly AxisSubset[] | undefined;
  /** Values of further columns by parameters of their own names. */
  readonly slices?: readonly AxisSubset[] | undefined;
}

/** What tiles are prepared with. */
export interface PrepareTileTools {
  readonly clips: ClipService;
  readonly dimensions: DimensionService;
  readonly drawables: DrawableService;
}

/** A tile ready to be drawn. */
export interface PreparedTile {
  readonly collections: readonly RasterCollection[];
  readonly wish: TileLook | undefined;
}

/**
 * Which collections and rows a tile shows, and what is cut away.
 * @throws AppError INVALID_PARAMETER for spatial axes, CONFLICTING_PARAMETERS for two times, NOT_FOUND outside the data
 */
export async function prepareTile(tools: PrepareTileTools, question: TileQuestion, context: RunContext): Promise<PreparedTile> {
  const { collections, cell, wish, slices = [] } = question;
  const { spatial, time, others } = sortSubset(question.subset ?? []);
  const [place] = spatial;
  if (place !== undefined) {
    throw new AppError('INVALID_PARAMETER', { detail: `Cannot use ${subsetText(place)} with a tile: its address says where it lies` });
  }
  const clip = await tools.clips.rings(question, cell.tms.srid, context);
  const cut: TileLook | undefined = clip === undefined ? wish : { look: {}, ...wish, clip };
  const subset = { time, others: [...others, ...slices] };
  // Where nothing outside the data is a failure, `wish` says all of a datetime.
  const isTimed = time !== undefined || (question.datetime !== undefined && question.outside !== 'blank');
  if (!isTimed && subset.others.length === 0) return { collections, wish: cut };
  const asked = cut?.layers === undefined ? collections : collections.slice(0, 1);
  const drawables = await Promise.all(asked.map(({ id }) => tools.drawables.get(id, context)));
  const shown = await chooseShown(tools.dimensions, { ...question, subset }, drawables, context);
  const rows = new Map(shown.map(({ drawable, rows: chosen }) => [drawable.collection.id, chosen]));
  return {
    collections: shown.map(({ drawable }) => drawable.collection),
    wish: { look: {}, ...cut, ...(cut?.layers === undefined ? { rowsOf: rows } : { rows: { ...cut.rows, ...shown[0]?.rows } }) },
  };
}
