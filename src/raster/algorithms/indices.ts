import { compile } from '../../algebra/compile.ts';
import { parseTitilerExpressions } from '../../algebra/parse-titiler.ts';
import type { Algorithm } from './algorithm.ts';
import { innerLength } from './gradient.ts';

/** One output computed by an expression over the first bands. */
function byExpression(facts: Pick<Algorithm, 'name' | 'title' | 'description' | 'range'>, bands: number, expression: string): Algorithm {
  const names = Array.from({ length: bands }, (_, k) => `b${k + 1}`);
  const program = compile(parseTitilerExpressions(expression), names);
  return {
    ...facts,
    inputs: { least: bands, most: bands },
    outputs: 1,
    rim: 0,
    output: 'values',
    parameters: [],
    run(input, allocate) {
      const out = allocate(innerLength(input), false);
      program.run(input.planes, [out]);
      return [out];
    },
  };
}

/** (b2 − b1) ÷ (b2 + b1), such as NDVI of red and near infrared. */
export const normalizedIndex = byExpression(
  {
    name: 'normalizedIndex',
    title: 'Normalized difference index',
    description: '(b2 − b1) / (b2 + b1) of the first two bands, from −1 to 1; with red and near infrared the NDVI.',
    range: [-1, 1],
  },
  2,
  '(b2 - b1) / (b2 + b1)',
);

/** Luma of three bands by the weights of ITU-R BT.601. */
export const grayscale = byExpression(
  { name: 'grayscale', title: 'Greyscale', description: 'Brightness of red, green and blue (ITU-R BT.601).', range: [0, 255] },
  3,
  '0.299 * b1 + 0.587 * b2 + 0.114 * b3',
);
