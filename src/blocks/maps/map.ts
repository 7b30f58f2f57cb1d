import { AppError } from '../../base/error.ts';
import { html } from '../../http/encodings.ts';
import { backgroundOf } from '../../http/params/raster/background-parameters.ts';
import { keepsUnclipped } from '../../http/params/raster/clip-parameters.ts';
import { dimensionParameters, slicesOf } from '../../http/params/raster/dimension-parameters.ts';
import { lookOf } from '../../http/params/raster/look-parameters.ts';
import { mapAreaOf } from '../../http/params/raster/titiler-area-parameters.ts';
import { selectionParameters } from '../../http/params/selection.ts';
import { route } from '../../http/route.ts';
import type { MountedRoute, RequestContext } from '../../http/route.ts';
import { renderStillMapPage } from '../../html/still-map-page.ts';
import type { Drawable } from '../../services/maps/drawable.ts';
import { MAX_COLLECTIONS } from '../../services/tilesets/select-collections.ts';
import { prepareMap } from '../../services/maps/prepare-map.ts';
import { mapParameters } from './map-input.ts';
import type { MapInput } from './map-input.ts';
import type { MapParts } from './map-parts.ts';
import type { MapResult } from './map-result.ts';
import { pictureRepresentations } from './picture.ts';

/** Whose map: that of a collection, or of everything. */
export interface MapKind {
  readonly isDataset: boolean;
  readonly routeId: string;
  readonly path: string;
  readonly summary: string;
}

/** The two kinds of maps; the route ids are the operation ids that OGC 20-058 /req/api-operations wants. */
export const MAPS: readonly MapKind[] = [
  { isDataset: true, routeId: 'maps.dataset.getMap', path: '/map', summary: 'A map of everything' },
  { isDataset: false, routeId: 'maps.collection.getMap', path: '/collections/{collectionId}/map', summary: 'A map of one collection' },
];

/** `/map` and `/collections/{collectionId}/map` (OGC 20-058 /req/core, /req/dataset-map, /req/collection-map). */
export function mapRoute(parts: MapParts, kind: MapKind): MountedRoute {
  return route<MapInput, MapResult>({
    id: kind.routeId,
    path: kind.path,
    summary: kind.summary,
    tag: 'Maps',
    ...(kind.isDataset ? {} : { resourceParameters: dimensionParameters(parts.collections.raster) }),
    parameters: { ...selectionParameters({ ...kind, maxCollections: MAX_COLLECTIONS }), ...mapParameters },
    representations: [
      ...pictureRepresentations(parts),
      html(({ title, collectionId, prepared }: MapResult, page, { links }) =>
        renderStillMapPage(page, {
          title,
          collectionId,
          picture: links.current({ f: 'png' }),
          width: prepared.plan.width,
          height: prepared.plan.height,
          links: links.selfAndAlternates(title),
        }),
      ),
    ],
    cache: {
      keeps: keepsUnclipped,
      collections: (path) =>
        kind.isDataset ? parts.collections.all().map(({ id }) => id) : [parts.collections.get(path.collectionId ?? '').id],
    },
    run: (input, context) => prepare(parts, kind, { input, context }),
  });
}

async function prepare(
  parts: MapParts,
  kind: MapKind,
  { input, context }: { readonly input: MapInput; readonly context: RequestContext },
): Promise<MapResult> {
  const drawables = await drawablesOf(parts, kind, { input, context });
  const prepared = await prepareMap(
    parts,
    {
      ...input,
      ...mapAreaOf(input),
      slices: slicesOf(context.further),
      drawables,
      isDataset: kind.isDataset,
      look: lookOf(input),
    },
    context,
  );
  const [first] = drawables;
  return {
    title: kind.isDataset ? context.serviceTitle : (first?.collection.title ?? context.serviceTitle),
    collectionId: kind.isDataset ? undefined : first?.collection.id,
    prepared,
    background: backgroundOf(input),
    orientation: input.orientation,
  };
}

async function drawablesOf(
  parts: MapParts,
  kind: MapKind,
  { input, context }: { readonly input: MapInput; readonly context: RequestContext },
): Promise<readonly Drawable[]> {
  if (!kind.isDataset) return [await parts.drawables.get(input.collectionId ?? '', context)];
  if (input.selected === undefined && input.layers !== undefined) {
    return Promise.all(input.layers.map(({ collectionId }) => chosen(parts, collectionId, context)));
  }
  if (input.selected === undefined) return (await parts.drawables.list(context)).drawables.slice(0, MAX_COLLECTIONS);
  return Promise.all(input.selected.map((id) => chosen(parts, id, context)));
}

/** A collection that the query names: one that is not there is a fault of the query (OGC 20-058 /req/collections-selection). */
async function chosen(parts: MapParts, id: string, context: RequestContext): Promise<Drawable> {
  try {
    return await parts.drawables.get(id, context);
  } catch (error) {
    if (error instanceof AppError && error.code === 'NOT_FOUND')
      throw new AppError('INVALID_PARAMETER', { detail: error.detail, cause: error });
    throw error;
  }
}
