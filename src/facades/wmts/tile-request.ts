import { AppError } from '../../base/error.ts';
import type { RunContext } from '../../db/database.ts';
import type { Kvp } from '../../http/kvp.ts';
import { lookOf, lookParameters } from '../../http/params/raster/look-parameters.ts';
import { rowParameters } from '../../http/params/raster/row-parameters.ts';
import type { Drawable } from '../../services/maps/drawable.ts';
import type { MapLayer } from '../../services/maps/map-service.ts';
import { namedTime } from '../../services/maps/named-time.ts';
import type { RowSelection } from '../../services/rasters/raster-request.ts';
import { findStyle } from '../../services/maps/picture-styles.ts';
import type { TileCell } from '../../services/tilesets/tileset-service.ts';
import { findMatrix } from '../../tms/registry.ts';
import { hasTile } from '../../tms/tile-grid.ts';
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
export interface NamedTile {
  readonly cell: TileCell;
  readonly layer: MapLayer;
}

/**
 * Finds what a name means; further wishes about the picture come from the query.
 * @throws AppError with InvalidParameterValue or TileOutOfRange and the parameter that is wrong
 */
export async function findTile(
  name: TileName,
  kvp: Kvp,
  { parts, context }: { readonly parts: WmtsParts; readonly context: RunContext },
): Promise<NamedTile> {
  const drawable = await findDrawable(name.layer, parts, context);
  const look = lookOf(kvp.readAll(lookParameters));
  const { pixelSelection } = kvp.readAll(rowParameters);
  const style = findStyle(drawable.collection, name.style, look);
  if (style === undefined) throw invalidValue('Style', `Layer ${shown(name.layer)} has no style ${shown(name.style)}`);
  const cell = findCell(name, parts);
  const rows = { ...findTime(name.time, drawable), ...(pixelSelection === undefined ? {} : { selection: pixelSelection }) };
  return { cell, layer: { drawable, look: { ...style.look, ...look }, rows } };
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

function findTime(raw: string, drawable: Drawable): RowSelection {
  try {
    return namedTime(raw, drawable);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    throw invalidValue('Time', error.detail);
  }
}
