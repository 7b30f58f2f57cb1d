import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { writeJson } from '../../../src/image/json-numbers.ts';

const read = (bytes: Uint8Array): unknown => JSON.parse(Buffer.from(bytes).toString());

describe('numbers in a JSON text', () => {
  it('are those of the planes, one after the other, as JSON.stringify writes them', () => {
    fc.assert(
      fc.property(fc.array(fc.array(fc.double())), (lists) => {
        const planes = lists.map((list) => Float64Array.from(list));
        const text = Buffer.from(writeJson(['{"values":', { planes, whole: false }, '}'])).toString();
        expect(text).toBe(JSON.stringify({ values: lists.flat().map((value) => (Number.isFinite(value) ? value : null)) }));
      }),
    );
  });

  it('are whole where they are meant to be', () => {
    expect(read(writeJson([{ planes: [Float32Array.of(1.4, -0.2, Number.NaN, 7)], whole: true }]))).toEqual([1, 0, null, 7]);
  });

  it('are as many as there are, however many', () => {
    const plane = Float32Array.from({ length: 150_001 }, (_, i) => i);
    expect(read(writeJson([{ planes: [plane, plane], whole: true }]))).toHaveLength(300_002);
  });
});
