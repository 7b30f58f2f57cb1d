import type { AxisSubset } from '../../../base/subset.ts';
import type { CrsName } from '../../../crs/crs-uri.ts';
import type { Parameter } from '../../parameter.ts';
import { integerParameter, numberParameter } from '../scalar.ts';
import { backgroundOf, backgroundParameters } from './background-parameters.ts';
import type { BackgroundInput } from './background-parameters.ts';
import { bufferParameter } from './buffer-parameter.ts';
import { clipParameters } from './clip-parameters.ts';
import type { ClipInput } from './clip-parameters.ts';
import { crsParameter } from './crs-parameter.ts';
import { layersParameter } from './django-parameters.ts';
import type { LayerChoice } from './django-parameters.ts';
import { mapAreaParameters } from './map-parameters.ts';
import { lookOf, lookParameters } from './look-parameters.ts';
import type { LookInput } from './look-parameters.ts';
import { rowParameters, rowsOf } from './row-parameters.ts';
import type { RowInput } from './row-parameters.ts';
import { subsetParameter } from './subset-parameter.ts';

/** What may be said of map tiles besides their address. */
export interface TileLookInput extends LookInput, RowInput, BackgroundInput, ClipInput {
  readonly layers?: readonly LayerChoice[] | undefined;
  readonly tileSize?: number | undefined;
  readonly width?: number | undefined;
  readonly height?: number | undefined;
  readonly scaleDenominator?: number | undefined;
  readonly mmPerPixel?: number | undefined;
  readonly subset?: readonly AxisSubset[] | undefined;
  readonly subsetCrs?: CrsName | undefined;
  readonly buffer?: number | undefined;
  readonly padding?: number | undefined;
}

/** Pixels along each side of a tile, `@2x` and `buffer` not counted. */
export const LARGEST_TILE = 2048;

/** The query parameters of map tiles. */
export const tileLookParameters: { readonly [K in keyof Required<TileLookInput>]: Parameter<TileLookInput[K]> } = {
  ...lookParameters,
  ...rowParameters,
  ...backgroundParameters,
  ...clipParameters,
  layers: layersParameter,
  tileSize: integerParameter(
    { name: 'tilesize', doc: `Pixels along each side of a tile, at most ${LARGEST_TILE}; without it as the tile matrix has them.` },
    { minimum: 1, maximum: LARGEST_TILE },
  ),
  width: integerParameter(
    { name: 'width', doc: `Pixels across a tile, instead of \`tilesize\`; at most ${LARGEST_TILE}.` },
    { minimum: 1, limit: LARGEST_TILE },
  ),
  height: integerParameter(
    { name: 'height', doc: `Pixels down a tile, instead of \`tilesize\`; at most ${LARGEST_TILE}.` },
    { minimum: 1, limit: LARGEST_TILE },
  ),
  scaleDenominator: numberParameter(
    {
      name: 'scale-denominator',
      doc: 'Instead of `width` and `height`: as many pixels as the tile has at 1 : n, measured as the scales of tile matrices are.',
    },
    { above: 0 },
  ),
  mmPerPixel: mapAreaParameters.mmPerPixel,
  subset: {
    ...subsetParameter,
    doc: 'Which part of time and of further dimensions the tile shows: `time("2024-05")`, `cloud(0:20)`, `pressure(500)`; `*` is the greatest value. Where a tile lies is said by its address.',
  },
  subsetCrs: crsParameter('subset-crs', 'CRS of the heights of `subset`; rasters have none, so that it changes nothing.'),
  buffer: bufferParameter,
  padding: integerParameter(
    {
      name: 'padding',
      doc: 'Pixels that TiTiler reads beyond each edge so that resampling leaves no seams; every tile here reads as far as its resampling reaches, so that it changes nothing.',
    },
    { minimum: 0, maximum: 128 },
  ),
};

/** What says how many pixels a tile has and what part of the data it shows, rather than how it looks. */
const NO_LOOK = new Set('tileSize width height scaleDenominator mmPerPixel buffer padding subset subsetCrs clip clipBuffer'.split(' '));

/** The pixels of a tile that a request asks for; what it leaves open is that of the tile matrix. */
export function tileSizeOf({ tileSize, width, height, scaleDenominator, mmPerPixel, buffer }: TileLookInput) {
  return { width: width ?? tileSize, height: height ?? tileSize, scaleDenominator, mmPerPixel, buffer };
}

const NAMES = new Set(Object.values(tileLookParameters).map(({ name }) => name));

/** The part of a request's query that makes the look of its tiles, for templates and links to the same tiles. */
export function tileLookQuery(query: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(query).filter(([name]) => NAMES.has(name)));
}

/** What a request says of the look of its tiles, as the services take it; undefined when it says nothing. */
export function tileLookOf(input: TileLookInput) {
  const members: Readonly<Record<string, unknown>> = { ...input };
  if (!Object.keys(tileLookParameters).some((member) => !NO_LOOK.has(member) && members[member] !== undefined)) return undefined;
  return { look: lookOf(input), rows: rowsOf(input), layers: input.layers, background: backgroundOf(input) };
}
