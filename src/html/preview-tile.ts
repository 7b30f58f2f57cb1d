import type { Bbox } from '../base/bbox.ts';

const DEEPEST = 18;

/** Rasters wider than this, in degrees, are shown with the whole world. */
const WIDE = 120;

/**
 * Zoom, row and column of the tile of WebMercatorQuad to show a raster by: the smallest zoom at which the box is two tiles or
 * more in both directions, so that the tile at its middle is full; the whole world for what is very wide or crosses the antimeridian.
 */
export function previewTile(bbox: Bbox): readonly [zoom: number, row: number, col: number] {
  const [west, south, east, north] = bbox;
  if (west > east || east - west > WIDE) return [0, 0, 0];
  const [left, right] = [column(west), column(east)];
  const [top, bottom] = [row(north), row(south)];
  const smaller = Math.min(right - left, bottom - top);
  const zoom = Math.min(DEEPEST, Math.max(0, Math.ceil(Math.log2(2 / smaller))));
  const tiles = 2 ** zoom;
  return [zoom, Math.floor(((top + bottom) / 2) * tiles), Math.floor(((left + right) / 2) * tiles)];
}

/** Part of the world's width from its left edge, in [0, 1). */
function column(lon: number): number {
  return Math.min(1 - 1e-9, Math.max(0, (lon + 180) / 360));
}

/** Part of the world's height from its top edge, in [0, 1). */
function row(lat: number): number {
  const sine = Math.sin((Math.max(-85.0512, Math.min(85.0512, lat)) * Math.PI) / 180);
  return Math.min(1 - 1e-9, Math.max(0, 0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI)));
}
