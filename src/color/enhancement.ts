/** Factors of the four enhancements of Pillow's ImageEnhance, applied in this order; 1 and absent change nothing. */
export interface Enhancement {
  /** 0 is grey. */
  readonly color?: number;
  /** 0 is one grey all over. */
  readonly contrast?: number;
  /** 0 is black. */
  readonly brightness?: number;
  /** 0 is smooth. */
  readonly sharpness?: number;
}

/**
 * The grey towards which and from which contrast goes. Pillow takes the mean of the picture at hand; of two
 * neighbouring tiles that would be two greys, and a step between them.
 */
const CONTRAST_GREY = 128;

/** True when every factor is absent or 1. */
export function isPlain({ color = 1, contrast = 1, brightness = 1, sharpness = 1 }: Enhancement): boolean {
  return color === 1 && contrast === 1 && brightness === 1 && sharpness === 1;
}

/** True when pixels depend on their neighbours, so that a picture must be made with a rim of one pixel. */
export function needsNeighbours({ sharpness = 1 }: Enhancement): boolean {
  return sharpness !== 1;
}

/**
 * Applies colour, contrast (about `grey`) and brightness to interleaved RGBA bytes in place; alpha stays. Works on
 * pixels and on palettes alike. Results are cut to bytes towards 0, as Pillow does.
 */
export function enhanceColors({ color = 1, contrast = 1, brightness = 1 }: Enhancement, rgba: Uint8Array, grey = CONTRAST_GREY): void {
  for (let i = 0; i < rgba.length; i += 4) {
    if (color !== 1) {
      const level = luma(rgba[i] ?? 0, rgba[i + 1] ?? 0, rgba[i + 2] ?? 0);
      for (let c = i; c < i + 3; c += 1) rgba[c] = blend(level, rgba[c] ?? 0, color);
    }
    if (contrast !== 1) for (let c = i; c < i + 3; c += 1) rgba[c] = blend(grey, rgba[c] ?? 0, contrast);
    if (brightness !== 1) for (let c = i; c < i + 3; c += 1) rgba[c] = blend(0, rgba[c] ?? 0, brightness);
  }
}

/**
 * Applies sharpness to RGBA pixels of a width: away from (or towards) the mean of 3 × 3 with five times the weight in
 * the middle. Pixels on the rim stay as they are; transparent neighbours count as the pixel itself.
 */
export function enhanceSharpness(sharpness: number, rgba: Uint8Array, width: number): Uint8Array {
  const out = rgba.slice();
  const height = rgba.length / 4 / width;
  for (let y = 1; y < height - 1; y += 1) {
    for (let x = 1; x < width - 1; x += 1) {
      const at = (y * width + x) * 4;
      for (let c = at; c < at + 3; c += 1) out[c] = blend(smooth(rgba, c, { at, row: width * 4 }), rgba[c] ?? 0, sharpness);
    }
  }
  return out;
}

/** Rec. 601 luma in Pillow's integers. */
function luma(red: number, green: number, blue: number): number {
  return (red * 19595 + green * 38470 + blue * 7471 + 0x8000) >> 16;
}

function blend(from: number, to: number, factor: number): number {
  const mixed = from + factor * (to - from);
  return mixed <= 0 ? 0 : mixed >= 255 ? 255 : Math.trunc(mixed);
}

/** The weighted mean about byte `c` of the pixel at `at`. */
function smooth(rgba: Uint8Array, c: number, { at, row }: { readonly at: number; readonly row: number }): number {
  const own = rgba[c] ?? 0;
  let sum = 4 * own;
  for (let dy = -row; dy <= row; dy += row) {
    for (let d = dy - 4; d <= dy + 4; d += 4) sum += rgba[at + d + 3] === 0 ? own : (rgba[c + d] ?? 0);
  }
  return Math.round(sum / 13);
}
