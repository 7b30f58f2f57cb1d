import { cannotParse } from '../../../base/cannot-parse.ts';
import { decimalOf } from '../../../base/decimal.ts';
import type { Parameter } from '../../parameter.ts';
import type { RawRequest } from '../../parse.ts';

/** A feature to clip by. */
export interface ClipChoice {
  readonly collectionId: string;
  readonly featureId: string;
}

/** Values of `clipParameters`. */
export interface ClipInput {
  readonly clip?: ClipChoice | undefined;
  readonly clipBuffer?: number | undefined;
}

const UNITS: Readonly<Record<string, number>> = { '': 1, m: 1, km: 1000 };
/** A quarter of the way round the Earth. */
const FARTHEST = 10_000_000;

/** Cutting a raster by a feature of another collection. @throws AppError INVALID_PARAMETER */
export const clipParameters: { readonly [K in keyof Required<ClipInput>]: Parameter<ClipInput[K]> } = {
  clip: {
    name: 'clip',
    in: 'query',
    doc: 'Only what lies within a feature of another collection, given as `collection/id`.',
    schema: { type: 'string', minLength: 3 },
    parse(raw) {
      if (raw === undefined) return undefined;
      // Ids of collections may hold slashes; those of features seldom do.
      const at = raw.lastIndexOf('/');
      if (at < 1 || at === raw.length - 1) throw cannotParse('clip', raw, 'expected collection/id of a feature');
      return { collectionId: raw.slice(0, at), featureId: raw.slice(at + 1) };
    },
  },
  clipBuffer: {
    name: 'clip-buffer',
    in: 'query',
    doc: 'How far around the feature of `clip` the cut lies, in metres or with a unit: `500`, `500m`, `2km`.',
    schema: { type: 'string' },
    parse(raw) {
      if (raw === undefined) return undefined;
      const match = /^([\d.eE+-]+)\s*(m|km|)$/.exec(raw.trim());
      const metres = (decimalOf(match?.[1] ?? '') ?? Number.NaN) * (UNITS[match?.[2] ?? ''] ?? Number.NaN);
      if (metres >= 0 && metres <= FARTHEST) return metres;
      throw cannotParse('clip-buffer', raw, `expected metres from 0 to ${FARTHEST}, such as 500m or 2km`);
    },
  },
};

/** Features are answered as they are at the moment, and so is what is cut by them: such pictures are not kept. */
export function keepsUnclipped({ query }: RawRequest): boolean {
  return query.every(([name]) => name !== clipParameters.clip.name);
}
