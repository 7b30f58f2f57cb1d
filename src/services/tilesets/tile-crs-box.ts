import type { Bbox } from '../../base/bbox.ts';
import { ANONYMOUS } from '../../base/principal.ts';
import { transformBbox } from '../../crs/transform-bbox.ts';
import type { TileMatrixSet } from '../../tms/tile-matrix-set.ts';
import type { References } from '../rasters/references.ts';

const WGS84_SRID = 4326;
/** Mercator has no poles; a little before them every matrix has ended. */
const MAX_LATITUDE = 89.9;

/** Finds the box of a CRS84 box in the CRS of a tile matrix set, by whoever can transform: here or in the database. */
export function createTileCrsBox(
  references: References,
): (tms: TileMatrixSet, bbox: Bbox, signal: AbortSignal) => Promise<Bbox | undefined> {
  return async (tms, bbox, signal) => {
    if (tms.srid === WGS84_SRID) return bbox;
    const context = { signal, principal: ANONYMOUS };
    const { forward } = await references(WGS84_SRID, tms.srid, context);
    const [west, south, east, north] = bbox;
    const clamped: Bbox = [west, Math.max(south, -MAX_LATITUDE), east, Math.min(north, MAX_LATITUDE)];
    const options = { fromGeographic: true, toGeographic: false };
    let samples = new Float64Array();
    transformBbox(clamped, (xy) => void (samples = xy.slice()), options);
    await forward.run(samples, context);
    // A place outside the CRS says nothing about how far the data reach: no limits are better than wrong ones.
    if (samples.some(Number.isNaN)) return undefined;
    return transformBbox(clamped, (xy) => xy.set(samples), options);
  };
}
