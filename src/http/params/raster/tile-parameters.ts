import type { Parameter } from '../../parameter.ts';
import { integerParameter } from '../scalar.ts';
import { backgroundOf, backgroundParameters } from './background-parameters.ts';
import type { BackgroundInput } from './background-parameters.ts';
import { layersParameter } from './django-parameters.ts';
import type { LayerChoice } from './django-parameters.ts';
import { mapAreaParameters } from './map-parameters.ts';
import { lookOf, lookParameters } from './look-parameters.ts';
import type { LookInput } from './look-parameters.ts';
import { rowParameters, rowsOf } from './row-parameters.ts';
import type { RowInput } from './row-parameters.ts';

/** What may be said of map tiles besides their address. */
export interface TileLookInput extends LookInput, RowInput, BackgroundInput {
  readonly layers?: readonly LayerChoice[] | undefined;
  readonly tileSize?: number | undefined;
  readonly width?: number | undefined;
  readonly height?: number | undefined;
  readonly mmPerPixel?: number | undefined;
  readonly buffer?: number | undefined;
  readonly padding?: number | undefined;
}

const LARGEST = 2048;

/** The query parameters of map tiles. */
export const tileLookParameters: { readonly [K in keyof Required<TileLookInput>]: Parameter<TileLookInput[K]> } = {
  ...lookParameters,
  ...rowParameters,
  ...backgroundParameters,
  layers: layersParameter,
  tileSize: integerParameter(
    { name: 'tilesize', doc: `Pixels along each side of a tile, at most ${LARGEST}; without it as the tile matrix has them.` },
    { minimum: 1, maximum: LARGEST },
  ),
  width: integerParameter(
    { name: 'width', doc: `Pixels across a tile, instead of \`tilesize\`; at most ${LARGEST}.` },
    { minimum: 1, limit: LARGEST },
  ),
  height: integerParameter(
    { name: 'height', doc: `Pixels down a tile, instead of \`tilesize\`; at most ${LARGEST}.` },
    { minimum: 1, limit: LARGEST },
  ),
  mmPerPixel: mapAreaParameters.mmPerPixel,
  buffer: integerParameter(
    { name: 'buffer', doc: 'Pixels beyond each edge that the tile shows too: it is larger by twice as many.' },
    { minimum: 0, maximum: 128 },
  ),
  padding: integerParameter(
    { name: 'padding', doc: 'Pixels that TiTiler reads beyond each edge against seams; there are none here, so that it changes nothing.' },
    { minimum: 0, maximum: 128 },
  ),
};

const SIZES = new Set(['tileSize', 'width', 'height', 'mmPerPixel', 'buffer', 'padding']);

/** The pixels of a tile that a request asks for; what it leaves open is that of the tile matrix. */
export function tileSizeOf({ tileSize, width, height, buffer }: TileLookInput): {
  readonly width: number | undefined;
  readonly height: number | undefined;
  readonly buffer: number | undefined;
} {
  return { width: width ?? tileSize, height: height ?? tileSize, buffer };
}

const NAMES = new Set(Object.values(tileLookParameters).map(({ name }) => name));

/** The part of a request's query that makes the look of its tiles, for templates and links to the same tiles. */
export function tileLookQuery(query: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(query).filter(([name]) => NAMES.has(name)));
}

/** What a request says of the look of its tiles, as the services take it; undefined when it says nothing. */
export function tileLookOf(input: TileLookInput) {
  const members: Readonly<Record<string, unknown>> = { ...input };
  if (!Object.keys(tileLookParameters).some((member) => !SIZES.has(member) && members[member] !== undefined)) return undefined;
  return { look: lookOf(input), rows: rowsOf(input), layers: input.layers, background: backgroundOf(input).data };
}
