import type { Plane } from '../raster/image.ts';
import { writeAsciiLines } from './ascii-lines.ts';
import { writeCells, type CellRun } from './geotiff/cells.ts';
import type { Strip } from './strips.ts';
import type { ValueFacts } from './values.ts';
import { writeXyzLines } from './xyz-lines.ts';

/** A piece of a file before it is bytes: plain data, so that it may be written elsewhere. */
export type FilePiece =
  | { readonly kind: 'asc' | 'xyz'; readonly facts: ValueFacts; readonly strip: Strip }
  /** Tiles of a TIFF; the planes are used up by it. */
  | { readonly kind: 'cells'; readonly run: CellRun; readonly planes: readonly Plane[] };

/** What a piece has to know of its file, without numbers that may stand beside it. */
export function factsOf({ width, height, grid, crs, bands, title }: ValueFacts): ValueFacts {
  return { width, height, grid, crs, bands, title };
}

/** Writes pieces, one after the other or several at a time. */
export type WritePiece = (piece: FilePiece) => Promise<Uint8Array>;

/** The bytes of a piece. */
export function writePiece(piece: FilePiece): Uint8Array {
  switch (piece.kind) {
    case 'asc':
      return writeAsciiLines(piece.facts, piece.strip);
    case 'xyz':
      return writeXyzLines(piece.facts, piece.strip);
    default:
      return writeCells(piece.run, piece.planes);
  }
}

/** Writes pieces at once, where they are. */
export const writeHere: WritePiece = async (piece) => writePiece(piece);
