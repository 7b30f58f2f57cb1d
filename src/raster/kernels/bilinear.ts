import type { Profile } from './profile.ts';

/**
 * A tent of the two nearest samples an axis. Pixel centres lie at ½, sample centres too: a pixel on a sample's centre
 * takes that sample alone.
 */
export const BILINEAR: Profile = { radius: 1, weight: (distance) => Math.max(0, 1 - Math.abs(distance)) };
