import type { DrawableList } from '../../services/maps/drawable.ts';
import type { TilesetService } from '../../services/tilesets/tileset-service.ts';
import type { TileMatrixSet } from '../../tms/tile-matrix-set.ts';
import type { LinkedSet } from './covered-boxes.ts';
import { isExpressible } from './expressible.ts';
import { invalidValue, shown } from './refusal.ts';
import type { TileLayer } from './tile-layer.ts';

/** The layers of a list with their sets, and each of these sets once. */
export interface LinkedLayers {
  readonly layers: readonly TileLayer[];
  readonly sets: readonly TileMatrixSet[];
  /** There are so many that only what no client can do without is said of each. */
  readonly isLong: boolean;
}

/**
 * With more links than this from layers to sets, limits, further styles and further addresses of each layer are left out:
 * of 10,000 layers the document has 16 MB instead of 45, and clients show one entry for each layer, style and set.
 */
const MANY_LINKS = 300;
/** 75 bytes each: the document of so many has 8 MB. */
const MAX_LINKS = 100_000;

/**
 * The sets that a client names by id, or all that WMTS can say; undefined where it names none: then each layer has the few
 * that suit it. Clients list layers × styles × formats × sets, so that all 70 sets would hide every layer.
 * @throws AppError with InvalidParameterValue
 */
export function readSets(raw: string | undefined, { registry }: TilesetService): readonly TileMatrixSet[] | undefined {
  if (raw === undefined || raw === '') return undefined;
  const ids = raw.toLowerCase() === 'all' ? registry.ids : raw.split(',');
  const sets = ids.map((id) => [id, registry.get(id.trim())] as const);
  const unknown = sets.find(([, tms]) => tms === undefined);
  if (unknown !== undefined) throw invalidValue('TileMatrixSets', `There is no tile matrix set ${shown(unknown[0])}: expected ids or all`);
  return [...new Set(sets.flatMap(([, tms]) => tms ?? []))].filter(isExpressible);
}

/**
 * Links layers to sets. Of sets that a client names those are left out in which a layer has no tile, and layers that are
 * left without any. @throws AppError with InvalidParameterValue where the document would be too large
 */
export async function linkLayers(
  { drawables }: DrawableList,
  asked: readonly TileMatrixSet[] | undefined,
  { tilesets, signal }: { readonly tilesets: TilesetService; readonly signal: AbortSignal },
): Promise<LinkedLayers> {
  const wanted = drawables.map((drawable) => ({
    drawable,
    sets: asked ?? tilesets.listed([drawable.collection]).filter(isExpressible),
  }));
  const count = wanted.reduce((sum, { sets }) => sum + sets.length, 0);
  if (asked !== undefined && count > MAX_LINKS) {
    throw invalidValue('TileMatrixSets', `Cannot list ${asked.length} sets for each of ${drawables.length} layers: name fewer of them`);
  }
  const isLong = count > MANY_LINKS;
  const linked = await Promise.all(
    wanted.map(async ({ drawable, sets }): Promise<TileLayer> => {
      const links = sets.map(async (tms): Promise<LinkedSet | undefined> => {
        const limits = isLong ? undefined : await tilesets.limits(tms, [drawable.collection], signal);
        if (asked !== undefined && limits?.length === 0) return undefined;
        return { tms, limits: limits?.length === tms.matrices.length ? limits : undefined };
      });
      return { drawable, links: (await Promise.all(links)).flatMap((link) => link ?? []) };
    }),
  );
  const layers = linked.filter(({ links }) => links.length > 0);
  return { layers, isLong, sets: [...new Set(layers.flatMap(({ links }) => links.map(({ tms }) => tms)))] };
}
