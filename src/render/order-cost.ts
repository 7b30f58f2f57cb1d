import type { ValueFormat } from '../image/encode-values.ts';
import type { FilePiece } from '../image/file-piece.ts';
import type { JsonPiece } from '../image/json-numbers.ts';
import type { ValueImage } from '../image/values.ts';
import type { Collected } from '../raster/statistics/collect-tallies.ts';

/** Nanoseconds that a different value takes to be merged, and a counted one to be summed up. */
const [MERGE_NS, COUNTED_NS] = [60, 30];

/** About how many milliseconds of one core a summary will take. */
export function summaryCost(collected: readonly Collected[]): number {
  return (
    collected.reduce((sum, { counted, others = [] }) => {
      const kept = others.reduce((all, { values }) => all + values.length, 0);
      return sum + counted.values.length * COUNTED_NS + kept * MERGE_NS * Math.log2(others.length + 2);
    }, 0) / 1e6
  );
}

/** Nanoseconds that a sample takes in a file; compression runs beside the threads. */
const SAMPLE_NS: Readonly<Record<ValueFormat, number>> = {
  geotiff: 8,
  cog: 12,
  npy: 8,
  asc: 60,
  xyz: 150,
  raw: 5,
  png: 12,
};

/** About how many milliseconds of one core a file of numbers will take. */
export function fileCost({ width, height, bands }: ValueImage, format: ValueFormat): number {
  return (width * height * bands.length * SAMPLE_NS[format]) / 1e6;
}

/** Nanoseconds that a number takes in a JSON text. */
const NUMBER_NS = 150;

/** About how many milliseconds of one core a JSON text will take. */
export function jsonCost(pieces: readonly JsonPiece[]): number {
  const planes = pieces.flatMap((piece) => (typeof piece === 'string' ? [] : piece.planes));
  return (planes.reduce((sum, { length }) => sum + length, 0) * NUMBER_NS) / 1e6;
}

/** About how many milliseconds of one core a piece of a file will take. */
export function pieceCost(piece: FilePiece): number {
  if (piece.kind === 'cells') {
    const { width, height, rules, masked } = piece.run;
    return (width * height * (rules.length * SAMPLE_NS.geotiff + (masked ? MASK_NS : 0))) / 1e6;
  }
  const samples = piece.strip.planes.reduce((sum, { length }) => sum + length, 0);
  return (samples * SAMPLE_NS[piece.kind]) / 1e6;
}

/** Nanoseconds that a pixel takes in a mask. */
const MASK_NS = 2;
