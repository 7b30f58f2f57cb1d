import { cannotParse } from '../../base/cannot-parse.ts';
import { decimalOf } from '../../base/decimal.ts';
import { AppError } from '../../base/error.ts';
import type { RawBox } from '../../base/raw-box.ts';
import type { Parameter } from '../../http/parameter.ts';
import { LONGEST_SIDE } from '../../services/rasters/limits.ts';

/** `f=` keys of crops, which are their extensions in paths too. */
export type CropFormat = 'png' | 'jpeg' | 'webp' | 'avif' | 'geotiff' | 'cog' | 'npy' | 'asc' | 'xyz' | 'raw';

/** The format that the end of a path names. */
export const EXTENSIONS: Readonly<Record<string, CropFormat>> = {
  png: 'png',
  jpg: 'jpeg',
  jpeg: 'jpeg',
  webp: 'webp',
  avif: 'avif',
  tif: 'geotiff',
  tiff: 'geotiff',
  npy: 'npy',
  asc: 'asc',
  xyz: 'xyz',
  bin: 'raw',
  raw: 'raw',
};

/** Size and format at the end of a path: `256x256.png`, `.tif`. */
export interface CropFile {
  readonly width: number | undefined;
  readonly height: number | undefined;
  readonly extension: CropFormat | undefined;
}

/** The last segment of a path, `256x256` with or without an extension. @throws AppError INVALID_PARAMETER, CONTENT_TOO_LARGE */
export const sizeFile: Parameter<CropFile> = {
  name: 'size',
  in: 'path',
  doc: 'Width and height in pixels, and a format: `256x256.png`.',
  schema: { type: 'string', pattern: '^\\d+x\\d+(\\.\\w+)?$' },
  parse(raw = '') {
    const { text, extension } = splitExtension(raw);
    const [, width = '', height = ''] = /^(\d{1,6})x(\d{1,6})$/.exec(text) ?? [];
    const [across, down] = [Number(width), Number(height)];
    if (across < 1 || down < 1)
      throw new AppError('INVALID_PARAMETER', {
        detail: `Cannot parse size "${raw.slice(0, 40)}": expected width and height of at least 1, as in 256x256.png`,
      });
    if (across > LONGEST_SIDE || down > LONGEST_SIDE)
      throw new AppError('CONTENT_TOO_LARGE', { detail: `The size is ${text}: at most ${LONGEST_SIDE} pixels a side are answered` });
    return { width: across, height: down, extension };
  },
};

/** A path segment without its extension, and the format that this names. @throws AppError INVALID_PARAMETER for unknown ones */
export function splitExtension(raw: string): { readonly text: string; readonly extension: CropFormat | undefined } {
  const [, text = raw, name] = /^(.*)\.([a-z]+)$/is.exec(raw) ?? [];
  if (name === undefined) return { text: raw, extension: undefined };
  const extension = EXTENSIONS[name.toLowerCase()];
  if (extension !== undefined) return { text, extension };
  throw new AppError('INVALID_PARAMETER', {
    detail: `There is no format ".${name.slice(0, 20)}": expected one of ${Object.keys(EXTENSIONS).join(', ')}`,
  });
}

/** A box and the format that follows it. */
export interface BoxFile {
  readonly bbox: RawBox;
  readonly extension: CropFormat | undefined;
}

/** `7,46,8,47` with or without an extension, easting or longitude first. @throws AppError INVALID_PARAMETER */
export const boxFile: Parameter<BoxFile> = {
  name: 'box',
  in: 'path',
  doc: 'West, south, east and north in degrees or in units of `coord_crs`, and a format: `7,46,8,47.png`; in degrees west > east crosses the antimeridian.',
  schema: { type: 'string' },
  parse(raw = '') {
    const { text, extension } = /[.]\d*$/.test(raw) ? { text: raw, extension: undefined } : splitExtension(raw);
    const parts = text.split(',');
    const numbers = parts.flatMap((part) => decimalOf(part.trim()) ?? []);
    const [west = 0, south = 0, east = 0, north = 0] = numbers;
    if (parts.length !== 4 || numbers.length !== 4) throw cannotParse('box', raw, `expected 4 finite numbers, got ${numbers.length}`);
    return { bbox: [west, south, east, north], extension };
  },
};
