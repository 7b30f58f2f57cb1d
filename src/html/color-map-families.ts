import { COLOR_MAP_NAMES, colorMapFamily, type ColorMapFamily } from '../color/named-color-map.ts';

const TITLES: readonly (readonly [ColorMapFamily, string])[] = [
  ['perceptual', 'Even steps to the eye'],
  ['color-brewer', 'ColorBrewer'],
  ['oceanography', 'Oceanography'],
  ['classic', 'Classic'],
  ['qualitative', 'Lists'],
];

/** The named colour maps by family, the reversed ones left out. */
export const COLOR_MAP_FAMILIES: readonly (readonly [title: string, names: readonly string[]])[] = TITLES.map(([family, title]) => [
  title,
  COLOR_MAP_NAMES.filter((name) => !name.endsWith('_r') && colorMapFamily(name) === family),
]);
