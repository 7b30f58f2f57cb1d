import type { Expression } from '../algebra/expression.ts';
import type { ColorFormula } from '../color/color-formula.ts';
import type { ColorMap } from '../color/color-map.ts';
import type { Enhancement } from '../color/enhancement.ts';
import type { Rescale } from './rescale-spec.ts';
import type { Resampling } from './resampling.ts';

/** What a request may say about a picture of a raster; whatever is absent follows from the collection. */
export interface Look {
  /** Bands to show, 0-based, in any order, repeatable. */
  readonly bands?: readonly number[] | undefined;
  /** What to compute, one output band each: over `b1` … `bn`, or over the names of the sources. Goes before `bands`. */
  readonly expressions?: readonly Expression[] | undefined;
  /** True: the expressions came in django-raster's language, in which they are told again. */
  readonly isFormula?: boolean | undefined;
  /** What becomes the first and the last colour: one for all output bands, or one each. */
  readonly rescale?: readonly Rescale[] | undefined;
  readonly colorMap?: ColorMap | undefined;
  /** The name of a colour map that the database holds, in the place of `colorMap`. */
  readonly legend?: string | undefined;
  /** Applied to red, green and blue of 0–255, after the stretch. */
  readonly colorFormula?: ColorFormula | undefined;
  /** Applied to the finished colours. */
  readonly enhance?: Enhancement | undefined;
  /** A name of the registry of algorithms, and its parameters, checked against their schema already. */
  readonly algorithm?: AlgorithmCall | undefined;
  /** Takes the place of the bands' own nodata values. */
  readonly nodata?: number | undefined;
  /** Values as scale · stored + offset, where the collection declares these. */
  readonly unscale?: boolean | undefined;
  readonly resampling?: Resampling | undefined;
  /** False: no transparency, what has no data is drawn as zero. */
  readonly returnMask?: boolean | undefined;
  /** The values name classes: nearest or mode, a colour each. */
  readonly categorical?: boolean | undefined;
  /** Red, green and blue that are all zero are transparent. */
  readonly transparentZero?: boolean | undefined;
}

/** An algorithm by name, with its parameters. */
export interface AlgorithmCall {
  readonly name: string;
  readonly params: Readonly<Record<string, unknown>>;
}
