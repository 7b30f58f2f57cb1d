/** WGS 84 (EPSG:7030). */
const SEMI_MAJOR = 6_378_137;
const E2 = (1 / 298.257223563) * (2 - 1 / 298.257223563);
const RADIANS = Math.PI / 180;
/** Pieces that curves are cut into for each degree between two positions. */
const PIECES_PER_DEGREE = 4;

/**
 * Metres along the ground of WGS 84 between two positions in degrees, on the line that is straight in longitude and
 * latitude (as GeoJSON's edges are), by the radii of curvature at the middle of short pieces: right to 1 in 100,000.
 */
export function groundDistance(from: readonly [number, number], to: readonly [number, number]): number {
  const across = to[0] - from[0] - 360 * Math.round((to[0] - from[0]) / 360);
  const up = to[1] - from[1];
  const pieces = Math.max(1, Math.ceil(Math.max(Math.abs(across), Math.abs(up)) * PIECES_PER_DEGREE));
  let metres = 0;
  for (let n = 0; n < pieces; n += 1) {
    const latitude = (from[1] + (up * (n + 0.5)) / pieces) * RADIANS;
    const root = 1 - E2 * Math.sin(latitude) ** 2;
    const east = (across / pieces) * RADIANS * (SEMI_MAJOR / Math.sqrt(root)) * Math.cos(latitude);
    const north = (up / pieces) * RADIANS * ((SEMI_MAJOR * (1 - E2)) / root ** 1.5);
    metres += Math.hypot(east, north);
  }
  return metres;
}
