import { describe, expect, test } from 'vitest';
import { trimTile } from '../../../../src/services/vector-tiles/trim-tile.ts';
import { decodeVectorTile } from '../../../http/documents/vector-tile.ts';

const varint = (value: number): readonly number[] => (value < 128 ? [value] : [(value % 128) | 0x80, ...varint(Math.floor(value / 128))]);
const message = (field: number, body: readonly number[]): readonly number[] => [field * 8 + 2, ...varint(body.length), ...body];
const text = (value: string): readonly number[] => [...Buffer.from(value)];
const zigzag = (value: number): number => (value < 0 ? -2 * value - 1 : 2 * value);

/** A square of a size at (10, 10) with one property. */
function square(id: number, size: number, value: number): readonly number[] {
  const geometry = [9, zigzag(10), zigzag(10), 26, zigzag(size), 0, 0, zigzag(size), zigzag(-size), 0, 15].flatMap(varint);
  return message(2, [8, ...varint(id), ...message(2, [0, ...varint(value)]), 24, 3, ...message(4, geometry)]);
}

function layer(name: string, sizes: readonly number[], firstId = 1): readonly number[] {
  const features = sizes.flatMap((size, i) => square(firstId + i, size, i));
  const values = sizes.flatMap((_, i) => message(4, message(1, text(`value of ${firstId + i}`))));
  return message(3, [...message(1, text(name)), ...features, ...message(3, text('label')), ...values, 40, ...varint(4096), 120, 2]);
}

/** Name of each layer with the ids and labels of its features. */
const contents = (bytes: Uint8Array): readonly (readonly [name: string, features: readonly unknown[]])[] =>
  Object.values(decodeVectorTile(bytes).layers).map((found) => [
    found.name,
    Array.from({ length: found.length }, (_, i) => [found.feature(i).id, found.feature(i).properties.label]),
  ]);

describe('trimTile', () => {
  const bytes = Uint8Array.from(layer('a', [5, 300, 20, 300]));

  test('a tile within its budget stays the same object', () => {
    const trimmed = trimTile(bytes, { bytes: bytes.length, features: 4, extent: 4096, shown: 64 });
    expect(trimmed).toEqual({ bytes, features: 4, kept: 4, truncated: false });
    expect(trimmed.bytes).toBe(bytes);
  });

  test('keeps the largest, in their order, with their own values', () => {
    const trimmed = trimTile(bytes, { bytes: 100_000, features: 2, extent: 4096, shown: 64 });
    expect(contents(trimmed.bytes)).toEqual([
      [
        'a',
        [
          [2, 'value of 2'],
          [4, 'value of 4'],
        ],
      ],
    ]);
    expect(trimmed).toMatchObject({ features: 4, kept: 2, truncated: false });
  });

  test('chooses among equals by hash, the same each time', () => {
    const equals = Uint8Array.from(
      layer(
        'a',
        Array.from({ length: 50 }, () => 7),
      ),
    );
    const once = trimTile(equals, { bytes: 100_000, features: 10, extent: 4096, shown: 64 });
    expect(trimTile(equals.slice(), { bytes: 100_000, features: 10, extent: 4096, shown: 64 }).bytes).toEqual(once.bytes);
    expect(contents(once.bytes)[0]?.[1]).not.toEqual(contents(equals)[0]?.[1]?.slice(0, 10));
  });

  test('never exceeds the bytes, values counted once', () => {
    for (let budget = 0; budget < bytes.length; budget += 7) {
      const trimmed = trimTile(bytes, { bytes: budget, features: 100, extent: 4096, shown: 64 });
      expect(trimmed.bytes.length).toBeLessThanOrEqual(budget);
      expect(contents(trimmed.bytes).flatMap(([, features]) => features)).toHaveLength(trimmed.kept);
    }
  });

  test('shares one budget among all layers; a layer that loses all is left out', () => {
    const two = Uint8Array.from([...layer('small', [5, 6]), ...layer('large', [500, 600], 20)]);
    expect(contents(trimTile(two, { bytes: 100_000, features: 2, extent: 4096, shown: 64 }).bytes)).toEqual([
      [
        'large',
        [
          [20, 'value of 20'],
          [21, 'value of 21'],
        ],
      ],
    ]);
  });

  test('counts what lies inside of the tile only', () => {
    const trimmed = trimTile(Uint8Array.from(layer('a', [1_000_000, 4000])), { bytes: 100_000, features: 1, extent: 4096, shown: 64 });
    expect(trimmed.truncated).toBe(true);
  });
});
