import type { Plane } from '../../raster/image.ts';
import type { Samples } from '../../raster/wkb.ts';
import { littleEndianBytes, sampleTypeNamed, type SampleRule, type SampleType } from '../sample-type.ts';
import { cutMask, cutTile } from './cut.ts';

/** A rectangle of tiles, each with its mask where there is one, and the pixels under it: plain data. */
export interface CellRun {
  /** Tiles. */
  readonly across: number;
  readonly down: number;
  readonly tileWidth: number;
  readonly tileHeight: number;
  readonly tileBytes: number;
  readonly cellBytes: number;
  readonly masked: boolean;
  /** How each band gets into the samples of a tile, its type by name. */
  readonly rules: readonly CellRule[];
  /** Pixels of the planes; there are fewer than tiles hold at the right and lower edge. */
  readonly width: number;
  readonly height: number;
}

/** A rule whose type has a name instead of functions. */
export interface CellRule extends Omit<SampleRule, 'type'> {
  readonly type: SampleType['name'];
}

/** The cells of a rectangle of tiles, row by row, from its planes; without planes there is no data. */
export function writeCells(run: CellRun, planes: readonly Plane[]): Uint8Array {
  const { across, down, tileWidth, tileHeight, tileBytes, cellBytes, masked, width, height } = run;
  const rules = run.rules.map((rule): SampleRule => ({ ...rule, type: sampleTypeNamed(rule.type) }));
  // Every byte is written; memory of its own can be handed over.
  const cells = Buffer.allocUnsafeSlow(across * down * cellBytes);
  let samples: Samples | undefined;
  for (let i = 0; i < across * down; i += 1) {
    const [column, row] = [i % across, Math.floor(i / across)];
    const window = { column: column * tileWidth, row: row * tileHeight, width: tileWidth, height: tileHeight };
    samples = cutTile({ planes, width, height }, window, rules, samples);
    if (samples !== undefined) cells.set(littleEndianBytes(samples), i * cellBytes);
    if (masked) cells.set(cutMask({ planes, width, height }, window), i * cellBytes + tileBytes);
  }
  return cells;
}
