import type { Kvp } from '../../http/kvp.ts';
import type { Body, RequestContext } from '../../http/route.ts';
import { rowsOfTile } from '../../services/maps/draw-tile.ts';
import type { InfoFormat } from '../../services/maps/info-documents.ts';
import { tileBbox } from '../../tms/tile-grid.ts';
import { checkLimits } from './get-tile.ts';
import { invalidValue, outOfRange, shown } from './refusal.ts';
import { findTile, type TileName } from './tile-request.ts';
import type { WmtsParts } from './wmts-parts.ts';

/** A pixel of a tile, and how it is told about. */
export interface InfoName {
  readonly tile: TileName;
  /** Column and row of the pixel, from the top left. */
  readonly i: string;
  readonly j: string;
  readonly format: InfoFormat;
}

/** Times of a layer that one answer tells at most. */
const MAX_READINGS = 100;

/** GetFeatureInfo (OGC 07-057r7 §7.3): the numbers of every band under a pixel. @throws AppError with a code of table 33 */
export async function getFeatureInfo(
  { name, kvp }: { readonly name: InfoName; readonly kvp: Kvp },
  parts: WmtsParts,
  context: RequestContext,
): Promise<Body> {
  const tile = await findTile(name.tile, kvp, { parts, context });
  const { cell, drawable, wish } = tile;
  const layer = {
    drawable,
    look: wish?.look ?? {},
    rows: rowsOfTile(wish, drawable.collection),
    clip: wish?.clip,
    expressionTexts: kvp.get('expression') ?? kvp.get('formula'),
  };
  const { tileWidth, tileHeight } = cell.matrix;
  const [column, row] = [pixel('I', name.i, tileWidth), pixel('J', name.j, tileHeight)];
  const [west, south, east, north] = tileBbox(cell.matrix, cell);
  const position = [west + ((column + 0.5) * (east - west)) / tileWidth, north - ((row + 0.5) * (north - south)) / tileHeight] as const;
  const place = { srid: cell.tms.srid, position };
  const layers = await parts.maps.info({ layers: [layer], ...place, limit: MAX_READINGS }, context);
  if (layers.every(({ readings }) => readings.length === 0)) await checkLimits(tile, parts, context);
  const { format } = name;
  const content = format.write({ position: await parts.maps.lonLat(place, context), layers, namespace: context.links.root });
  return { content, headers: { 'Content-Type': format.mediaType } };
}

function pixel(locator: 'I' | 'J', raw: string, count: number): number {
  if (!/^-?\d+$/.test(raw)) throw invalidValue(locator, `Cannot parse ${locator} ${shown(raw)}: expected an integer`);
  const index = Number(raw);
  if (index >= 0 && index < count) return index;
  throw outOfRange('PointIJOutOfRange', locator, `${locator} ${shown(raw)} is outside the tile: expected 0 to ${count - 1}`);
}
