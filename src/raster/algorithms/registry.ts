import { AppError } from '../../base/error.ts';
import type { Transform } from '../../crs/transform.ts';
import type { Grid } from '../grid.ts';
import type { Allocate, Plane } from '../image.ts';
import type { Algorithm } from './algorithm.ts';
import { aspect } from './aspect.ts';
import { BAND_STATISTICS } from './band-statistics.ts';
import { bitonal, ROUNDED_TO_BYTES } from './bytes.ts';
import { contours } from './contours.ts';
import { terrainRgb, terrarium } from './encode-heights.ts';
import { createGround, evenGround } from './ground.ts';
import { hillshade } from './hillshade.ts';
import { grayscale, normalizedIndex } from './indices.ts';
import type { Params } from './parameter.ts';
import { relief } from './relief.ts';
import { position, roughness, ruggedness } from './ruggedness.ts';
import { slope } from './slope.ts';

const TERRAIN = [hillshade, slope, aspect, contours, relief, terrainRgb, terrarium, ruggedness, position, roughness];
const BANDS = [normalizedIndex, grayscale, bitonal, ...BAND_STATISTICS, ...ROUNDED_TO_BYTES];

/** Every algorithm by its name, in the order in which they are listed. */
export const ALGORITHMS: ReadonlyMap<string, Algorithm> = new Map([...TERRAIN, ...BANDS].map((algorithm) => [algorithm.name, algorithm]));

/** An algorithm with parameters that it has accepted. */
export interface AlgorithmCall {
  readonly name: string;
  readonly params: Params;
}

/** Planes with a rim around them, and where they lie. */
export interface AlgorithmRequest {
  /** In the order of the bands; of width × height samples, the algorithm's rim on all sides included. */
  readonly planes: readonly Plane[];
  readonly width: number;
  readonly height: number;
  /** Begins at the outer corner of the first pixel of the planes, thus of the rim. */
  readonly grid: Grid;
  /** From the grid's CRS to longitude and latitude in degrees, in place. */
  readonly toLonLat: Transform;
}

/** The algorithm of a name. Throws INVALID_PARAMETER for another. */
export function algorithmOf(name: string): Algorithm {
  const algorithm = ALGORITHMS.get(name);
  if (algorithm !== undefined) return algorithm;
  throw new AppError('INVALID_PARAMETER', {
    detail: `Cannot run algorithm "${name.slice(0, 40)}": expected one of ${[...ALGORITHMS.keys()].join(', ')}`,
  });
}

/** Checks a name and its parameters as they came from JSON. Throws INVALID_PARAMETER for what the algorithm does not know or take. */
export function checkAlgorithm(name: string, params: unknown): AlgorithmCall {
  const { parameters } = algorithmOf(name);
  const known = parameters.map((parameter) => parameter.name);
  if (!isParams(params)) {
    throw new AppError('INVALID_PARAMETER', { detail: `Cannot run algorithm ${name}: expected a JSON object of parameters` });
  }
  const foreign = Object.keys(params).find((key) => !known.includes(key));
  if (foreign !== undefined) {
    throw new AppError('INVALID_PARAMETER', {
      detail: `Cannot run algorithm ${name} with parameter "${foreign.slice(0, 40)}": expected ${known.join(', ') || 'none'}`,
    });
  }
  for (const parameter of parameters) parameter.read(params);
  return { name, params };
}

/**
 * Runs an algorithm; the result lacks the rim. Ground sizes are measured where the pixels lie, so that the same terrain
 * has the same slope at every zoom and latitude. Throws INVALID_PARAMETER when there are too few bands.
 */
export function runAlgorithm({ name, params }: AlgorithmCall, request: AlgorithmRequest, allocate: Allocate): readonly Plane[] {
  const algorithm = algorithmOf(name);
  const { least, most } = algorithm.inputs;
  if (request.planes.length < least) {
    throw new AppError('INVALID_PARAMETER', {
      detail: `Cannot run algorithm ${name}: expected at least ${least} bands, got ${request.planes.length}`,
    });
  }
  const { width, height, grid, toLonLat } = request;
  const ground = algorithm.rim > 0 ? createGround({ grid, width, height }, toLonLat) : evenGround(width, 1, 1);
  return algorithm.run({ planes: request.planes.slice(0, most), width, height, rim: algorithm.rim, ground, params }, allocate);
}

function isParams(value: unknown): value is Params {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
