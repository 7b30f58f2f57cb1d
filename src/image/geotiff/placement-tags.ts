import type { Grid } from '../../raster/grid.ts';
import type { Tag } from './directory.ts';

const PIXEL_SCALE = 33_550;
const TIE_POINT = 33_922;
const TRANSFORMATION = 34_264;

/**
 * The tags that tell where pixels lie (OGC 19-008r4 §7.4.2): scale and tie point of a north-up grid, a matrix for
 * every other.
 */
export function placementTags({ originX, originY, scaleX, scaleY, skewX, skewY }: Grid): readonly Tag[] {
  if (skewX === 0 && skewY === 0 && scaleX > 0 && scaleY < 0) {
    return [
      { id: PIXEL_SCALE, type: 'double', values: [scaleX, -scaleY, 0] },
      { id: TIE_POINT, type: 'double', values: [0, 0, 0, originX, originY, 0] },
    ];
  }
  const rows = [
    [scaleX, skewX, 0, originX],
    [skewY, scaleY, 0, originY],
    [0, 0, 0, 0],
    [0, 0, 0, 1],
  ];
  return [{ id: TRANSFORMATION, type: 'double', values: rows.flat() }];
}
