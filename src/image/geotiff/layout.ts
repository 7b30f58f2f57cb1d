import { planMissing } from '../missing.ts';
import { sampleTypeOf, type SampleRule } from '../sample-type.ts';
import type { ValueFacts } from '../values.ts';
import { sampleRules } from './cut.ts';
import { directoryLength, headerLength, tiffHeader, writeDirectory, type Tag } from './directory.ts';
import { maskTags, tileCounts, tileTags, valueTags, type TiledImage } from './image-tags.ts';
import { codecTags } from './tile-codec.ts';
import { georeferenceTags } from './write-geotiff.ts';

/**
 * Where everything of an uncompressed tiled TIFF will stand, known before any of its pixels: header and directories, then
 * cells of equal length, row by row, each a tile and, where no value means "no data", the tile of its mask.
 */
export interface TiffLayout {
  /** Of the whole file in bytes. */
  readonly length: number;
  readonly header: Uint8Array;
  readonly width: number;
  readonly height: number;
  readonly tileWidth: number;
  readonly tileHeight: number;
  readonly across: number;
  readonly down: number;
  /** Bytes of a tile, and of a cell: with its mask. */
  readonly tileBytes: number;
  readonly cellBytes: number;
  readonly masked: boolean;
  /** How each band gets into the samples of a tile. */
  readonly rules: readonly SampleRule[];
}

const TILE_WIDTH = 256;
/** A row of tiles is held in memory: tiles are lower in wide images. */
const ROW_BYTES = 4 * 1024 * 1024;
const CLASSIC_LIMIT = 2 ** 32 - 1;
const UNCOMPRESSED = codecTags('none', false, false);

/** The layout of a file for an image of any size; a BigTIFF from 4 GiB on. */
export function layoutGeoTiff(facts: ValueFacts): TiffLayout {
  const { width, height, bands } = facts;
  const type = sampleTypeOf(bands.map(({ pixelType }) => pixelType));
  const missing = planMissing(facts, type);
  const tileWidth = Math.min(TILE_WIDTH, Math.ceil(width / 16) * 16);
  const across = Math.ceil(width / tileWidth);
  const pixelBytes = bands.length * type.bytes;
  const tileHeight = tileHeightOf(height, across * tileWidth * pixelBytes);
  const image: TiledImage = { width, height, tileWidth, tileHeight, role: 'full' };
  const { down } = tileCounts(image);
  const tileBytes = tileWidth * tileHeight * pixelBytes;
  const maskBytes = missing.masked ? (tileWidth / 8) * tileHeight : 0;
  const cellBytes = tileBytes + maskBytes;
  const own = [...valueTags(image, { type, bands }, UNCOMPRESSED), ...georeferenceTags(facts, missing.nodata)];
  const parts = [{ tags: own, shift: 0, bytes: tileBytes }];
  if (missing.masked) parts.push({ tags: [...maskTags({ ...image, role: 'mask' }, UNCOMPRESSED)], shift: tileBytes, bytes: maskBytes });
  const header = headerOf(parts, across * down, cellBytes);
  const length = header.length + across * down * cellBytes;
  const rules = sampleRules(type, missing);
  return { length, header, width, height, tileWidth, tileHeight, across, down, tileBytes, cellBytes, masked: missing.masked, rules };
}

interface Part {
  readonly tags: readonly Tag[];
  /** Of its tile within a cell. */
  readonly shift: number;
  readonly bytes: number;
}

function headerOf(parts: readonly Part[], cells: number, cellBytes: number): Uint8Array {
  const tagsOf = ({ tags, shift, bytes }: Part, start: number): readonly Tag[] => {
    const offsets = Array.from({ length: cells }, (_, i) => start + i * cellBytes + shift);
    return [
      ...tags,
      ...tileTags(
        offsets,
        offsets.map(() => bytes),
      ),
    ].sort((a, b) => a.id - b.id);
  };
  const lengthOf = (big: boolean): number =>
    parts.reduce((sum, part) => sum + align(directoryLength(tagsOf(part, 0), big)), align(headerLength(big)));
  const big = lengthOf(false) + cells * cellBytes > CLASSIC_LIMIT;
  const header = Buffer.alloc(lengthOf(big));
  let at = align(headerLength(big));
  header.set(tiffHeader(at, big));
  parts.forEach((part, i) => {
    const tags = tagsOf(part, header.length);
    const end = at + align(directoryLength(tags, big));
    header.set(writeDirectory(tags, { at, next: i === parts.length - 1 ? 0 : end, big }), at);
    at = end;
  });
  return header;
}

function tileHeightOf(height: number, lineBytes: number): number {
  const affordable = Math.max(16, Math.floor(ROW_BYTES / lineBytes / 16) * 16);
  return Math.min(TILE_WIDTH, affordable, Math.ceil(height / 16) * 16);
}

function align(length: number): number {
  return Math.ceil(length / 8) * 8;
}
