import { compile } from '../../algebra/compile.ts';
import { parseFormula } from '../../algebra/parse-formula.ts';
import type { ConditionMap } from '../../color/color-map.ts';
import type { Plane } from '../image.ts';
import type { ColorIndex } from './color-index.ts';
import { createPalette } from './growing-palette.ts';

const VARIABLE = 'x';

/**
 * Checks a formula of the one variable `x`.
 * @throws AppError INVALID_PARAMETER with the position of what is wrong
 */
export function checkConditionFormula(formula: string): void {
  compile([parseFormula(formula)], [VARIABLE]);
}

/**
 * Formulas of `x`, each over the whole plane; the last that is true (neither 0 nor missing) counts.
 * @throws AppError INVALID_PARAMETER for a formula that does not parse
 */
export function indexConditions({ entries }: ConditionMap): ColorIndex {
  const palette = createPalette();
  const rules = entries.map(([formula, color]) => ({ program: compile([parseFormula(formula)], [VARIABLE]), entry: palette.entry(color) }));
  return {
    most: palette.size(),
    colors: palette.colors,
    index(plane, out) {
      const truth = new Float64Array(plane.length);
      out.fill(0);
      for (const { program, entry } of rules) {
        program.run([plane], [truth]);
        for (let i = 0; i < truth.length; i += 1) {
          const isTrue = truth[i] ?? 0;
          if (isTrue !== 0 && isTrue === isTrue) out[i] = entry;
        }
      }
      return holesOf(plane, out);
    },
  };
}

/** No data has no colour, whatever a formula says of it. Returns how many entries are 0. */
function holesOf(plane: Plane, out: Uint8Array | Uint16Array): number {
  let holes = 0;
  for (let i = 0; i < out.length; i += 1) {
    const value = plane[i] ?? 0;
    if (value !== value) out[i] = 0;
    if (out[i] === 0) holes += 1;
  }
  return holes;
}
