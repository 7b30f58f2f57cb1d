import type { Bbox } from '../base/bbox.ts';
import { REL } from '../base/link.ts';
import type { CollectionDocument, DimensionExtentDocument, ExtentDocument } from '../model/common.ts';
import { findLink } from './link-list.ts';

/** The one box of an extent, degrees. */
export function extentBbox(extent: ExtentDocument | undefined): Bbox | undefined {
  return extent?.spatial?.bbox[0];
}

/** `2001-02-03 to 2004-05-06` for people; `undefined` when the extent says nothing of time. */
export function extentTime(extent: ExtentDocument | undefined): string | undefined {
  const interval = extent?.temporal?.interval[0];
  if (interval === undefined) return undefined;
  if (interval.every((end) => end === null)) return 'open at both ends';
  const [start, end] = interval.map((instant) => (instant === null ? '…' : instant.replace(/T00:00:00Z$/, '')));
  return start === end ? start : `${start} to ${end}`;
}

/** `cloud` and `0 to 90 (%): 10, 20, 35` for each dimension besides space and time. */
export function extentDimensions(extent: ExtentDocument | undefined): readonly (readonly [name: string, text: string])[] {
  return Object.entries(extent ?? {}).flatMap(([name, member]) =>
    name === 'spatial' || name === 'temporal' || !isDimension(member) ? [] : [[name, dimensionText(member)] as const],
  );
}

function isDimension(member: unknown): member is DimensionExtentDocument {
  return typeof member === 'object' && member !== null && 'interval' in member && Array.isArray(member.interval);
}

function dimensionText({ interval: [range], unit, grid }: DimensionExtentDocument): string {
  const [least, most] = (range ?? [null, null]).map((end) => (end === null ? '…' : String(end)));
  const reach = least === most ? `${least}` : `${least} to ${most}`;
  const positions = grid?.coordinates?.join(', ') ?? (grid?.resolution === undefined ? undefined : `every ${grid.resolution}`);
  return [unit === undefined ? reach : `${reach} (${unit})`, least === most ? undefined : positions]
    .filter((part) => part !== undefined)
    .join(': ');
}

/** A box as `12.3°W 4.5°S – 6.7°E 8.9°N`. */
export function bboxText(bbox: Bbox): string {
  const degrees = (value: number, positive: string, negative: string): string => {
    const size = Number(Math.abs(value).toFixed(Math.abs(bbox[2] - bbox[0]) < 1 ? 4 : 2));
    return `${size}°${size === 0 ? '' : value < 0 ? negative : positive}`;
  };
  const corner = (lon: number, lat: number): string => `${degrees(lon, 'E', 'W')} ${degrees(lat, 'N', 'S')}`;
  return `${corner(bbox[0], bbox[1])} – ${corner(bbox[2], bbox[3])}`;
}

/** What a collection holds, in a word. */
export function kindLabel(collection: CollectionDocument): string {
  if (collection.dataType === 'coverage' || collection.dataType === 'map' || collection.itemType === 'coverage') return 'Raster';
  switch (collection.geometryDimension) {
    case 0:
      return 'Points';
    case 1:
      return 'Lines';
    case 2:
      return 'Areas';
    default:
      return 'Features';
  }
}

/** Address of the collection's tilesets, map tiles before vector tiles when it has both. */
export function tileSetsUrl(collection: CollectionDocument): string | undefined {
  return findLink(collection.links, REL.tilesetsMap, REL.tilesetsVector)?.href.replace(/[?#].*$/, '');
}

/** Address of the MapLibre style that draws the collection by its tiles in WebMercatorQuad. */
export function styleUrl(collection: CollectionDocument): string | undefined {
  const tiles = tileSetsUrl(collection);
  return tiles === undefined ? undefined : `${tiles}/WebMercatorQuad/style.json`;
}

/** Path under the root of a collection's page. */
export function collectionPath(collectionId: string): string {
  return `/collections/${encodeURIComponent(collectionId)}`;
}
