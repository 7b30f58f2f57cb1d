/** WGS 84 (EPSG:7030): semi-major axis in metres, and the squared eccentricity of 1/298.257223563. */
const SEMI_MAJOR = 6_378_137;
const FLATTENING = 1 / 298.257223563;
const E2 = FLATTENING * (2 - FLATTENING);
const E = Math.sqrt(E2);
const RADIANS = Math.PI / 180;

/**
 * Positions in degrees of WGS 84 as metres of the cylindrical equal-area projection of the ellipsoid, whose areas are
 * those on the ground (Snyder 1987, eq. 3-12 and 10-14, 10-15 with a standard parallel of 0°).
 */
export function toEqualArea(longitude: number, latitude: number): readonly [x: number, y: number] {
  const sine = Math.sin(Math.min(90, Math.max(-90, latitude)) * RADIANS);
  const q = (1 - E2) * (sine / (1 - E2 * sine * sine) - (1 / (2 * E)) * Math.log((1 - E * sine) / (1 + E * sine)));
  return [SEMI_MAJOR * longitude * RADIANS, (SEMI_MAJOR * q) / 2];
}

/** Area in square metres of a ring of positions in degrees (x, y in turn, not closed); turns of 360° between neighbours are undone. */
export function groundArea(ring: Float64Array): number {
  const points: (readonly [number, number])[] = [];
  let before = ring[0] ?? 0;
  for (let n = 0; n < ring.length; n += 2) {
    const longitude = ring[n] ?? 0;
    const near = longitude - 360 * Math.round((longitude - before) / 360);
    points.push(toEqualArea(near, ring[n + 1] ?? 0));
    before = near;
  }
  const doubled = points.reduce((sum, [x, y], n) => {
    const [u, v] = points[(n + 1) % points.length] ?? [0, 0];
    return sum + x * v - u * y;
  }, 0);
  return Math.abs(doubled) / 2;
}
