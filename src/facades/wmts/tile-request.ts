import { AppError } from '../../base/error.ts';
import { and } from '../../base/sql.ts';
import type { RasterCollection } from '../../catalog/collection.ts';
import type { RunContext } from '../../db/database.ts';
import type { Kvp } from '../../http/kvp.ts';
import { tileLookOf, tileLookParameters, tileSizeOf, type TileLookInput } from '../../http/params/raster/tile-parameters.ts';
import { sortSubset } from '../../services/crs/spatial-subset.ts';
import type { Drawable } from '../../services/maps/drawable.ts';
import { rowsOfTile, type TileLook, type TilePixels } from '../../services/maps/draw-tile.ts';
import { namedAxisFilter } from '../../services/maps/named-axes.ts';
import { namedTime } from '../../services/maps/named-time.ts';
import { prepareTile, type PreparedTile } from '../../services/maps/prepare-tile.ts';
import type { RowSelection } from '../../services/rasters/raster-request.ts';
import { DEFAULT_STYLE, findStyle, type PictureStyle } from '../../services/maps/picture-styles.ts';
import type { TileCell } from '../../services/tilesets/tileset-service.ts';
import { findMatrix } from '../../tms/registry.ts';
import { hasTile } from '../../tms/tile-grid.ts';
import { axisColumns } from './layer-axes.ts';
import { isExpressible } from './expressible.ts';
import { invalidValue, outOfRange, shown } from './refusal.ts';
import type { WmtsParts } from './wmts-parts.ts';

/** A tile as it is named, by the words of a query or by the parts of a path. */
export interface TileName {
  readonly layer: string;
  readonly style: string;
  /** Empty: the default. */
  readonly time: string;
  readonly tileMatrixSet: string;
  readonly tileMatrix: string;
  readonly tileRow: string;
  readonly tileCol: string;
}

/** A tile that exists, and what is drawn on it. */
export interface NamedTile extends PreparedTile {
  readonly cell: TileCell;
  readonly drawable: Drawable;
  readonly pixels: TilePixels;
}

/**
 * Finds what a name means; further wishes about the picture come from the query, in the words of map tiles.
 * @throws AppError with InvalidParameterValue or TileOutOfRange and the parameter that is wrong
 */
export async function findTile(
  name: TileName,
  kvp: Kvp,
  { parts, context }: { readonly parts: WmtsParts; readonly context: RunContext },
): Promise<NamedTile> {
  const drawable = await findDrawable(name.layer, parts, context);
  const { collection } = drawable;
  const input = kvp.readAll<TileLookInput>(tileLookParameters);
  const look = tileLookOf(input);
  const style = findStyle(collection, name.style, look?.look);
  if (style === undefined) throw invalidValue('Style', `Layer ${shown(name.layer)} has no style ${shown(name.style)}`);
  const cell = findCell(name, parts);
  const time = findTime(name.time, drawable);
  if (time !== undefined && (input.datetime !== undefined || sortSubset(input.subset ?? []).time !== undefined)) {
    throw invalidValue('Time', 'Cannot combine Time with datetime or a time of subset: give one of them');
  }
  const question = { ...input, collections: [collection], cell, wish: styled(look, style) };
  const { wish, collections } = await prepareTile(parts, question, context);
  const named = [...(time === undefined ? [] : [time]), ...(await axisRows(kvp, { collection, parts }, context))];
  return { cell, drawable, collections, wish: named.length === 0 ? wish : narrowed(wish, named, collection), pixels: tileSizeOf(input) };
}

async function findDrawable(id: string, { drawables }: WmtsParts, context: RunContext): Promise<Drawable> {
  try {
    return await drawables.get(id, context);
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'NOT_FOUND') throw error;
    throw invalidValue('Layer', `There is no layer ${shown(id)}`);
  }
}

function findCell(name: TileName, { tilesets }: WmtsParts): TileCell {
  const tms = tilesets.registry.get(name.tileMatrixSet);
  if (tms === undefined || !isExpressible(tms))
    throw invalidValue('TileMatrixSet', `There is no tile matrix set ${shown(name.tileMatrixSet)}`);
  const matrix = findMatrix(tms, name.tileMatrix);
  if (matrix === undefined) throw invalidValue('TileMatrix', `${tms.id} has no tile matrix ${shown(name.tileMatrix)}`);
  const row = indexOf('TileRow', name.tileRow, matrix.matrixHeight);
  const col = indexOf('TileCol', name.tileCol, matrix.matrixWidth);
  if (!hasTile(matrix, { row, col })) throw outOfRange('TileOutOfRange', 'TileRow', `${tms.id} has no such tile`);
  return { tms, matrix, row, col };
}

/** A whole number below a count. @throws AppError with InvalidParameterValue or TileOutOfRange */
function indexOf(locator: string, raw: string, count: number): number {
  if (!/^-?\d+$/.test(raw)) throw invalidValue(locator, `Cannot parse ${locator} ${shown(raw)}: expected an integer`);
  const index = Number(raw);
  if (index >= 0 && index < count) return index;
  throw outOfRange('TileOutOfRange', locator, `${locator} ${shown(raw)} is outside the tile matrix: expected 0 to ${count - 1}`);
}

/** The rows of a time; undefined where none is chosen. @throws AppError with InvalidParameterValue */
function findTime(raw: string, drawable: Drawable): RowSelection | undefined {
  try {
    const rows = namedTime(raw, drawable);
    return Object.keys(rows).length === 0 ? undefined : rows;
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    throw invalidValue('Time', error.detail);
  }
}

/** A look in a style, which further parameters go before; undefined where nothing is said. */
function styled(look: TileLook | undefined, style: PictureStyle): TileLook | undefined {
  return style === DEFAULT_STYLE ? look : { ...look, look: { ...style.look, ...look?.look } };
}

/** The rows that dimensions choose. @throws AppError with InvalidParameterValue */
async function axisRows(
  kvp: Kvp,
  { collection, parts }: { readonly collection: RasterCollection; readonly parts: WmtsParts },
  context: RunContext,
): Promise<readonly RowSelection[]> {
  const asked = axisColumns(collection).flatMap((axis) => {
    const raw = kvp.get(axis.name);
    return raw === undefined ? [] : [{ raw, axis, collection }];
  });
  const filters = asked.map(async (one) => {
    try {
      return await namedAxisFilter(parts.dimensions, one, context);
    } catch (error) {
      const isValue = error instanceof AppError && (error.code === 'INVALID_PARAMETER' || error.code === 'NOT_FOUND');
      throw isValue ? invalidValue(one.axis.name, error.detail) : error;
    }
  });
  return (await Promise.all(filters)).flatMap((filter) => (filter === undefined ? [] : [{ filter }]));
}

/** A look of only the rows that all of some selections choose. */
function narrowed(wish: TileLook | undefined, named: readonly RowSelection[], collection: RasterCollection): TileLook {
  const all = [rowsOfTile(wish, collection) ?? {}, ...named];
  const filters = all.flatMap(({ filter }) => filter ?? []);
  const rows: RowSelection = Object.assign({}, ...all);
  return { look: {}, ...wish, rowsOf: undefined, rows: { ...rows, ...(filters.length === 0 ? {} : { filter: and(filters) }) } };
}
