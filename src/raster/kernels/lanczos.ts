import type { Profile } from './profile.ts';

/** Lobes on either side. */
const A = 3;

/**
 * The sinc windowed by its own central lobe, a = 3 (Lanczos; Duchon 1979), six samples an axis. Pixel centres lie at ½,
 * sample centres too: a pixel on a sample's centre takes that sample alone. Overshoots at steps.
 */
export const LANCZOS: Profile = {
  radius: A,
  weight: (distance) => {
    if (Math.abs(distance) >= A) return 0;
    const x = Math.PI * distance;
    return x === 0 ? 1 : (A * Math.sin(x) * Math.sin(x / A)) / (x * x);
  },
};
