const { PI, sin } = Math;

/** Maps of stripes by formula, parts 0–1 before clipping, along 0 … 1. Source: Matplotlib (its own licence, PSF-like). */
export const WAVES: Readonly<Record<string, (x: number) => readonly [red: number, green: number, blue: number]>> = {
  flag: (x) => [0.75 * sin((31.5 * x + 0.25) * PI) + 0.5, sin(31.5 * x * PI), 0.75 * sin((31.5 * x - 0.25) * PI) + 0.5],
  prism: (x) => [0.75 * sin((20.9 * x + 0.25) * PI) + 0.67, 0.75 * sin((20.9 * x - 0.25) * PI) + 0.33, -1.1 * sin(20.9 * x * PI)],
};
