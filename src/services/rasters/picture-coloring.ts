import { printFormula, printTitiler } from '../../algebra/print.ts';
import type { ColorMap } from '../../color/color-map.ts';
import { algorithmOf } from '../../raster/algorithms/registry.ts';
import type { Coloring } from '../../raster/colorize.ts';
import type { Look } from '../../raster/look.ts';
import type { Range } from '../../raster/rescale.ts';
import type { PicturePlan } from './picture-plan.ts';

/** How the values of a picture become colours, decided; the same for each of its tiles. */
export interface PictureColoring {
  readonly coloring: Omit<Coloring, 'cover' | 'rim'>;
  /** What is shown: one plane, or red, green and blue. */
  readonly planes: readonly ShownPlane[];
}

/** A plane of a picture: a band or what is computed. */
export interface ShownPlane {
  readonly title: string;
  readonly unit: string | undefined;
}

/** The planes that a picture shows, in order. */
export function shownPlanes({ inputs, cover }: PicturePlan, { expressions, isFormula, algorithm }: Look): readonly ShownPlane[] {
  if (algorithm !== undefined) return firstOrThree(algorithmPlanes(algorithm.name, inputs));
  if (expressions !== undefined)
    return firstOrThree(
      expressions.map((expression) => ({
        title: isFormula === true ? printFormula(expression) : printTitiler(expression),
        unit: undefined,
      })),
    );
  const bands = inputs.flatMap((input) => input.bands.map((band) => input.collection.bands[band]));
  const shown = (cover ? bands.slice(0, -1) : bands).map((band) => ({ title: band?.title ?? band?.name ?? '', unit: band?.unit }));
  return firstOrThree(shown);
}

/** A look and the ranges and colours found for it. */
export function coloringOf(look: Look, ranges: readonly (Range | undefined)[], map: ColorMap | undefined): PictureColoring['coloring'] {
  return {
    ranges,
    map,
    formula: look.colorFormula,
    enhance: look.enhance,
    transparentZero: look.transparentZero,
    opaque: look.returnMask === false,
  };
}

/** An algorithm without outputs of its own makes one plane of each that it takes. */
function algorithmPlanes(name: string, inputs: PicturePlan['inputs']): readonly ShownPlane[] {
  const { title, outputs } = algorithmOf(name);
  return Array.from({ length: outputs ?? inputs.flatMap(({ bands }) => bands).length }, () => ({ title, unit: undefined }));
}

function firstOrThree<T>(planes: readonly T[]): readonly T[] {
  return planes.length < 3 ? planes.slice(0, 1) : planes.slice(0, 3);
}
