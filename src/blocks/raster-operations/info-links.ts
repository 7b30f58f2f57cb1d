import type { Bbox } from '../../base/bbox.ts';
import type { Link } from '../../base/link.ts';
import { MEDIA } from '../../base/media-type.ts';
import type { RasterCollection } from '../../catalog/collection.ts';
import type { Links } from '../../http/links.ts';

/** What can be asked of a raster, each with an example that answers: pictures of the whole and of its middle, values, statistics. */
export function infoLinks(collection: RasterCollection, bbox: Bbox | undefined, links: Links): readonly Link[] {
  const { id: collectionId } = collection;
  const png = (routeId: string, path: Readonly<Record<string, string>>, title: string): Link => ({
    href: links.to(routeId, { collectionId, ...path }, { f: 'png' }),
    rel: 'preview',
    type: MEDIA.png,
    title,
  });
  const json = (routeId: string, path: Readonly<Record<string, string>>, title: string): Link => ({
    href: links.to(routeId, { collectionId, ...path }),
    rel: 'related',
    type: MEDIA.json,
    title,
  });
  return [
    json('rasters.statistics', {}, 'Statistics by band'),
    json('rasters.valueCount', {}, 'How often each value occurs'),
    png('rasters.preview', {}, 'The whole'),
    png('rasters.preview.sized', { size: '256x256' }, 'The whole in 256 × 256 pixels'),
    ...(bbox === undefined ? [] : middleLinks(bbox, { png, json })),
  ];
}

type Make = (routeId: string, path: Readonly<Record<string, string>>, title: string) => Link;

/** Half as wide and high as the extent; boxes across the antimeridian have their west above their east. */
function middleLinks([west, south, east, north]: Bbox, { png, json }: { readonly png: Make; readonly json: Make }): readonly Link[] {
  const width = (east - west + 360) % 360 || 360;
  const lon = (part: number): number => rounded(((west + width * part + 540) % 360) - 180);
  const lat = (part: number): number => rounded(south + (north - south) * part);
  const box = [lon(0.25), lat(0.25), lon(0.75), lat(0.75)].join();
  return [
    json('rasters.point', { coordinates: `${lon(0.5)},${lat(0.5)}` }, 'Values in the middle'),
    png('rasters.bbox', { box }, 'The middle'),
    png('rasters.bbox.sized', { box, size: '256x256' }, 'The middle in 256 × 256 pixels'),
  ];
}

/** To a ten-millionth of a degree, a centimetre. */
function rounded(degrees: number): number {
  return Math.round(degrees * 1e7) / 1e7;
}
