import { createGround } from '../raster/algorithms/ground.ts';
import { algorithmOf } from '../raster/algorithms/registry.ts';
import type { GatherSource } from '../raster/gather.ts';
import type { Block, BlockBand, Samples } from '../raster/wkb.ts';
import { tabulate, type Positions } from './positions.ts';
import type { RenderJob } from './render-job.ts';

/** A band of a block as it goes to another thread: no functions. */
interface PackedBand extends Omit<BlockBand, 'samples'> {
  readonly samples: Samples;
}

interface PackedBlock extends Omit<Block, 'bands'> {
  readonly bands: readonly PackedBand[];
}

interface PackedSource extends Omit<GatherSource, 'blocks'> {
  readonly blocks: readonly PackedBlock[];
}

/** A job as it goes to another thread. */
export interface PackedJob extends Omit<RenderJob, 'inputs' | 'algorithm'> {
  readonly inputs: readonly (Omit<RenderJob['inputs'][number], 'sources'> & { readonly sources: readonly PackedSource[] })[];
  readonly algorithm: (Omit<NonNullable<RenderJob['algorithm']>, 'toLonLat'> & { readonly positions: Positions }) | undefined;
}

const NOTHING = new Uint8Array(0);

/** The same job without functions, with the samples of the bands that are wanted. Nothing is copied: see staging.ts. */
export function packJob(job: RenderJob): PackedJob {
  const { algorithm, inputs } = job;
  return {
    ...job,
    inputs: inputs.map((input) => ({
      ...input,
      sources: input.sources.map((source) => ({
        ...source,
        blocks: source.blocks.map((block) => packBlock(block, new Set(input.request.bands))),
      })),
    })),
    algorithm: algorithm === undefined ? undefined : { call: algorithm.call, positions: positionsOf(job) },
  };
}

/** The job that was packed. */
export function unpackJob(packed: PackedJob): RenderJob {
  const { algorithm, inputs } = packed;
  return {
    ...packed,
    inputs: inputs.map((input) => ({
      ...input,
      sources: input.sources.map((source) => ({ ...source, blocks: source.blocks.map(unpackBlock) })),
    })),
    algorithm: algorithm === undefined ? undefined : { call: algorithm.call, toLonLat: tabulate(algorithm.positions, new Map()) },
  };
}

function packBlock(block: Block, bands: ReadonlySet<number>): PackedBlock {
  return {
    ...block,
    bands: block.bands.map((band, n) => {
      const wanted = bands.has(n) && !band.blank && band.outside === undefined;
      return { ...band, samples: wanted ? band.samples() : NOTHING };
    }),
  };
}

function unpackBlock(block: PackedBlock): Block {
  return { ...block, bands: block.bands.map((band) => ({ ...band, samples: () => band.samples })) };
}

/** Where the positions lie that the algorithm will ask for. */
function positionsOf({ algorithm, grid, width, height }: RenderJob): Positions {
  const known = new Map<string, readonly [number, number]>();
  if (algorithm === undefined || algorithmOf(algorithm.call.name).rim === 0) return known;
  createGround({ grid, width, height }, (xy) => {
    const asked = xy.slice();
    algorithm.toLonLat(xy);
    for (let i = 0; i + 1 < xy.length; i += 2) {
      known.set(`${asked[i] ?? 0} ${asked[i + 1] ?? 0}`, [xy[i] ?? Number.NaN, xy[i + 1] ?? Number.NaN]);
    }
  });
  return known;
}
