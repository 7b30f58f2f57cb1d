import { AppError } from '../../base/error.ts';
import { checkVariables } from '../../algebra/compile.ts';
import { variablesOf } from '../../algebra/expression.ts';
import type { RasterCollection } from '../../catalog/collection.ts';
import type { Look } from '../../raster/look.ts';
import { checkBands } from './read-values.ts';
import type { Appearance } from './appearance.ts';
import type { PictureRequest, RasterSource } from './raster-request.ts';

/** Bands to read from one collection. */
export interface PlanInput {
  readonly collection: RasterCollection;
  readonly bands: readonly number[];
}

/** What to read for a picture and what the planes read are called. */
export interface PicturePlan {
  readonly inputs: readonly PlanInput[];
  /** Names of the planes read, in order, for expressions. */
  readonly variables: readonly string[];
  /** Declared nodata values of the planes, in order. */
  readonly fills: readonly number[];
  /** Position of the plane that says how opaque pixels are: the last one, taken off before anything is computed. */
  readonly cover: boolean;
}

/**
 * Which bands of which collections a picture needs.
 * @throws AppError INVALID_PARAMETER for bands that are not there and variables that nothing is called
 */
export function planPicture({ sources, look }: PictureRequest, appearance: Appearance, algorithmInputs: number | undefined): PicturePlan {
  const [first, ...more] = sources;
  if (first === undefined)
    throw new AppError('INVALID_PARAMETER', { detail: 'Cannot draw a picture of no collections: expected at least 1' });
  if (more.length > 0 || first.name !== undefined) return planNamed(sources, look);
  return planSingle(first.collection, look, { appearance, algorithmInputs });
}

function planNamed(sources: readonly RasterSource[], look: Look): PicturePlan {
  const used = look.expressions === undefined ? undefined : new Set(look.expressions.flatMap(variablesOf));
  const named = sources.map((source, n) => ({ ...source, name: source.name ?? `s${n + 1}`, band: source.band ?? 0 }));
  if (used !== undefined) {
    checkVariables(
      [...used],
      named.map(({ name }) => name),
    );
  }
  const needed = used === undefined ? named : named.filter(({ name }) => used.has(name));
  // A formula without variables still needs to know where there is data.
  const read = needed.length === 0 ? named.slice(0, 1) : needed;
  return {
    inputs: read.map(({ collection, band }) => ({ collection, bands: [band] })),
    variables: read.map(({ name }) => name),
    fills: read.map(({ collection, band }) => collection.bands[band]?.nodata ?? 0),
    cover: false,
  };
}

interface SingleFacts {
  readonly appearance: Appearance;
  readonly algorithmInputs: number | undefined;
}

function planSingle(collection: RasterCollection, look: Look, { appearance, algorithmInputs }: SingleFacts): PicturePlan {
  const bands = bandsOf(collection, look, appearance, algorithmInputs);
  checkBands(collection, bands);
  const { alpha } = appearance;
  const covered = alpha !== undefined && look.expressions === undefined && look.algorithm === undefined && !bands.includes(alpha);
  return {
    inputs: [{ collection, bands: covered ? [...bands, alpha] : bands }],
    variables: bands.map((band) => `b${band + 1}`),
    fills: bands.map((band) => look.nodata ?? collection.bands[band]?.nodata ?? 0),
    cover: covered,
  };
}

function bandsOf(collection: RasterCollection, look: Look, appearance: Appearance, algorithmInputs: number | undefined): readonly number[] {
  if (look.expressions !== undefined) return expressionBands(collection, look.expressions.flatMap(variablesOf));
  if (look.bands !== undefined) return look.bands;
  if (algorithmInputs !== undefined) return collection.bands.map((_, n) => n).slice(0, algorithmInputs);
  return appearance.bands;
}

/** The bands that expressions name, each once; `b1` is band 0. @throws AppError INVALID_PARAMETER for those that are not there */
export function expressionBands({ id, bands }: RasterCollection, names: readonly string[]): readonly number[] {
  const used = [...new Set(names)].map((name) => {
    const number = /^b([1-9]\d{0,4})$/i.exec(name)?.[1];
    if (number === undefined || Number(number) > bands.length) {
      throw new AppError('INVALID_PARAMETER', {
        detail: `Cannot compute with "${name}" of ${id}: expected ${bands.length === 1 ? 'b1' : `b1 to b${bands.length}`}`,
      });
    }
    return Number(number) - 1;
  });
  return used.length === 0 ? [0] : used;
}
