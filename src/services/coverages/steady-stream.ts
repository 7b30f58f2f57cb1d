import { createHash } from 'node:crypto';
import { AppError } from '../../base/error.ts';
import type { RunContext } from '../../db/database.ts';
import type { StreamedValues } from '../../image/encode-values.ts';
import type { ValueFacts } from '../../image/values.ts';
import type { RasterService } from '../rasters/raster-service.ts';
import type { CoverageReading } from './read-coverage.ts';

/** A file in pieces that are all made of one state of the rows. */
export type SteadyStream = Pick<StreamedValues, 'pieces' | 'parts'> & {
  /** Names the bytes; undefined where states of the rows cannot be told apart. */
  readonly tag: string | undefined;
};

/**
 * Names a stream by the state of the rows that it is made of and by what is asked of them. Nothing is read for it, and since the
 * state is looked at again before the last piece goes out, a whole answer, or a whole part of it, is of the state that it names.
 */
export async function steadyStream(
  rasters: RasterService,
  { reading, facts, streamed }: { readonly reading: CoverageReading; readonly facts: ValueFacts; readonly streamed: StreamedValues },
  context: RunContext,
): Promise<SteadyStream> {
  const { pieces, parts } = streamed;
  const state = await stateOf(rasters, reading, context);
  if (state === undefined) return { pieces, parts, tag: undefined };
  const check = async (): Promise<void> => {
    if ((await stateOf(rasters, reading, context)) === state) return;
    throw new AppError('DATA_CHANGED', {
      detail: `Collection "${reading.collection.id}" was written while its numbers were read: ask again`,
    });
  };
  return {
    tag: nameOf(state, { reading, facts, streamed }),
    pieces: untilLast(pieces, check),
    parts: parts === undefined ? undefined : { length: parts.length, part: (from, to) => untilLast(parts.part(from, to), check) },
  };
}

async function stateOf(rasters: RasterService, { collection, plan }: CoverageReading, context: RunContext): Promise<string | undefined> {
  if (plan.ground === undefined) return undefined;
  return rasters.state({ collection, bounds: plan.ground, geographic: plan.crs.geographic, rows: plan.rows }, context);
}

function nameOf(
  state: string,
  { reading, facts, streamed }: { readonly reading: CoverageReading; readonly facts: ValueFacts; readonly streamed: StreamedValues },
): string {
  const { plan, nodata, unscale } = reading;
  const { width, height, grid, bands } = facts;
  const { rows, axes, clip = [] } = plan;
  const wish = [streamed.mediaType, streamed.extension, width, height, grid, bands, plan.bands, rows, axes, String(nodata), unscale];
  const hash = createHash('sha1').update(JSON.stringify([state, wish]));
  if (streamed.head !== undefined) hash.update(streamed.head);
  for (const ring of clip) hash.update(`${ring.length}`).update(ring);
  return hash.digest('base64url').slice(0, 22);
}

/** The same pieces; the last one goes out after a check. */
async function* untilLast(pieces: AsyncIterable<Uint8Array>, check: () => Promise<void>): AsyncGenerator<Uint8Array> {
  let held: Uint8Array | undefined;
  for await (const piece of pieces) {
    if (held !== undefined) yield held;
    held = piece;
  }
  await check();
  if (held !== undefined) yield held;
}
