import { wrapLongitude } from './longitude.ts';

// EPSG:3857 is a sphere of WGS 84's equatorial radius (EPSG method 1024).
const RADIUS = 6378137;
const METRES_PER_DEGREE = (Math.PI / 180) * RADIUS;

/** WGS 84 degrees to EPSG:3857 metres, in place. A pole lies 242,528,681 m from the equator, as in PROJ: finite, so that a box of the world has one. */
export function toWebMercator(xy: Float64Array): void {
  for (let i = 0; i + 1 < xy.length; i += 2) {
    const lat = xy[i + 1] ?? Number.NaN;
    const known = Math.abs(lat) <= 90 && Number.isFinite(xy[i]);
    xy[i] = known ? wrapLongitude(xy[i] ?? Number.NaN) * METRES_PER_DEGREE : Number.NaN;
    xy[i + 1] = known ? northing(lat) : Number.NaN;
  }
}

/** EPSG:3857 metres to WGS 84 degrees, in place; eastings beyond the world come round again. */
export function fromWebMercator(xy: Float64Array): void {
  for (let i = 0; i + 1 < xy.length; i += 2) {
    const x = xy[i] ?? Number.NaN;
    const y = xy[i + 1] ?? Number.NaN;
    const known = Number.isFinite(x) && Number.isFinite(y);
    xy[i] = known ? wrapLongitude(snap(x / METRES_PER_DEGREE)) : Number.NaN;
    xy[i + 1] = known ? (Math.atan(Math.sinh(y / RADIUS)) * 180) / Math.PI : Number.NaN;
  }
}

function northing(lat: number): number {
  return Math.abs(lat) === 90 ? Math.sign(lat) * 242528680.94374272 : RADIUS * Math.asinh(Math.tan((lat * Math.PI) / 180));
}

// The registered corner of WebMercatorQuad lies 5e-8 m inside or outside of ±180°: it must not wrap to the other side.
function snap(lon: number): number {
  return Math.abs(Math.abs(lon) - 180) < 1e-9 ? Math.sign(lon) * 180 : lon;
}
