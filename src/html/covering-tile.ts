import type { Bbox } from '../base/bbox.ts';

/** Above this, a tile shows a few pixels of most rasters. */
const DEEPEST = 16;

/** Zoom, row and column of the smallest tile of WebMercatorQuad that holds a box; 0/0/0 across the antimeridian. */
export function coveringTile(bbox: Bbox): readonly [zoom: number, row: number, col: number] {
  const [west, south, east, north] = bbox;
  const [left, right] = [column(west), column(east)];
  const [top, bottom] = [row(north), row(south)];
  if (west > east) return [0, 0, 0];
  for (let zoom = DEEPEST; zoom > 0; zoom -= 1) {
    const tiles = 2 ** zoom;
    const [c, r] = [Math.floor(left * tiles), Math.floor(top * tiles)];
    if (c === Math.floor(right * tiles) && r === Math.floor(bottom * tiles)) return [zoom, r, c];
  }
  return [0, 0, 0];
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
