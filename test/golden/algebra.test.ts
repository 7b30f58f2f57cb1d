import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { compile } from '../../src/algebra/compile.ts';
import { parseFormula } from '../../src/algebra/parse-formula.ts';
import { parseTitilerExpressions } from '../../src/algebra/parse-titiler.ts';
import { findProgram, run, withProgram } from '../clients/program.ts';
import { sharedPath } from '../support/shared.ts';

// Bands of a Landsat scene through NumPy (gdal_calc.py) and through both of our languages, every pixel.

const BANDS = 4;

interface Comparison {
  readonly name: string;
  /** In NumPy's words, over float64 arrays A to D. */
  readonly numpy: string;
  readonly expression: string;
  readonly formula: string;
}

const COMPARISONS: readonly Comparison[] = [
  { name: 'NDVI', numpy: '(D-C)/(D+C)', expression: '(b4-b3)/(b4+b3)', formula: '(d-c)/(d+c)' },
  { name: 'EVI', numpy: '2.5*(D-C)/(D+6*C-7.5*A+1)', expression: '2.5*(b4-b3)/(b4+6*b3-7.5*b1+1)', formula: '2.5*(d-c)/(d+6*c-7.5*a+1)' },
  { name: 'quotients of nothing', numpy: '(A-60)/(B-40)', expression: '(b1-60)/(b2-40)', formula: '(a-60)/(b-40)' },
  {
    name: 'logarithms of nothing',
    numpy: 'log(D-30)+sqrt(abs(A-80))',
    expression: 'log(b4-30)+sqrt(abs(b1-80))',
    formula: 'log(d-30)+abs(a-80)^0.5',
  },
  {
    name: 'conditions',
    numpy: 'where((A>70)&(B<50),C,D)',
    expression: 'where((b1>70)&(b2<50),b3,b4)',
    formula: 'c*((a>70)&(b<50))+d*!((a>70)&(b<50))',
  },
  { name: 'precedence', numpy: '-A**2+B*C-D/2.0', expression: '-b1**2+b2*b3-b4/2', formula: '-(a^2)+b*c-d/2' },
  {
    name: 'rounding',
    numpy: 'rint(A/2.0)+trunc(-B/3.0)+sign(C-D)',
    expression: 'round(b1/2)+trunc(-b2/3)+sign(b3-b4)',
    formula: 'round(a/2)+int(-b/3)+sign(c-d)',
  },
];

const source = sharedPath('data', 'raster', 'L7_ETMs.tif');

describe.skipIf(source === undefined)('both languages give what NumPy gives', () => {
  withProgram({ name: 'gdal_calc.py', path: findProgram('gdal_calc.py'), install: 'apt install gdal-bin python3-gdal' }, (calc) => {
    let folder = '';
    let planes: readonly Float32Array[] = [];

    beforeAll(async () => {
      folder = await mkdtemp(join(tmpdir(), 'graticule-golden-'));
      const out = join(folder, 'bands.img');
      const bands = Array.from({ length: BANDS }, (_, k) => ['-b', `${k + 1}`]).flat();
      await run(findProgram('gdal_translate') ?? '', [
        '-q',
        ...bands,
        '-ot',
        'Float32',
        '-of',
        'ENVI',
        '-co',
        'INTERLEAVE=BSQ',
        source ?? '',
        out,
      ]);
      const samples = new Float32Array(new Uint8Array(await readFile(out)).buffer);
      const pixels = samples.length / BANDS;
      planes = Array.from({ length: BANDS }, (_, k) => samples.subarray(k * pixels, (k + 1) * pixels));
    });

    afterAll(() => rm(folder, { recursive: true, force: true }));

    test.each(COMPARISONS)('$name', async ({ numpy, expression, formula }) => {
      const out = join(folder, 'result.img');
      const inputs = ['A', 'B', 'C', 'D'].flatMap((letter, k) => [`-${letter}`, source ?? '', `--${letter}_band=${k + 1}`]);
      const floats = numpy.replaceAll(/\b[A-D]\b/g, (letter) => `${letter}.astype(float)`);
      await run(calc, [
        ...inputs,
        `--calc=${floats}`,
        `--outfile=${out}`,
        '--type=Float64',
        '--format=ENVI',
        '--overwrite',
        '--quiet',
        '--hideNoData',
      ]);
      const expected = new Float64Array(new Uint8Array(await readFile(out)).buffer);
      expect(expected).toHaveLength(planes[0]?.length ?? 0);
      const [one, other] = [new Float64Array(expected.length), new Float64Array(expected.length)];
      compile(parseTitilerExpressions(expression), ['b1', 'b2', 'b3', 'b4']).run(planes, [one]);
      compile([parseFormula(formula)], ['a', 'b', 'c', 'd']).run(planes, [other]);
      let [worst, known] = [0, 0];
      expected.forEach((value, k) => {
        const [first, second] = [one[k] ?? 0, other[k] ?? 0];
        const holes = [first, second].filter(Number.isNaN).length;
        if (holes !== (Number.isFinite(value) ? 0 : 2)) expect.fail(`pixel ${k}: NumPy ${value}, ours ${first} and ${second}`);
        if (!Number.isFinite(value)) return;
        worst = Math.max(worst, Math.abs(first - value), Math.abs(second - value));
        known += 1;
      });
      expect(known).toBeGreaterThan(expected.length / 4);
      expect(worst).toBeLessThan(1e-12);
    });
  });
});
