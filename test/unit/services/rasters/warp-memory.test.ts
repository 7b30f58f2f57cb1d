import { expect, test } from 'vitest';
import type { Warp } from '../../../../src/raster/warp.ts';
import { createWarpMemory } from '../../../../src/services/rasters/warp-memory.ts';

/** A warp of so many numbers. */
function warpOf(numbers: number): Warp {
  return { kind: 'separable', width: numbers - 1, height: 1, x: Float64Array.of(0, 1), y: Float64Array.of(0, 1) };
}

/** What was made, by key. */
function counting(): { readonly made: string[]; readonly ask: (key: string, numbers: number, asksDatabase: boolean) => Promise<void> } {
  const memory = createWarpMemory();
  const made: string[] = [];
  return {
    made,
    async ask(key, numbers, asksDatabase) {
      const make = (): Promise<Warp> => {
        made.push(key);
        return Promise.resolve(warpOf(numbers));
      };
      expect((await memory(key, { asksDatabase, make })).bounds).toEqual([-0.5, -0.5, 1.5, 1.5]);
    },
  };
}

test('a small warp is made once, a large one each time unless the database was asked for it', async () => {
  const { made, ask } = counting();
  for (let round = 0; round < 2; round += 1) {
    await ask('tile', 512, false);
    await ask('map', 5000, false);
    await ask('map by PROJ', 900_000, true);
    await ask('too large for all', 1_100_000, true);
  }
  expect(made).toEqual(['tile', 'map', 'map by PROJ', 'too large for all', 'map', 'too large for all']);
});

test('what was not used for longest makes room', async () => {
  const { made, ask } = counting();
  await ask('a', 400_000, true);
  await ask('b', 400_000, true);
  await ask('a', 400_000, true);
  await ask('c', 400_000, true);
  await ask('a', 400_000, true);
  await ask('b', 400_000, true);
  expect(made).toEqual(['a', 'b', 'c', 'b']);
});
