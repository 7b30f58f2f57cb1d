import type { Profile } from './profile.ts';

/**
 * Catmull-Rom: cubic convolution with a = -½ (Keys 1981, eq. 15), four samples an axis. Pixel centres lie at ½, sample
 * centres too: a pixel on a sample's centre takes that sample alone. Overshoots at steps.
 * 256 × 256 pixels take 0.5 ms enlarged by 2 and 1.7 ms reduced by 2, turned 6.3 and 13.8 ms.
 */
export const CUBIC: Profile = {
  radius: 2,
  weight: (distance) => {
    const d = Math.abs(distance);
    if (d < 1) return (1.5 * d - 2.5) * d * d + 1;
    return d < 2 ? ((-0.5 * d + 2.5) * d - 4) * d + 2 : 0;
  },
};
