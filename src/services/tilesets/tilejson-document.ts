import type { TileJson } from '../../model/tiles.ts';
import type { Range } from '../../raster/rescale.ts';
import type { TilesetView } from './tileset-view.ts';

/** A view as TileJSON 3.0 with these URL templates; `rescale` is beyond the standard, which lets clients leave such members alone. */
export function tileJsonDocument(
  view: TilesetView,
  { tiles, ranges }: { readonly tiles: readonly string[]; readonly ranges: readonly Range[] },
): TileJson {
  const { bounds, minzoom, maxzoom } = view;
  const attribution = [...new Set(view.collections.flatMap(({ collection }) => collection.attribution ?? []))].join(' · ');
  return {
    tilejson: '3.0.0',
    name: view.title,
    tiles,
    scheme: 'xyz',
    minzoom,
    maxzoom,
    ...(attribution === '' ? {} : { attribution }),
    ...(bounds === undefined ? {} : { bounds: clamp(bounds) }),
    ...(ranges.length === 0 ? {} : { rescale: ranges.map(({ min, max }) => [min, max] as const) }),
    ...(view.dataType === 'vector' ? { vector_layers: vectorLayers(view) } : {}),
  };
}

/** TileJSON knows no antimeridian: such boxes span the world. */
function clamp([west, south, east, north]: NonNullable<TilesetView['bounds']>): NonNullable<TileJson['bounds']> {
  return west > east ? [-180, south, 180, north] : [Math.max(-180, west), south, Math.min(180, east), north];
}

function vectorLayers({ collections, minzoom, maxzoom }: TilesetView): NonNullable<TileJson['vector_layers']> {
  return collections.flatMap(({ collection }) => {
    if (collection.kind !== 'vector') return [];
    const fields = Object.fromEntries(collection.properties.map((p) => [p.name, fieldType(p.jsonType)]));
    const description = collection.description === undefined ? {} : { description: collection.description };
    return { id: collection.id, fields, minzoom, maxzoom, ...description };
  });
}

/** TileJSON recommends these three words. */
function fieldType(jsonType: string): string {
  if (jsonType === 'integer' || jsonType === 'number') return 'Number';
  return jsonType === 'boolean' ? 'Boolean' : 'String';
}
