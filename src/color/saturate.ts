const WHITE_X = 0.95047;
const WHITE_Z = 1.08883;
const DELTA = 6 / 29;

/** Steps of the tables below; with linear steps between them they are exact to 1/1000 of a byte's step. */
const STEPS = 8192;

const LINEAR = tabulate((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
const ENCODED = tabulate((part) => (part <= 0.0031308 ? 12.92 * part : 1.055 * part ** (1 / 2.4) - 0.055));
const ROOT = tabulate((part) => (part > DELTA ** 3 ? Math.cbrt(part) : part / (3 * DELTA * DELTA) + 4 / 29));

/**
 * Multiplies the chroma of a colour in CIE LCh (D65, sRGB IEC 61966-2-1), in place: hue and lightness stay, so a* and b*
 * are scaled alike. Parts of 0–1, cut to the gamut.
 */
export function saturate(color: Float64Array, proportion: number): void {
  const red = read(LINEAR, color[0] ?? 0);
  const green = read(LINEAR, color[1] ?? 0);
  const blue = read(LINEAR, color[2] ?? 0);
  const fx = read(ROOT, (0.4124564 * red + 0.3575761 * green + 0.1804375 * blue) / WHITE_X);
  const fy = read(ROOT, 0.2126729 * red + 0.7151522 * green + 0.072175 * blue);
  const fz = read(ROOT, (0.0193339 * red + 0.119192 * green + 0.9503041 * blue) / WHITE_Z);
  const x = cube(fy + (fx - fy) * proportion) * WHITE_X;
  const y = cube(fy);
  const z = cube(fy - (fy - fz) * proportion) * WHITE_Z;
  color[0] = read(ENCODED, 3.2404542 * x - 1.5371385 * y - 0.4985314 * z);
  color[1] = read(ENCODED, -0.969266 * x + 1.8760108 * y + 0.041556 * z);
  color[2] = read(ENCODED, 0.0556434 * x - 0.2040259 * y + 1.0572252 * z);
}

/** The inverse of the root of CIE 1976. */
function cube(root: number): number {
  return root > DELTA ? root * root * root : 3 * DELTA * DELTA * (root - 4 / 29);
}

function tabulate(curve: (part: number) => number): Float64Array {
  return Float64Array.from({ length: STEPS + 2 }, (_, i) => curve(Math.min(1, i / STEPS)));
}

function read(table: Float64Array, part: number): number {
  const place = Math.min(1, Math.max(0, part)) * STEPS;
  const whole = Math.floor(place);
  const below = table[whole] ?? 0;
  return below + ((table[whole + 1] ?? 0) - below) * (place - whole);
}
