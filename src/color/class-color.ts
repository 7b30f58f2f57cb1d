/** A colour with alpha, each 0–255. */
export type Rgba = readonly [red: number, green: number, blue: number, alpha: number];

const GOLDEN_ANGLE = 137.50776405003785;
const LIGHTNESS = [0.7, 0.56, 0.82] as const;

/**
 * The colour of the n-th class: hues a golden angle apart, so that any few in a row differ, in three lightnesses of
 * OKLCH (Ottosson 2020), opaque. The same index has the same colour everywhere.
 */
export function classColor(index: number): Rgba {
  const lightness = LIGHTNESS[index % LIGHTNESS.length] ?? 0.7;
  const hue = ((250 + index * GOLDEN_ANGLE) * Math.PI) / 180;
  return [...oklchToRgb(lightness, 0.13, hue), 255];
}

/** OKLCH (lightness 0–1, chroma, hue in radians) as sRGB bytes, clipped to the gamut. */
export function oklchToRgb(lightness: number, chroma: number, hue: number): readonly [number, number, number] {
  const a = chroma * Math.cos(hue);
  const b = chroma * Math.sin(hue);
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  return [
    toByte(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s),
    toByte(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s),
    toByte(-0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s),
  ];
}

function toByte(linear: number): number {
  const clipped = Math.min(1, Math.max(0, linear));
  const encoded = clipped <= 0.0031308 ? 12.92 * clipped : 1.055 * clipped ** (1 / 2.4) - 0.055;
  return Math.round(encoded * 255);
}
