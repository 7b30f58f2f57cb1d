import { AppError } from '../base/error.ts';
import { parseAccept } from '../base/media-type.ts';
import type { MediaRange } from '../base/media-type.ts';
import type { MountedRoute, RepresentationFacts } from './route.ts';

/**
 * Chooses the representation: `f=` (a key or a full media type) beats `Accept`; without either the first one. Of those of one type
 * `Accept-Profile` chooses that of a profile (OGC 19-087 /req/cog/cloud-optimized).
 * @throws AppError INVALID_PARAMETER for an unknown `f`, NOT_ACCEPTABLE when `Accept` excludes all (RFC 9110 §12.5.1)
 */
export function negotiate(route: MountedRoute, f: string | undefined, accept: string | undefined, profiles?: string): RepresentationFacts {
  const { representations } = route;
  const [first] = representations;
  if (first === undefined) throw new Error(`${route.id} has no representation`);
  if (route.acceptsAny === true) return first;
  if (f !== undefined) return byFormat(representations, f);
  return ofProfile(representations, byAccept(route, first, accept), profiles);
}

function byAccept(route: MountedRoute, first: RepresentationFacts, accept: string | undefined): RepresentationFacts {
  if (accept === undefined || accept.trim() === '') return first;
  const { representations } = route;
  const ranges = parseAccept(accept);
  if (ranges.length === 0) return first;
  const chosen = route.firstAcceptable ? representations.find((r) => weightOf(r, ranges) > 0) : heaviest(representations, ranges);
  if (chosen !== undefined) return chosen;
  throw new AppError('NOT_ACCEPTABLE', {
    detail: `Cannot answer as "${accept.slice(0, 100)}": this resource comes as ${representations.map((r) => r.mediaType).join(', ')}`,
  });
}

/** That of the same type with the first profile of the header that there is; else the chosen one: a profile is a wish. */
function ofProfile(
  representations: readonly RepresentationFacts[],
  chosen: RepresentationFacts,
  header: string | undefined,
): RepresentationFacts {
  const typeOf = ({ mediaType }: RepresentationFacts): string => mediaType.split(';')[0]?.trim() ?? '';
  const wanted = (header ?? '').split(',').map((part) => /^\s*<([^>]*)>/.exec(part)?.[1] ?? part.split(';')[0]?.trim());
  const alike = representations.filter((r) => r.profile !== undefined && typeOf(r) === typeOf(chosen));
  return wanted.flatMap((uri) => alike.find((r) => r.profile === uri) ?? [])[0] ?? chosen;
}

function byFormat(representations: readonly RepresentationFacts[], f: string): RepresentationFacts {
  const wanted = f.toLowerCase();
  const found = representations.find((r) => r.f === f || r.mediaType === wanted || r.aliases?.includes(wanted));
  if (found !== undefined) return found;
  throw new AppError('INVALID_PARAMETER', {
    detail: `Cannot answer as f="${f.slice(0, 60)}": expected one of ${representations.map((r) => r.f).join(', ')}`,
  });
}

function heaviest(representations: readonly RepresentationFacts[], ranges: readonly MediaRange[]): RepresentationFacts | undefined {
  let best: RepresentationFacts | undefined;
  let bestWeight = 0;
  for (const representation of representations) {
    const weight = weightOf(representation, ranges);
    if (weight > bestWeight) [best, bestWeight] = [representation, weight];
  }
  return best;
}

/** Weight by the most specific range that matches any of the representation's types; wildcards never select an alias. */
function weightOf(representation: RepresentationFacts, ranges: readonly MediaRange[]): number {
  const types = [representation.mediaType, ...(representation.aliases ?? [])];
  let weight = 0;
  let specificity = -1;
  for (const range of ranges) {
    const match = Math.max(...types.map((type) => matchRange(type, range)));
    if (match > specificity || (match === specificity && match >= 0 && range.weight > weight)) {
      [specificity, weight] = [match, range.weight];
    }
  }
  return weight;
}

/** -1: no match; 0: any type; 1: any subtype; 2: the type; 3: the type with its parameters. */
function matchRange(mediaType: string, range: MediaRange): number {
  if (range.type === '*/*') return 0;
  const [type = '', ...parameters] = mediaType.split(';').map((part) => part.trim());
  if (range.type.endsWith('/*')) return type.startsWith(range.type.slice(0, -1)) ? 1 : -1;
  if (range.type !== type) return -1;
  const wanted = Object.entries(range.parameters).filter(([name]) => name !== 'charset');
  if (wanted.length === 0) return 2;
  return wanted.every(([name, value]) => parameters.includes(`${name}=${value}`)) ? 3 : -1;
}
