import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { COLOR_MAP_NAMES, colorMapFamily, namedColorMap } from '../../../src/color/named-color-map.ts';

/** Colours of Matplotlib 3.11 and rio-tiler 9.4 at some of the 256 places. */
const published: { readonly places: readonly number[]; readonly maps: Readonly<Record<string, string>> } = JSON.parse(
  readFileSync(new URL('../../fixtures/color-maps.json', import.meta.url), 'utf8'),
);

test('every published map is here, also reversed, and nothing else', () => {
  const names = Object.keys(published.maps);
  expect(names.length).toBe(115);
  expect(COLOR_MAP_NAMES).toEqual(names.flatMap((name) => [name, `${name}_r`]).sort());
  expect(COLOR_MAP_NAMES.filter((name) => colorMapFamily(name) === undefined)).toEqual([]);
});

test.each(Object.entries(published.maps))('%s has the published colours within 1/255', (name, colors) => {
  const map = namedColorMap(name);
  const reversed = namedColorMap(`${name}_r`);
  expect(map?.colors.length).toBe(1024);
  colors.split(' ').forEach((hex, n) => {
    const place = published.places[n] ?? 0;
    const wanted = [0, 2, 4].map((c) => Number.parseInt(hex.slice(c, c + 2), 16));
    const got = [...(map?.colors.subarray(place * 4, place * 4 + 4) ?? [])];
    const mirrored = [...(reversed?.colors.subarray((255 - place) * 4, (255 - place) * 4 + 4) ?? [])];
    expect(mirrored).toEqual(got);
    expect(got[3]).toBe(255);
    wanted.forEach((part, c) => expect(Math.abs(part - (got[c] ?? -9))).toBeLessThanOrEqual(1));
  });
});

test('names are known in any case, and made once', () => {
  expect(namedColorMap('RdYlGn')).toBe(namedColorMap('rdylgn'));
  expect(namedColorMap('nothing')).toBeUndefined();
  expect(namedColorMap('constructor')).toBeUndefined();
  expect(namedColorMap('')).toBeUndefined();
});
