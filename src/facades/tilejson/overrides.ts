import { AppError } from '../../base/error.ts';
import type { Parameter } from '../../http/parameter.ts';
import { choiceParameter, integerParameter } from '../../http/params/scalar.ts';
import type { TileJson } from '../../model/tiles.ts';

/** What a request may decide of the TileJSON of map tiles, as TiTiler has it. */
export interface OverridesInput {
  readonly tileFormat?: 'png' | 'jpeg' | 'jpg' | 'webp' | undefined;
  readonly minZoom?: number | undefined;
  readonly maxZoom?: number | undefined;
}

const DEEPEST = 30;

/** The parameters of TileJSON alone; its tiles do not know them. */
export const overrideParameters: { readonly [K in keyof Required<OverridesInput>]: Parameter<OverridesInput[K]> } = {
  tileFormat: choiceParameter({ name: 'tile_format', doc: 'Format of the tiles; without it as suits the data.' }, [
    'png',
    'jpeg',
    'jpg',
    'webp',
  ]),
  minZoom: integerParameter(
    { name: 'minzoom', doc: 'The first zoom level to tell clients of; without it the first with data.' },
    { minimum: 0, maximum: DEEPEST },
  ),
  maxZoom: integerParameter(
    { name: 'maxzoom', doc: 'The last zoom level to tell clients of; without it the first as fine as the data.' },
    { minimum: 0, maximum: DEEPEST },
  ),
};

/** The document with the zoom levels that were asked for. @throws AppError CONFLICTING_PARAMETERS where none is left */
export function withZooms(document: TileJson, { minZoom, maxZoom }: OverridesInput): TileJson {
  const [minzoom, maxzoom] = [minZoom ?? document.minzoom ?? 0, maxZoom ?? document.maxzoom ?? DEEPEST];
  if (minzoom > maxzoom) {
    throw new AppError('CONFLICTING_PARAMETERS', { detail: `Cannot offer zoom levels from ${minzoom} to ${maxzoom}: none is left` });
  }
  return { ...document, minzoom, maxzoom };
}
