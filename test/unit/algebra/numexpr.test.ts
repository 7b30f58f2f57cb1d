import { expect, test } from 'vitest';
import { compile } from '../../../src/algebra/compile.ts';
import { parseTitilerExpressions } from '../../../src/algebra/parse-titiler.ts';

// What numexpr 2.14, which computes TiTiler's expressions, says of the same expressions over the same samples. Beyond this
// table the two agreed on 9 000 random expressions, but where numbers on the way are infinite or undefined, which here is
// no data, where `~` stands before a comparison of constants, which Python takes for whole numbers, and where `%` is
// within a rounding of a multiple: numexpr takes the whole part of the quotient, here the remainder is exact.

const N = Number.NaN;
const BANDS = [
  [3, -2, 0.5, 7, 1, 0, -4.25, 2, 10, 5],
  [1, 2, -3, 4, 0.25, 6, -2, 1, 3, 2],
  [0, 1, 2, 2, 1, 0, 5, -1, 4, 3],
];

test.each<readonly [expression: string, results: readonly number[]]>([
  ['(b2 - b1) / (b2 + b1)', [-0.5, N, 1.4, -0.2727272727, -0.6, 1, -0.36, -0.3333333333, -0.5384615385, -0.4285714286]],
  ['b1 ** 2 ** 0.5', [4.7288043878, N, 0.3752142272, 15.6728908737, 1, 0, N, 2.6651441427, 25.9545535195, 9.7385177423]],
  ['-b1 ** 2', [-9, -4, -0.25, -49, -1, 0, -18.0625, -4, -100, -25]],
  ['2 ** -b3', [1, 0.5, 0.25, 0.25, 0.5, 1, 0.03125, 2, 0.0625, 0.125]],
  ['b1 % 3', [0, 1, 0.5, 1, 1, 0, 1.75, 2, 1, 2]],
  ['-b1 % 3', [0, 2, 2.5, 2, 2, 0, 1.25, 1, 2, 1]],
  ['b1 % -3', [0, -2, -2.5, -2, -2, 0, -1.25, -1, -2, -1]],
  ['b1 / b2 * b3', [0, -1, -0.3333333333, 3.5, 4, 0, 10.625, -2, 13.3333333333, 7.5]],
  ['b1 - b2 - b3', [2, -5, 1.5, 1, -0.25, -6, -7.25, 2, 3, 0]],
  ['b1 + b2 * b3 > 4', [0, 0, 0, 1, 0, 0, 0, 0, 1, 1]],
  ['(b1 > 1) & (b2 > 1) | (b3 > 3)', [0, 0, 0, 1, 0, 0, 1, 0, 1, 1]],
  ['(b1 > 1) ^ (b2 > 1)', [1, 1, 0, 0, 0, 1, 0, 1, 0, 0]],
  ['~(b1 > 1)', [0, 1, 1, 0, 1, 1, 1, 0, 0, 0]],
  ['where(b1 > 1, b1, -b2)', [3, -2, 3, 7, -0.25, -6, 2, 2, 10, 5]],
  ['where(b3 > 0, b1 / b3, 0)', [0, -2, 0.25, 3.5, 1, 0, -0.85, 0, 2.5, 1.6666666667]],
  ['where(b1 > b2, where(b2 > b3, 1, 2), 3)', [1, 3, 2, 1, 2, 3, 3, 1, 2, 2]],
  ['(b1 > 1) * 10 + (b2 > 1)', [10, 1, 0, 11, 0, 1, 0, 10, 11, 11]],
  [
    'arctan2(b1, b2)',
    [1.2490457724, -0.7853981634, 2.9764439762, 1.0516502125, 1.3258176637, 0, -2.0106389096, 1.1071487178, 1.2793395323, 1.1902899497],
  ],
  ['sqrt(b1 * b1)', [3, 2, 0.5, 7, 1, 0, 4.25, 2, 10, 5]],
  ['floor(b1) + ceil(b2)', [4, 0, -3, 11, 2, 6, -7, 3, 13, 7]],
  ['exp(-b3) * 2', [2, 0.7357588823, 0.2706705665, 0.2706705665, 0.7357588823, 2, 0.013475894, 5.4365636569, 0.0366312778, 0.0995741367]],
  ['abs(b1) - abs(b2)', [2, 0, -2.5, 3, 0.75, -6, 2.25, 1, 7, 3]],
  ['b1 >= b2', [1, 0, 1, 1, 1, 0, 0, 1, 1, 1]],
  ['b1 == b2 + 2', [1, 0, 0, 0, 0, 0, 0, 0, 0, 0]],
  ['1e-1 * b1', [0.3, -0.2, 0.05, 0.7, 0.1, 0, -0.425, 0.2, 1, 0.5]],
  [
    'log1p(b3 + 2)',
    [
      1.0986122887, 1.3862943611, 1.6094379124, 1.6094379124, 1.3862943611, 1.0986122887, 2.0794415417, 0.6931471806, 1.9459101491,
      1.7917594692,
    ],
  ],
])('%s is what numexpr says', (expression, results) => {
  const out = new Float64Array(results.length);
  const bands = BANDS.map((values) => Float64Array.from(values));
  compile(parseTitilerExpressions(expression), ['b1', 'b2', 'b3']).run(bands, [out]);
  expect([...out]).toEqual(results.map((value) => (Number.isNaN(value) ? N : expect.closeTo(value, 9))));
});
