import type { Allocate, Plane } from '../image.ts';
import type { Ground } from './ground.ts';
import type { Parameter, Params } from './parameter.ts';

/** What an algorithm works on: planes of one size, whose outermost `rim` rows and columns are neighbours of the result. */
export interface AlgorithmInput {
  readonly planes: readonly Plane[];
  /** Columns and rows of the planes, the rim on both sides included. */
  readonly width: number;
  readonly height: number;
  readonly rim: number;
  readonly ground: Ground;
  /** As `checkAlgorithm` leaves them. */
  readonly params: Params;
}

/** A computation with neighbours or several results that an expression cannot say. */
export interface Algorithm {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  /** Bands that it takes; the first ones are read where there are more. */
  readonly inputs: { readonly least: number; readonly most: number };
  /** Planes that it makes; undefined: as many as it takes. */
  readonly outputs: number | undefined;
  /** Pixels of neighbours that it needs around the result. */
  readonly rim: number;
  /** `rgb`: the planes are red, green and blue of 0–255 and must not be stretched or coloured. */
  readonly output: 'values' | 'rgb';
  /** What values become the first and the last colour unless a request says otherwise; undefined: the input's own. */
  readonly range: readonly [min: number, max: number] | undefined;
  readonly parameters: readonly Parameter<unknown>[];
  /** Planes of (width − 2·rim) × (height − 2·rim) samples, NaN where there is no data. */
  run(input: AlgorithmInput, allocate: Allocate): readonly Plane[];
}
