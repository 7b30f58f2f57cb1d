import { AppError } from '../../base/error.ts';
import { planMissing } from '../missing.ts';
import { sampleTypeOf, type SampleRule } from '../sample-type.ts';
import type { ValueFacts } from '../values.ts';
import { sampleRules } from './cut.ts';
import { directoryLength, headerLength, tiffHeader, writeDirectory, type Tag } from './directory.ts';
import { maskTags, tileCounts, tileTags, valueTags, type TiledImage } from './image-tags.ts';
import { codecTags } from './tile-codec.ts';
import { georeferenceTags, TILE_SIDE, type GeoTiffOptions } from './write-geotiff.ts';

/**
 * Where everything of an uncompressed tiled TIFF will stand, known before any of its pixels: header and directories, then
 * cells of equal length, each a tile and, where no value means "no data", the tile of its mask. Cells stand page by page,
 * and row by row within a page: a page is what is read and written at once, however wide the image is.
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
  /** Tiles across and down a page; at the right and lower edge there may be fewer. */
  readonly pageAcross: number;
  readonly pageDown: number;
  /** Bytes of a tile, and of a cell: with its mask. */
  readonly tileBytes: number;
  readonly cellBytes: number;
  readonly masked: boolean;
  /** How each band gets into the samples of a tile. */
  readonly rules: readonly SampleRule[];
}

/**
 * Samples of a page, of all bands: 4 to 8 MB as planes. When pages were chosen the export of 648 megapixels held 224 MB at most with this, in
 * 10 s, and 315 MB with twice as many, in 8 s; half as many took 21 s for 217 MB, as blocks are read more often.
 */
const PAGE_SAMPLES = 1024 * 1024;
/** Pages are at most twice as wide as high, so that each touches few blocks of a table. */
const MAX_PAGE_TILES = 8;
/** Their places are all in the head of the file: 6 MB of it, made in one go in a quarter of a second. */
const MAX_TILES = 250_000;
const CLASSIC_LIMIT = 2 ** 32 - 1;
const UNCOMPRESSED = codecTags('none', 'none', false);

/** The layout of a file for an image of any size; a BigTIFF from 4 GiB on. @throws AppError CONTENT_TOO_LARGE for too many tiles */
export function layoutGeoTiff(facts: ValueFacts, options: Pick<GeoTiffOptions, 'tileWidth' | 'tileHeight'> = {}): TiffLayout {
  const { width, height, bands } = facts;
  const type = sampleTypeOf(bands.map(({ pixelType }) => pixelType));
  const missing = planMissing(facts, type);
  const tileWidth = Math.min(options.tileWidth ?? TILE_SIDE, Math.ceil(width / 16) * 16);
  const tileHeight = Math.min(options.tileHeight ?? TILE_SIDE, Math.ceil(height / 16) * 16);
  const image: TiledImage = { width, height, tileWidth, tileHeight, role: 'full' };
  const tileBytes = tileWidth * tileHeight * bands.length * type.bytes;
  const maskBytes = missing.masked ? (tileWidth / 8) * tileHeight : 0;
  const own = [...valueTags(image, { type, bands }, UNCOMPRESSED), ...georeferenceTags(facts, missing.nodata)];
  const parts = [{ tags: own, shift: 0, bytes: tileBytes }];
  if (missing.masked) parts.push({ tags: [...maskTags({ ...image, role: 'mask' }, UNCOMPRESSED)], shift: tileBytes, bytes: maskBytes });
  const { across, down } = tileCounts(image);
  if (across * down > MAX_TILES) {
    throw new AppError('CONTENT_TOO_LARGE', {
      detail: `Cannot lay out ${across} × ${down} tiles of ${tileWidth} × ${tileHeight} pixels: expected at most ${MAX_TILES}: a part, or larger tiles`,
    });
  }
  const cells = { across, down, ...pageOf(across, tileWidth * tileHeight * bands.length), cellBytes: tileBytes + maskBytes };
  const header = headerOf(parts, cells);
  const length = header.length + across * down * cells.cellBytes;
  const rules = sampleRules(type, missing);
  return { ...cells, length, header, width, height, tileWidth, tileHeight, tileBytes, masked: missing.masked, rules };
}

/** The place of a tile in the file, counted in cells. */
export function cellOf({ across, down, pageAcross, pageDown }: CellOrder, column: number, row: number): number {
  const [left, top] = [column - (column % pageAcross), row - (row % pageDown)];
  const pageHeight = Math.min(pageDown, down - top);
  const pageWidth = Math.min(pageAcross, across - left);
  return top * across + left * pageHeight + (row - top) * pageWidth + column - left;
}

type CellOrder = Pick<TiffLayout, 'across' | 'down' | 'pageAcross' | 'pageDown'>;

function pageOf(across: number, tileSamples: number): { readonly pageAcross: number; readonly pageDown: number } {
  const tiles = Math.max(1, Math.floor(PAGE_SAMPLES / tileSamples));
  const pageAcross = Math.min(across, MAX_PAGE_TILES, Math.max(1, Math.floor(Math.sqrt(tiles * 2))));
  return { pageAcross, pageDown: Math.max(1, Math.min(MAX_PAGE_TILES, Math.floor(tiles / pageAcross))) };
}

interface Part {
  readonly tags: readonly Tag[];
  /** Of its tile within a cell. */
  readonly shift: number;
  readonly bytes: number;
}

function headerOf(parts: readonly Part[], cells: CellOrder & { readonly cellBytes: number }): Uint8Array {
  const count = cells.across * cells.down;
  const places = Array.from({ length: count }, (_, i) => cellOf(cells, i % cells.across, Math.floor(i / cells.across)) * cells.cellBytes);
  const tagsOf = ({ tags }: Part, offsets: readonly number[], lengths: readonly number[]): readonly Tag[] =>
    [...tags, ...tileTags(offsets, lengths)].sort((a, b) => a.id - b.id);
  // A length does not depend on which numbers there are, only on how many.
  const lengthOf = (big: boolean): number =>
    parts.reduce((sum, part) => sum + align(directoryLength(tagsOf(part, places, places), big)), align(headerLength(big)));
  const big = lengthOf(false) + count * cells.cellBytes > CLASSIC_LIMIT;
  const header = Buffer.alloc(lengthOf(big));
  let at = align(headerLength(big));
  header.set(tiffHeader(at, big));
  parts.forEach((part, i) => {
    const { shift, bytes } = part;
    const tags = tagsOf(
      part,
      places.map((place) => header.length + place + shift),
      Array.from({ length: count }, () => bytes),
    );
    const end = at + align(directoryLength(tags, big));
    header.set(writeDirectory(tags, { at, next: i === parts.length - 1 ? 0 : end, big }), at);
    at = end;
  });
  return header;
}

function align(length: number): number {
  return Math.ceil(length / 8) * 8;
}
