import type { Bbox } from '../../base/bbox.ts';
import { decimalOf } from '../../base/decimal.ts';
import { parseCrs, type CrsName } from '../../crs/crs-uri.ts';
import type { Kvp } from '../../http/kvp.ts';
import type { Rgb } from '../../image/picture.ts';
import { invalidValue, missing, refusal, shown } from './refusal.ts';
import type { WmsVersion } from './wms-version.ts';

/** The sides of a picture that are drawn at most, in pixels, wherever more pixels would be allowed. */
export const MAX_SIDE = 4096;

/** The sides of a picture that are drawn at most, in pixels, both at once; published in the capabilities. */
export function maxSide({ maxPixels }: { readonly maxPixels: number }): number {
  return Math.max(1, Math.min(MAX_SIDE, Math.floor(Math.sqrt(maxPixels))));
}

/** Where a map lies and how many pixels it has. */
export interface MapFrame {
  readonly crsName: CrsName;
  readonly srid: number;
  /** In easting-northing order. */
  readonly bbox: Bbox;
  readonly width: number;
  readonly height: number;
}

/** Reads CRS (SRS before 1.3.0), BBOX, WIDTH and HEIGHT. @throws AppError with InvalidCRS, or without a code */
export function readFrame(kvp: Kvp, version: WmsVersion, largest: number): MapFrame {
  const name = version === '1.3.0' ? 'CRS' : 'SRS';
  const text = required(kvp, name);
  const crs = parseCrs(text);
  if (crs?.srid === undefined) {
    throw refusal('InvalidCRS', name, `Cannot draw in ${name} ${shown(text)}: expected a name such as EPSG:3857`);
  }
  return {
    crsName: crs,
    srid: crs.srid,
    bbox: readBbox(required(kvp, 'BBOX'), version === '1.3.0' && crs.northingFirst),
    width: readSide(kvp, 'WIDTH', largest),
    height: readSide(kvp, 'HEIGHT', largest),
  };
}

/** The value of a parameter. @throws AppError when it is absent or empty */
export function required(kvp: Kvp, name: string): string {
  const value = kvp.get(name);
  if (value === undefined || value === '') throw missing(name);
  return value;
}

/** TRANSPARENT: true or false in any case. @throws AppError INVALID_PARAMETER */
export function readTransparent(kvp: Kvp): boolean {
  const value = kvp.get('TRANSPARENT') ?? '';
  if (/^(false|)$/i.test(value)) return false;
  if (/^true$/i.test(value)) return true;
  throw invalidValue('TRANSPARENT', `Cannot parse TRANSPARENT ${shown(value)}: expected TRUE or FALSE`);
}

/** BGCOLOR: `0xRRGGBB`, white by default. @throws AppError INVALID_PARAMETER */
export function readBackground(kvp: Kvp): Rgb {
  const value = kvp.get('BGCOLOR') ?? '';
  if (value === '') return [255, 255, 255];
  const match = /^(?:0x|#)([\da-f]{2})([\da-f]{2})([\da-f]{2})$/i.exec(value);
  if (match === null) throw invalidValue('BGCOLOR', `Cannot parse BGCOLOR ${shown(value)}: expected 0xRRGGBB`);
  const [red = 0, green = 0, blue = 0] = match.slice(1).map((part) => Number.parseInt(part, 16));
  return [red, green, blue];
}

// OGC 06-042 §7.3.3.6: min ≥ max shall be an exception; a plus sign that was not escaped arrives as a space.
function readBbox(raw: string, northingFirst: boolean): Bbox {
  const parts = raw.split(',');
  if (parts.length !== 4) throw invalidValue('BBOX', `Cannot parse BBOX ${shown(raw)}: expected 4 numbers, got ${parts.length}`);
  const [a = 0, b = 0, c = 0, d = 0] = parts.map((part) => {
    const value = decimalOf(part.trim().replace(/(?<=[eE]) (?=\d)/, '+'));
    if (value === undefined) throw invalidValue('BBOX', `Cannot parse BBOX ${shown(raw)}: ${shown(part)} is not a decimal number`);
    return value;
  });
  if (a >= c || b >= d) throw invalidValue('BBOX', `Cannot draw BBOX ${shown(raw)}: each minimum must be less than its maximum`);
  return northingFirst ? [b, a, d, c] : [a, b, c, d];
}

function readSide(kvp: Kvp, name: string, largest: number): number {
  const raw = required(kvp, name);
  const value = /^\+?\d{1,9}$/.test(raw.trim()) ? Number(raw) : 0;
  if (value < 1) throw invalidValue(name, `Cannot parse ${name} ${shown(raw)}: expected an integer of at least 1`);
  if (value > largest) throw invalidValue(name, `Cannot draw ${value} pixels: ${name} is at most ${largest}`);
  return value;
}
