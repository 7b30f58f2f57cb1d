import type { Bbox } from '../../base/bbox.ts';
import { isNorthingFirst } from '../../crs/northing-first.ts';
import { toWebMercator } from '../../crs/web-mercator.ts';
import type { Drawable } from './drawable.ts';

/** A box with the name of its CRS, in easting-northing order. */
export interface NamedBox {
  /** `EPSG:25832`. */
  readonly crs: string;
  readonly northingFirst: boolean;
  readonly bbox: Bbox;
}

/** Where a collection lies, for clients that know boxes only. */
export interface LayerBoxes {
  /** Longitudes and latitudes, west < east: all longitudes where the collection crosses the antimeridian. */
  readonly geographic: Bbox;
  readonly named: readonly NamedBox[];
}

/** Codes beyond this are no EPSG codes: SRIDs of other authorities, and of users. */
const LAST_EPSG_CODE = 32_767;
const MERCATOR_LATITUDE = 85.06;
const WORLD: Bbox = [-180, -90, 180, 90];
/** Clients divide by the sides of boxes. */
const LEAST_SIDE = 1e-9;

/** The boxes of a service as a whole: ArcGIS shows none that has only longitudes and latitudes and no box in a named CRS. */
export const WORLD_BOXES: LayerBoxes = { geographic: WORLD, named: [{ crs: 'EPSG:4326', northingFirst: true, bbox: WORLD }] };

/** The boxes of a collection: in degrees, in Web Mercator, and in its own CRS where that has an EPSG code. */
export function layerBoxes({ collection, extent }: Drawable): LayerBoxes {
  const geographic = withArea(geographicBox(extent.bbox ?? WORLD));
  const named = [
    { crs: 'EPSG:4326', northingFirst: true, bbox: geographic },
    { crs: 'EPSG:3857', northingFirst: false, bbox: withArea(mercatorBox(geographic)) },
  ];
  const crs = nativeCrs(collection.srid);
  if (crs === undefined || collection.nativeBbox === undefined || named.some((box) => box.crs === crs)) return { geographic, named };
  const own = { crs, northingFirst: isNorthingFirst(collection.srid), bbox: withArea(collection.nativeBbox) };
  return { geographic, named: [...named, own] };
}

/** `EPSG:25832` for an SRID that is an EPSG code. */
export function nativeCrs(srid: number): string | undefined {
  return srid >= 1024 && srid <= LAST_EPSG_CODE ? `EPSG:${srid}` : undefined;
}

function geographicBox([west, south, east, north]: Bbox): Bbox {
  const [low, high] = [Math.max(south, -90), Math.min(north, 90)];
  return west < east && west >= -180 && east <= 180 ? [west, low, east, high] : [-180, low, 180, high];
}

function mercatorBox([west, south, east, north]: Bbox): Bbox {
  const clamp = (latitude: number): number => Math.min(Math.max(latitude, -MERCATOR_LATITUDE), MERCATOR_LATITUDE);
  const corners = Float64Array.of(west, clamp(south), east, clamp(north));
  toWebMercator(corners);
  const [left = 0, bottom = 0, right = 0, top = 0] = corners;
  return [left, bottom, right, top];
}

function withArea([west, south, east, north]: Bbox): Bbox {
  return [west, south, Math.max(east, west + LEAST_SIDE), Math.max(north, south + LEAST_SIDE)];
}
