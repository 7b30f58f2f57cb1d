import type { Rgba } from '../../color/class-color.ts';

/** Colours, each once, in the order in which they were asked for; the first is transparent. */
export interface GrowingPalette {
  /** The place of a colour; 0 for all that are wholly transparent. */
  entry(color: Rgba): number;
  /** RGBA quadruples of all colours so far. */
  colors(): Uint8Array;
  /** How many colours there are so far, the transparent one among them. */
  size(): number;
}

/** An empty palette: nothing but the transparent entry. */
export function createPalette(): GrowingPalette {
  const places = new Map<number, number>();
  const list: Rgba[] = [[0, 0, 0, 0]];
  return {
    entry(color) {
      const [red, green, blue, alpha] = color;
      if (alpha === 0) return 0;
      const key = ((red * 256 + green) * 256 + blue) * 256 + alpha;
      const known = places.get(key);
      if (known !== undefined) return known;
      const place = list.push(color) - 1;
      places.set(key, place);
      return place;
    },
    colors: () => Uint8Array.from(list.flat()),
    size: () => list.length,
  };
}
