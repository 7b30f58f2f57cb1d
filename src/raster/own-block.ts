import { arrayOver } from './array-over.ts';
import { holdSamples } from './hold-samples.ts';
import type { Block, BlockBand, Samples } from './wkb.ts';

/** A block to keep, and the memory that it takes. */
export interface OwnedBlock {
  readonly block: Block;
  readonly bytes: number;
}

/** What a block takes besides its samples, in bytes. */
const OVERHEAD = 1024;

/**
 * A copy of a block whose samples lie in shared arrays of their own, aligned and in the host's byte order, and of which it is
 * known where nothing is missing: to be painted again and again. The bytes it was decoded from can be let go.
 */
export function ownBlock(block: Block): OwnedBlock {
  let bytes = OVERHEAD;
  const bands = block.bands.map((band): BlockBand => {
    if (band.blank || band.outside !== undefined) return holdSamples(band);
    const samples = share(band.samples());
    bytes += samples.byteLength;
    return holdSamples({ ...band, full: isFull(samples, band.nodata) }, samples);
  });
  return { block: { ...block, bands }, bytes };
}

/** A copy in memory that threads share, so that a block goes to them without being copied again. */
function share(samples: Samples): Samples {
  const bytes = new Uint8Array(new SharedArrayBuffer(samples.byteLength));
  bytes.set(new Uint8Array(samples.buffer, samples.byteOffset, samples.byteLength));
  return arrayOver(samples, bytes.buffer);
}

function isFull(samples: Samples, nodata: number | undefined): boolean {
  if (samples instanceof Float32Array || samples instanceof Float64Array) {
    for (let i = 0; i < samples.length; i += 1) {
      const value = samples[i] ?? 0;
      if (value !== value || value === nodata) return false;
    }
    return true;
  }
  return nodata === undefined || !samples.includes(nodata);
}
