import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { summarize } from '../../../../src/raster/statistics/band-statistics.ts';
import { collectTallies } from '../../../../src/raster/statistics/collect-tallies.ts';
import { mergeDistributions } from '../../../../src/raster/statistics/distribution.ts';
import { binned, countClasses, histogramOf } from '../../../../src/raster/statistics/histogram.ts';
import { collectMoments } from '../../../../src/raster/statistics/moments.ts';
import { modes, quantile } from '../../../../src/raster/statistics/quantile.ts';
import { tallyPlane } from '../../../../src/raster/statistics/tally.ts';

const LIMIT = 1_000_000;

function distributionOf(values: readonly number[], weights?: readonly number[]) {
  const shares = weights === undefined ? undefined : Float32Array.from(weights);
  const { counted, others } = tallyPlane(Float64Array.from(values), { weights: shares, keep: true });
  if (others === undefined) throw new Error('not kept');
  return mergeDistributions([counted, others]);
}

describe('a distribution', () => {
  it('has each value once, ascending, whole numbers and others together', () => {
    const { values, samples } = distributionOf([3, -1, 2.5, 3, Number.NaN, 70_000, 2.5, -40_000]);
    expect([...values]).toEqual([-40_000, -1, 2.5, 3, 70_000]);
    expect([...samples]).toEqual([1, 1, 2, 2, 1]);
  });

  it('weighs samples and leaves out those without weight', () => {
    const { values, weights } = distributionOf([1, 1, 2.5, 2.5, 9], [1, 0.5, 0.25, 1, 0]);
    expect([...values]).toEqual([1, 2.5]);
    expect([...weights]).toEqual([1.5, 1.25]);
  });

  it('is not kept past its limit, but always for whole numbers of 16 bits', () => {
    const small = collectTallies(3);
    small.add(tallyPlane(Float32Array.of(0.5, 1.5, 2.5, 3.5), { keep: small.keeps }));
    expect(small.keeps).toBe(false);
    small.add(tallyPlane(Float32Array.of(9.5), { keep: small.keeps }));
    expect(small.collected().others).toBeUndefined();
    expect(summarize(small.collected(), { percentiles: [50], bins: 2, limit: 3 })).toMatchObject({
      samples: 5,
      max: 9.5,
      median: undefined,
    });
    const counted = collectTallies(3);
    counted.add(tallyPlane(Float32Array.of(1, 2, 3, 4, 5), { keep: counted.keeps }));
    expect(counted.keeps).toBe(true);
    expect(counted.collected().counted.values.length).toBe(5);
  });

  it('is the same in one part and in many, with weights and without', () => {
    const value = fc.oneof(fc.integer({ min: -3, max: 3 }), fc.constantFrom(0.5, -1.25, 70_000, Number.NaN));
    const sample = fc.record({ value, weight: fc.constantFrom(0, 0.25, 1) });
    fc.assert(
      fc.property(fc.array(fc.array(sample)), (parts) => {
        const collector = collectTallies(LIMIT);
        for (const part of parts) {
          const weights = Float32Array.from(part, ({ weight }) => weight);
          collector.add(
            tallyPlane(
              Float32Array.from(part, (one) => one.value),
              { weights, keep: true },
            ),
          );
        }
        const { counted, others = [] } = collector.collected();
        const all = parts.flat();
        expect(mergeDistributions([counted, ...others])).toEqual(
          distributionOf(
            all.map((one) => one.value),
            all.map(({ weight }) => weight),
          ),
        );
      }),
    );
  });

  it('gives quantiles that a sorted list gives', () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(fc.integer({ min: -5, max: 5 }), fc.double({ min: -5, max: 5, noNaN: true })), { minLength: 1 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (values, share) => {
          const sorted = values.toSorted((p, q) => p - q);
          const index = Math.max(0, Math.ceil(share * sorted.length) - 1);
          expect(quantile(distributionOf(values), share) === sorted[index]).toBe(true);
        },
      ),
    );
  });

  it('knows the most and the least frequent value', () => {
    expect(modes(distributionOf([1, 1, 1, 2, 3, 3]))).toEqual({ majority: 1, minority: 2 });
  });
});

describe('a histogram', () => {
  // The reference numbers are those of numpy.histogram.
  it('has bins of equal width, the last one closed', () => {
    expect(histogramOf(distributionOf([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10]), 5)).toEqual({
      counts: [2, 2, 2, 2, 3],
      edges: [0, 2, 4, 6, 8, 10],
    });
  });

  it('puts a single value into the middle of a range of 1', () => {
    const { counts, edges } = histogramOf(distributionOf([7, 7]), 10);
    expect(counts).toEqual([0, 0, 0, 0, 0, 2, 0, 0, 0, 0]);
    expect([edges[0], edges[10]]).toEqual([6.5, 7.5]);
  });

  it('leaves out what is outside a given range', () => {
    expect(histogramOf(distributionOf([-1, 0, 5, 11]), 2, [0, 10]).counts).toEqual([1, 1]);
    expect(binned(distributionOf([1, 2, 3]), [1, 3]).counts).toEqual([3]);
  });

  it('counts classes, those asked for too when they do not occur', () => {
    expect(countClasses(distributionOf([2, 1, 2]))).toEqual({ counts: [1, 2], edges: [1, 2] });
    expect(countClasses(distributionOf([2, 1, 2]), [2, 9])).toEqual({ counts: [2, 0], edges: [2, 9] });
  });
});

describe('moments', () => {
  it('are exact far from 0 and over many chunks', () => {
    const collector = collectMoments();
    const values = Float64Array.from({ length: 20_000 }, (_, i) => 1e9 + (i % 5));
    collector.add(values.subarray(0, 7));
    collector.add(values.subarray(7));
    const { mean, variance, samples, min, max } = collector.moments();
    expect(mean).toBeCloseTo(1e9 + 2, 6);
    expect(variance).toBeCloseTo(2, 6);
    expect({ samples, min, max }).toEqual({ samples: 20_000, min: 1e9, max: 1e9 + 4 });
  });

  it('weigh samples', () => {
    const collector = collectMoments();
    collector.add(Float32Array.of(1, 3, Number.NaN, 100), Float32Array.of(1, 0.5, 1, 0));
    const { count, sum, mean, variance } = collector.moments();
    expect(count).toBe(1.5);
    expect(sum).toBeCloseTo(2.5, 12);
    expect(mean).toBeCloseTo(5 / 3, 12);
    expect(variance).toBeCloseTo((1 * (1 - 5 / 3) ** 2 + 0.5 * (3 - 5 / 3) ** 2) / 1.5, 12);
  });
});

describe('statistics of a band', () => {
  const options = { percentiles: [50], bins: 4, limit: 5 };

  // Planes of whole numbers, then with others, in any order and number: moments are those of all values together.
  it('are the same however values come in planes', () => {
    const value = fc.oneof(fc.integer({ min: -3, max: 3 }), fc.constantFrom(0.5, -1.25, 70_000, Number.NaN));
    fc.assert(
      fc.property(fc.array(fc.array(value), { minLength: 1 }), (planes) => {
        const collector = collectTallies(options.limit);
        for (const plane of planes) collector.add(tallyPlane(Float64Array.from(plane), { keep: collector.keeps }));
        const valid = planes.flat().filter((one) => !Number.isNaN(one));
        const result = summarize(collector.collected(), options);
        expect(result.samples).toBe(valid.length);
        expect(result.sum).toBe(valid.reduce((sum, one) => sum + one, 0));
        expect(result.pixels).toBe(planes.flat().length);
        if (valid.length === 0) return;
        const mean = valid.reduce((sum, one) => sum + one, 0) / valid.length;
        const variance = valid.reduce((sum, one) => sum + (one - mean) ** 2, 0) / valid.length;
        expect(result.min === Math.min(...valid) && result.max === Math.max(...valid)).toBe(true);
        expect(Math.abs(result.mean - mean)).toBeLessThan(1e-9 * Math.max(1, Math.abs(mean)));
        expect(Math.abs(result.variance - variance)).toBeLessThan(1e-9 * Math.max(1, variance));
      }),
    );
  });
});
