import { arrayOver } from '../raster/array-over.ts';
import type { Samples } from '../raster/wkb.ts';
import type { PackedJob } from './pack-job.ts';
import type { RenderOrder } from './render-message.ts';

/** Memory through which the samples of one order after the other go to a thread. */
export interface Staging {
  /** The same order with its samples in shared memory, valid until the next one, or in memory that is to be handed over. */
  stage(order: RenderOrder): Staged;
}

/** An order that can be posted. */
export interface Staged {
  readonly order: RenderOrder;
  readonly handedOver: readonly ArrayBuffer[];
}

/** Smaller memory may be a part of what others look at: Node's pool, or a chunk of a socket. */
const LEAST_BYTES = 128 * 1024;

/**
 * At most `limitBytes` of shared memory for a thread. A message copies unshared samples, and each copy waits for a collector
 * that sees no need: under the windows of an export 100 MB piled up. What is used up goes over as it is instead, which frees
 * it here at once; what does not fit has copies of its own.
 */
export function createStaging(limitBytes: number): Staging {
  let memory = new SharedArrayBuffer(0);
  return {
    stage(order) {
      if (!('job' in order)) return { order, handedOver: [] };
      const handedOver = new Set<ArrayBuffer>();
      const kept: Samples[] = [];
      for (const { samples, usedUp } of samplesIn(order.job)) {
        const { buffer } = samples;
        if (buffer instanceof SharedArrayBuffer) continue;
        if (usedUp && buffer.byteLength >= LEAST_BYTES) handedOver.add(buffer);
        else kept.push(samples);
      }
      const wanted = kept.reduce((bytes, samples) => bytes + aligned(samples), 0);
      if (wanted > memory.byteLength) memory = new SharedArrayBuffer(Math.min(wanted, limitBytes));
      const copies = copyInto(memory, kept);
      return { order: { ...order, job: withSamples(order.job, (samples) => copies.get(samples) ?? samples) }, handedOver: [...handedOver] };
    },
  };
}

/** What stands for samples: copies in the memory given, as far as it goes. */
function copyInto(memory: SharedArrayBuffer, kept: readonly Samples[]): ReadonlyMap<Samples, Samples> {
  const copies = new Map<Samples, Samples>();
  let used = 0;
  for (const samples of kept) {
    if (copies.has(samples)) continue;
    // A view of a larger buffer would take all of it along.
    if (used + aligned(samples) > memory.byteLength) copies.set(samples, samples.slice());
    else {
      const own = arrayOver(samples, memory, used);
      own.set(samples);
      copies.set(samples, own);
      used += aligned(samples);
    }
  }
  return copies;
}

function withSamples(job: PackedJob, change: (samples: Samples) => Samples): PackedJob {
  const inputs = job.inputs.map((input) => ({
    ...input,
    sources: input.sources.map((source) => ({
      ...source,
      blocks: source.blocks.map((block) => ({
        ...block,
        bands: block.bands.map((band) => ({ ...band, samples: change(band.samples) })),
      })),
    })),
  }));
  return { ...job, inputs };
}

function samplesIn({ inputs }: PackedJob): readonly { readonly samples: Samples; readonly usedUp: boolean }[] {
  return inputs.flatMap(({ sources, usedUp = false }) =>
    sources.flatMap(({ blocks }) => blocks.flatMap(({ bands }) => bands.map(({ samples }) => ({ samples, usedUp })))),
  );
}

function aligned({ byteLength }: Samples): number {
  return Math.ceil(byteLength / 8) * 8;
}
