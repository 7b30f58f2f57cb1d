import { AppError } from '../../base/error.ts';
import type { RunContext } from '../../db/database.ts';
import type { Kvp } from '../../http/kvp.ts';
import { lookOf, lookParameters } from '../../http/params/raster/look-parameters.ts';
import { rowParameters, type RowInput } from '../../http/params/raster/row-parameters.ts';
import type { Look } from '../../raster/look.ts';
import { chooseRows } from '../../services/maps/choose-rows.ts';
import type { Drawable } from '../../services/maps/drawable.ts';
import type { DrawableService } from '../../services/maps/drawable-service.ts';
import type { MapLayer } from '../../services/maps/map-service.ts';
import type { RowSelection } from '../../services/rasters/raster-request.ts';
import { findStyle } from '../../services/maps/picture-styles.ts';
import { namedTime } from '../../services/maps/named-time.ts';
import { required } from './map-parameters.ts';
import { invalidValue, refusal, shown } from './refusal.ts';

/** How many layers one map shows at most; published in the capabilities. */
export const LAYER_LIMIT = 32;

/** Parameters that would narrow or restyle what is shown: ignoring them would show what was not asked for. */
const REFUSED = ['SLD', 'SLD_BODY', 'FILTER', 'CQL_FILTER'];

/**
 * The layers of a map, the first lowest, with their styles, the vendor parameters and the time.
 * @throws AppError with LayerNotDefined, StyleNotDefined, InvalidDimensionValue
 */
export async function readLayers(kvp: Kvp, drawables: DrawableService, context: RunContext): Promise<readonly MapLayer[]> {
  refuseUnknownStyling(kvp);
  const shownLayers = await readNames(kvp, 'LAYERS', { drawables, context });
  const styles = (kvp.get('STYLES') ?? '').split(',');
  if (styles.length > shownLayers.length || (styles.length < shownLayers.length && styles.some((style) => style !== ''))) {
    throw refusal(
      'StyleNotDefined',
      'STYLES',
      `Cannot style ${shownLayers.length} layers by ${styles.length} styles: expected one for each`,
    );
  }
  const toLayer = layerReader(kvp);
  return shownLayers.map((drawable, i) => toLayer(drawable, styles[i] ?? ''));
}

/** The one layer of a legend. @throws AppError with LayerNotDefined, StyleNotDefined, InvalidDimensionValue */
export async function readLayer(kvp: Kvp, drawables: DrawableService, context: RunContext): Promise<MapLayer> {
  refuseUnknownStyling(kvp);
  const id = required(kvp, 'LAYER');
  const drawable = await find(id, drawables, context);
  if (drawable === undefined) throw refusal('LayerNotDefined', 'LAYER', `There is no layer ${shown(id)}`);
  return layerReader(kvp)(drawable, kvp.get('STYLE') ?? '');
}

function refuseUnknownStyling(kvp: Kvp): void {
  for (const name of REFUSED) {
    if (kvp.get(name) !== undefined)
      throw refusal('OperationNotSupported', name, `Cannot apply ${name}: maps are drawn by named styles here`);
  }
}

/** Reads what concerns all layers once: the vendor parameters. */
function layerReader(kvp: Kvp): (drawable: Drawable, style: string) => MapLayer {
  const look = lookOf(kvp.readAll(lookParameters));
  const rows = kvp.readAll(rowParameters);
  return (drawable, style) => ({
    drawable,
    look: { ...readStyle(drawable, style, look), ...look },
    rows: readRows(kvp, rows, drawable),
  });
}

/** The drawables that a parameter names. @throws AppError with LayerNotDefined, or without a code for more than are drawn */
export async function readNames(
  kvp: Kvp,
  name: 'LAYERS' | 'QUERY_LAYERS',
  { drawables, context }: { readonly drawables: DrawableService; readonly context: RunContext },
): Promise<readonly Drawable[]> {
  const pieces = required(kvp, name).split(',');
  const found: Drawable[] = [];
  for (let i = 0; i < pieces.length;) {
    const taken = await takeName(pieces.slice(i, i + LAYER_LIMIT), drawables, context);
    if (taken === undefined) throw refusal('LayerNotDefined', name, `There is no layer ${shown(pieces[i] ?? '')}`);
    found.push(taken.drawable);
    i += taken.pieces;
  }
  if (found.length > LAYER_LIMIT) {
    throw invalidValue(name, `Cannot draw ${found.length} layers: at most ${LAYER_LIMIT} are drawn at a time`);
  }
  return found;
}

/** The layer that the first piece names, or the first two, three …: names may hold commas themselves. */
async function takeName(
  pieces: readonly string[],
  drawables: DrawableService,
  context: RunContext,
): Promise<{ readonly drawable: Drawable; readonly pieces: number } | undefined> {
  for (let count = 1; count <= pieces.length; count += 1) {
    const drawable = await find(pieces.slice(0, count).join(','), drawables, context);
    if (drawable !== undefined) return { drawable, pieces: count };
  }
  return undefined;
}

async function find(id: string, drawables: DrawableService, context: RunContext): Promise<Drawable | undefined> {
  try {
    return await drawables.get(id, context);
  } catch (error) {
    if (error instanceof AppError && error.code === 'NOT_FOUND') return undefined;
    throw error;
  }
}

function readStyle({ collection }: Drawable, name: string, look: Look): Look {
  const style = findStyle(collection, name, look);
  if (style !== undefined) return style.look;
  throw refusal('StyleNotDefined', 'STYLES', `Layer ${shown(collection.id)} has no style ${shown(name)}`);
}

/** The rows of a time, by the dimension of the standard or by the parameter of rasters. @throws AppError with InvalidDimensionValue */
function readRows(kvp: Kvp, rows: RowInput, drawable: Drawable): RowSelection {
  const time = kvp.get('TIME') ?? '';
  if (time !== '' && rows.datetime !== undefined) throw invalidValue('datetime', 'Cannot combine TIME with datetime: give one of them');
  try {
    return { ...chooseRows(rows, drawable), ...namedTime(time, drawable) };
  } catch (error) {
    if (!(error instanceof AppError) || error.exception !== undefined) throw error;
    throw refusal('InvalidDimensionValue', time === '' ? 'datetime' : 'TIME', error.detail);
  }
}
