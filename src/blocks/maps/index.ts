import { REL } from '../../base/link.ts';
import type { Link } from '../../base/link.ts';
import { MEDIA } from '../../base/media-type.ts';
import type { Collection } from '../../catalog/collection.ts';
import type { Block } from '../../http/block.ts';
import type { Links } from '../../http/links.ts';
import { mapLimits } from '../../services/maps/map-limits.ts';
import type { MapParts } from './map-parts.ts';
import { MAPS, mapRoute } from './map.ts';

const MAPS_1 = 'https://www.opengis.net/spec/ogcapi-maps-1/1.0/conf';

const CLASSES = [
  'core',
  'collection-map',
  'dataset-map',
  'tilesets',
  'background',
  'collections-selection',
  'scaling',
  'display-resolution',
  'spatial-subsetting',
  'datetime',
  'general-subsetting',
  'crs',
  'orientation',
  'api-operations',
  'cors',
];

/** OGC API Maps Part 1: pictures of the dataset and of each collection, of any place, size and CRS. */
export function mapsBlock(parts: MapParts): Block {
  return {
    id: 'maps',
    spec: 'OGC 20-058',
    conformsTo: CLASSES.map((name) => `${MAPS_1}/${name}`),
    requires: ['common', 'collections', 'tiles'],
    mount: () => ({
      limits: { maps: mapLimits(parts.rasters.limits) },
      routes: MAPS.map((kind) => mapRoute(parts, kind)),
      landingLinks: (links) => mapLinks(links, { routeId: 'maps.dataset.getMap', title: 'Map of everything' }),
      collectionLinks: (collection, links) => collectionLinks(collection, links),
    }),
  };
}

function collectionLinks(collection: Collection, links: Links): readonly Link[] {
  if (collection.kind !== 'raster') return [];
  return mapLinks(links, { routeId: 'maps.collection.getMap', collectionId: collection.id, title: `Map of ${collection.title}` });
}

/** The suites compare both spellings of the relation, and clients append their query: no query here. */
function mapLinks(
  links: Links,
  { routeId, collectionId, title }: { readonly routeId: string; readonly collectionId?: string; readonly title: string },
): readonly Link[] {
  const href = links.to(routeId, collectionId === undefined ? {} : { collectionId });
  return [REL.mapHttps, REL.map].flatMap((rel) => [MEDIA.png, MEDIA.jpeg].map((type) => ({ href, rel, type, title })));
}
