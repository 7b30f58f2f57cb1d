import { splitAntimeridian, type Bbox } from '../../base/bbox.ts';
import type { RasterInfoFeature } from '../../model/rasters.ts';

/** A box in degrees as GeoJSON, cut at the antimeridian (RFC 7946 §3.1.9), rings counterclockwise. */
export function outlineOf(bbox: Bbox): NonNullable<RasterInfoFeature['geometry']> {
  const rings = splitAntimeridian(bbox).map(([west, south, east, north]) => [
    [
      [west, south],
      [east, south],
      [east, north],
      [west, north],
      [west, south],
    ],
  ]);
  const [only] = rings;
  return rings.length === 1 && only !== undefined ? { type: 'Polygon', coordinates: only } : { type: 'MultiPolygon', coordinates: rings };
}
