import { AppError } from '../../base/error.ts';
import type { Kvp } from '../../http/kvp.ts';
import type { Body, RequestContext } from '../../http/route.ts';
import { drawTile } from '../../services/maps/draw-tile.ts';
import { outOfRange } from './refusal.ts';
import type { TileFormat } from './tile-format.ts';
import { findTile, type NamedTile, type TileName } from './tile-request.ts';
import type { WmtsParts } from './wmts-parts.ts';

/** GetTile (OGC 07-057r7 §7.2), which the same code draws as the map tiles of OGC API. @throws AppError with a code of table 28 */
export async function getTile(
  { name, format, kvp }: { readonly name: TileName; readonly format: TileFormat; readonly kvp: Kvp },
  parts: WmtsParts,
  context: RequestContext,
): Promise<Body> {
  const tile = await findTile(name, kvp, { parts, context });
  const { cell, collections, wish, pixels } = tile;
  const drawing = { collections, cell, format: format.format, wish, pixels };
  const drawn = await context.timed('tile', () => drawTile(parts, drawing, context));
  // Limits are minutes old: a tile that shows something is served whatever they say.
  if (drawn.isBlank && wish?.layers === undefined) await checkLimits(tile, parts, context);
  return { content: drawn.bytes, headers: { 'Content-Type': format.mediaType } };
}

/** @throws AppError with TileOutOfRange when the tile lies outside the limits that the capabilities name */
export async function checkLimits({ cell, drawable }: NamedTile, { tilesets }: WmtsParts, context: RequestContext): Promise<void> {
  try {
    await tilesets.checkLimits(cell, [drawable.collection], context.signal);
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'OUT_OF_RANGE') throw error;
    throw outOfRange('TileOutOfRange', await locatorOf({ cell, drawable }, { tilesets }, context), error.detail);
  }
}

/** Which of row and column is outside; the row where both are. */
async function locatorOf(
  { cell, drawable }: Pick<NamedTile, 'cell' | 'drawable'>,
  { tilesets }: Pick<WmtsParts, 'tilesets'>,
  context: RequestContext,
): Promise<string> {
  const limits = await tilesets.limits(cell.tms, [drawable.collection], context.signal);
  const own = limits?.find(({ tileMatrix }) => tileMatrix === cell.matrix.id);
  return own !== undefined && cell.row >= own.minTileRow && cell.row <= own.maxTileRow ? 'TileCol' : 'TileRow';
}
