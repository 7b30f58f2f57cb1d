import type { Transform } from './transform.ts';

/** How far a position may return from where it started, and whether that is in degrees of longitude and latitude. */
export interface RoundTripOptions {
  /** In units of the source system. */
  readonly tolerance: number;
  readonly fromGeographic: boolean;
}

/**
 * A transformation that maps only what comes back: outside the area for which a projection is made, formulas return
 * positions that mean nothing (a far UTM zone, the other hemisphere of a polar system); these become NaN.
 */
export function roundTripChecked(forward: Transform, inverse: Transform, options: RoundTripOptions): Transform {
  return (xy) => {
    const start = xy.slice();
    forward(xy);
    const back = xy.slice();
    inverse(back);
    for (let i = 0; i + 1 < xy.length; i += 2) {
      if (distance(start, back, i, options.fromGeographic) <= options.tolerance) continue;
      xy[i] = Number.NaN;
      xy[i + 1] = Number.NaN;
    }
  };
}

// Larger of the two differences; longitudes count modulo 360 and not at all at the poles.
function distance(a: Float64Array, b: Float64Array, i: number, geographic: boolean): number {
  const dx = Math.abs((a[i] ?? Number.NaN) - (b[i] ?? Number.NaN));
  const dy = Math.abs((a[i + 1] ?? Number.NaN) - (b[i + 1] ?? Number.NaN));
  if (!geographic) return Math.max(dx, dy);
  const turn = Math.abs(dx - 360 * Math.round(dx / 360));
  return Math.max(Math.abs(a[i + 1] ?? 0) > 90 - 1e-9 && Number.isFinite(dx) ? 0 : turn, dy);
}
