import type { BlockBand, Samples } from './wkb.ts';

/** What bands without samples of their own hold. */
const NONE = new Uint8Array(0);

/**
 * The band with these samples and nothing else: the bytes that it was decoded from can be let go. A function by itself, as
 * one made within another holds on to all that the other's functions use: the block, its bytes, a megabyte each.
 */
export function holdSamples({ pixelType, nodata, blank, outside, full }: BlockBand, samples: Samples = NONE): BlockBand {
  return { pixelType, nodata, blank, outside, full, samples: () => samples };
}
