import type { RunContext } from '../../db/database.ts';
import type { Look } from '../../raster/look.ts';
import type { Rescale } from '../../raster/rescale-spec.ts';
import type { Range } from '../../raster/rescale.ts';
import { percentileRange } from '../../raster/percentile-range.ts';
import type { Plane } from '../../raster/image.ts';
import type { PictureRequest } from './raster-request.ts';
import { remember, type Remember } from './remember.ts';

/** Planes of a request seen from afar: a sample of all that its tiles may show; none when no row lies anywhere. */
export type Overview = (request: PictureRequest, context: RunContext) => Promise<readonly Plane[]>;

/** Finds the ranges of a picture's planes that its collection decides, the same for all of its tiles. */
export type Stretch = (request: PictureRequest, wanted: readonly Rescale[], context: RunContext) => Promise<readonly (Range | undefined)[]>;

/** What is stretched when nobody says otherwise. */
export const USUAL: Rescale = { kind: 'percentiles', low: 2, high: 98 };

/** A stretch that asks for each overview once, and keeps the ranges. */
export function createStretch(overview: Overview): Stretch {
  const known: Remember<readonly (Range | undefined)[]> = remember();
  return async (request, wanted, context) => {
    if (wanted.every(({ kind }) => kind === 'numbers')) return wanted.map((rescale) => numbersOf(rescale));
    return known(JSON.stringify([identityOf(request), wanted]), context.signal, async (signal) => {
      const planes = await overview(request, { ...context, signal });
      return wanted.map((rescale, n) => rangeOf(rescale, planes[n]));
    });
  };
}

/** One rescale for each of some planes: the look's own, repeated when there is but one. */
export function rescalesOf({ rescale = [] }: Look, planes: number): readonly (Rescale | undefined)[] {
  return Array.from({ length: planes }, (_, n) => (rescale.length === 1 ? rescale[0] : rescale[n]));
}

function numbersOf(rescale: Rescale): Range | undefined {
  return rescale.kind === 'numbers' ? { min: rescale.min, max: rescale.max } : undefined;
}

function rangeOf(rescale: Rescale, plane: Plane | undefined): Range | undefined {
  if (rescale.kind === 'numbers') return numbersOf(rescale);
  const [low, high] = rescale.kind === 'extremes' ? [0, 100] : [rescale.low, rescale.high];
  return plane === undefined ? undefined : percentileRange([plane], low, high);
}

/** What decides the numbers of a picture wherever it is drawn. */
function identityOf({ sources, look, rows }: PictureRequest): unknown {
  const { bands, expressions, algorithm, nodata, unscale } = look;
  return [
    sources.map(({ collection, name, band }) => [collection.id, collection.version, name, band]),
    // As text, since NaN and infinities are all null in JSON.
    { bands, expressions, algorithm, nodata: nodata?.toString(), unscale },
    rows?.selection === 'count',
  ];
}
