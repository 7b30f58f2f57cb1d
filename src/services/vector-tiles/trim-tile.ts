import type { MvtFeature, MvtLayer, Span } from './mvt-layer.ts';
import { readLayers, readVarint } from './mvt-layer.ts';
import { shownSize } from './mvt-size.ts';

/** Limits of one tile over all its layers. */
export interface TileBudget {
  readonly bytes: number;
  readonly features: number;
  readonly extent: number;
  /** From which size on a line or an area that is left out is missed, in units of the tile. */
  readonly shown: number;
}

/** A tile within its budget. */
export interface TrimmedTile {
  readonly bytes: Uint8Array;
  /** Features that were there and that were kept. */
  readonly features: number;
  readonly kept: number;
  /** True when something was left out that would have been seen: a point, or what is larger than `shown`. */
  readonly truncated: boolean;
}

interface Candidate {
  readonly layer: number;
  readonly feature: MvtFeature;
  readonly size: number;
  readonly rank: number;
}

/** Tag and length of a layer message: at most. */
const LAYER_OVERHEAD = 5;
const POINT = 1;

/**
 * Keeps the largest features of an encoded tile, then those whose id's hash is least, as many as fit; the same bytes for
 * the same tile. Feature order and all kept properties stay; values that nobody uses any more are left out.
 */
export function trimTile(bytes: Uint8Array, budget: TileBudget): TrimmedTile {
  const layers = readLayers(bytes);
  const features = layers.reduce((sum, layer) => sum + layer.features.length, 0);
  if (bytes.length <= budget.bytes && features <= budget.features) return { bytes, features, kept: features, truncated: false };
  const ranked = rank(bytes, layers, budget.extent);
  const kept = take(bytes, layers, ranked, budget);
  const truncated = ranked.slice(kept).some(({ feature, size }) => feature.type === POINT || size > budget.shown);
  return { bytes: write(bytes, layers, ranked.slice(0, kept)), features, kept, truncated };
}

function rank(bytes: Uint8Array, layers: readonly MvtLayer[], extent: number): readonly Candidate[] {
  const candidates = layers.flatMap((layer, i) =>
    layer.features.map((feature) => ({ layer: i, feature, size: shownSize(bytes, feature, extent), rank: scatter(feature, bytes) })),
  );
  return candidates.sort((a, b) => b.size - a.size || a.rank - b.rank);
}

/** How many of the ranked features fit: features, the values that they are the first to use, and all that is always there. */
function take(bytes: Uint8Array, layers: readonly MvtLayer[], ranked: readonly Candidate[], budget: TileBudget): number {
  const used = layers.map(() => new Set<number>());
  let size = layers.reduce((sum, layer) => sum + LAYER_OVERHEAD + layer.others.reduce((all, span) => all + length(span), 0), 0);
  for (const [i, { layer, feature }] of ranked.entries()) {
    if (i === budget.features) return i;
    size += messageSize(feature.span);
    for (const value of valueIndexes(bytes, feature.tags)) {
      const values = used[layer];
      const span = layers[layer]?.values[value];
      if (values === undefined || span === undefined || values.has(value)) continue;
      values.add(value);
      size += messageSize(span);
    }
    if (size > budget.bytes) return i;
  }
  return ranked.length;
}

function write(bytes: Uint8Array, layers: readonly MvtLayer[], kept: readonly Candidate[]): Uint8Array {
  const written = layers.map((layer, i) => {
    const chosen = new Set(kept.filter((candidate) => candidate.layer === i).map(({ feature }) => feature));
    return chosen.size === 0 ? Buffer.alloc(0) : message(3, writeLayer(bytes, layer, chosen));
  });
  return Buffer.concat(written);
}

/** Values get new numbers in the order in which the features that stay use them. */
function writeLayer(bytes: Uint8Array, layer: MvtLayer, chosen: ReadonlySet<MvtFeature>): Buffer {
  const numbers = new Map<number, number>();
  const features = layer.features.flatMap((feature) => (chosen.has(feature) ? [message(2, writeFeature(bytes, feature, numbers))] : []));
  const values = [...numbers.keys()].map((value) => message(4, cut(bytes, layer.values[value] ?? { start: 0, end: 0 })));
  return Buffer.concat([...layer.others.map((span) => cut(bytes, span)), ...features, ...values]);
}

function writeFeature(bytes: Uint8Array, { span, tags }: MvtFeature, numbers: Map<number, number>): Buffer {
  if (length(tags) === 0) return cut(bytes, span);
  const reader = { bytes, pos: tags.start };
  const pairs: number[] = [];
  while (reader.pos < tags.end) {
    pairs.push(...varint(readVarint(reader)));
    const value = readVarint(reader);
    const number = numbers.get(value) ?? numbers.size;
    numbers.set(value, number);
    pairs.push(...varint(number));
  }
  // The packed tags stand behind their tag byte and length, which are cut away with them.
  const before = tags.start - 1 - varint(length(tags)).length;
  return Buffer.concat([
    cut(bytes, { start: span.start, end: before }),
    message(2, Buffer.from(pairs)),
    cut(bytes, { start: tags.end, end: span.end }),
  ]);
}

function* valueIndexes(bytes: Uint8Array, tags: Span): Generator<number, void, undefined> {
  const reader = { bytes, pos: tags.start };
  while (reader.pos < tags.end) {
    readVarint(reader);
    yield readVarint(reader);
  }
}

/** Spreads ids, which often follow the map; features without id spread by their geometry (32-bit FNV-1a and a final mix). */
function scatter({ id, geometry }: MvtFeature, bytes: Uint8Array): number {
  let hash = 0x811c9dc5;
  const add = (byte: number): void => {
    hash = Math.imul(hash ^ byte, 0x01000193);
  };
  for (let rest = id; rest > 0; rest = Math.floor(rest / 256)) add(rest % 256);
  if (id === 0) for (let i = geometry.start; i < geometry.end; i += 1) add(bytes[i] ?? 0);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

function message(field: number, body: Buffer): Buffer {
  return Buffer.concat([Buffer.from([field * 8 + 2, ...varint(body.length)]), body]);
}

function messageSize(body: Span): number {
  return 1 + varint(length(body)).length + length(body);
}

function varint(value: number): readonly number[] {
  const bytes: number[] = [];
  let rest = value;
  for (; rest > 127; rest = Math.floor(rest / 128)) bytes.push((rest % 128) | 0x80);
  return [...bytes, rest];
}

function cut(bytes: Uint8Array, { start, end }: Span): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset + start, end - start);
}

function length({ start, end }: Span): number {
  return end - start;
}
