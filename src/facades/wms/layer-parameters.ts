import { AppError } from '../../base/error.ts';
import type { RunContext } from '../../db/database.ts';
import type { Kvp } from '../../http/kvp.ts';
import { lookOf, lookParameters } from '../../http/params/raster/look-parameters.ts';
import type { Look } from '../../raster/look.ts';
import type { DimensionService } from '../../services/maps/dimension-service.ts';
import type { Drawable } from '../../services/maps/drawable.ts';
import type { DrawableService } from '../../services/maps/drawable-service.ts';
import type { MapLayer } from '../../services/maps/map-layer.ts';
import { findStyle } from '../../services/maps/picture-styles.ts';
import { rowReader } from './layer-rows.ts';
import { required } from './map-parameters.ts';
import { invalidValue, refusal, shown } from './refusal.ts';

/** How many layers one map shows at most; published in the capabilities. */
export const LAYER_LIMIT = 32;

/** Parameters that would narrow or restyle what is shown: ignoring them would show what was not asked for. */
const REFUSED = ['SLD', 'SLD_BODY', 'FILTER', 'CQL_FILTER'];

/** What layers are found with. */
export interface Reading {
  readonly drawables: DrawableService;
  readonly dimensions: DimensionService;
  readonly context: RunContext;
}

/**
 * The layers of a map, the first lowest, with their styles, the vendor parameters and the time.
 * @throws AppError with LayerNotDefined, StyleNotDefined, InvalidDimensionValue
 */
export async function readLayers(kvp: Kvp, reading: Reading): Promise<readonly MapLayer[]> {
  refuseUnknownStyling(kvp);
  const shownLayers = await readNames(kvp, 'LAYERS', reading);
  const styles = (kvp.get('STYLES') ?? '').split(',');
  if (styles.length > shownLayers.length || (styles.length < shownLayers.length && styles.some((style) => style !== ''))) {
    throw refusal(
      'StyleNotDefined',
      'STYLES',
      `Cannot style ${shownLayers.length} layers by ${styles.length} styles: expected one for each`,
    );
  }
  const toLayer = layerReader(kvp, reading);
  return Promise.all(shownLayers.map((drawable, i) => toLayer(drawable, styles[i] ?? '')));
}

/** The one layer of a legend. @throws AppError with LayerNotDefined, StyleNotDefined, InvalidDimensionValue */
export async function readLayer(kvp: Kvp, reading: Reading): Promise<MapLayer> {
  refuseUnknownStyling(kvp);
  const id = required(kvp, 'LAYER');
  const drawable = await find(id, reading.drawables, reading.context);
  if (drawable === undefined) throw refusal('LayerNotDefined', 'LAYER', `There is no layer ${shown(id)}`);
  return layerReader(kvp, reading)(drawable, kvp.get('STYLE') ?? '');
}

function refuseUnknownStyling(kvp: Kvp): void {
  for (const name of REFUSED) {
    if (kvp.get(name) !== undefined)
      throw refusal('OperationNotSupported', name, `Cannot apply ${name}: maps are drawn by named styles here`);
  }
}

/** Reads what concerns all layers once: the vendor parameters. */
function layerReader(kvp: Kvp, { dimensions, context }: Reading): (drawable: Drawable, style: string) => Promise<MapLayer> {
  const look = lookOf(kvp.readAll(lookParameters));
  const rowsOf = rowReader(kvp, dimensions);
  return async (drawable, style) => ({
    drawable,
    look: { ...readStyle(drawable, style, look), ...look },
    rows: await rowsOf(drawable, context),
  });
}

/** The drawables that a parameter names. @throws AppError with LayerNotDefined, or without a code for more than are drawn */
export async function readNames(
  kvp: Kvp,
  name: 'LAYERS' | 'QUERY_LAYERS',
  { drawables, context }: Pick<Reading, 'drawables' | 'context'>,
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
