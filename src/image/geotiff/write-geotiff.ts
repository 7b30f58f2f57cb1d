import { setImmediate } from 'node:timers/promises';
import type { PixelWindow } from '../../raster/grid.ts';
import { hasHoles, planMissing, type Missing } from '../missing.ts';
import { sampleTypeOf, type SampleType } from '../sample-type.ts';
import type { ValueFacts, ValueImage } from '../values.ts';
import { assembleTiff, type TiffLevel } from './assemble.ts';
import { cutMask, cutTile, sampleRules, shapeOf, type Planes } from './cut.ts';
import type { Tag } from './directory.ts';
import { geoKeyTags } from './geo-keys.ts';
import { halvePlane, type HalvingMethod } from './halve.ts';
import { maskTags, tileCounts, valueTags, type TiledImage } from './image-tags.ts';
import { gdalMetadata } from './metadata.ts';
import { placementTags } from './placement-tags.ts';
import { codecTags, encodeTile, type CodecTags, type Compression, type Predictor } from './tile-codec.ts';

/** How a GeoTIFF is laid out; what is absent is chosen by the kind of the numbers. */
export interface GeoTiffOptions {
  /** Deflate by default. */
  readonly compression?: Compression | undefined;
  /** By default that of the numbers' kind where pixels are averaged, none for classes. */
  readonly predictor?: Predictor | undefined;
  /** Sides of a tile in pixels, multiples of 16; 256 by default, and never larger than the image needs. */
  readonly tileWidth?: number | undefined;
  readonly tileHeight?: number | undefined;
  /** Number of smaller images, each half the one before; none by default. */
  readonly overviews?: number | undefined;
  readonly overviewResampling?: HalvingMethod | undefined;
}

/** What stays the same for all images of a file. */
interface Plan {
  readonly facts: ValueFacts;
  readonly type: SampleType;
  readonly missing: Missing;
  readonly compression: Compression;
  readonly codec: CodecTags;
  readonly tileWidth: number;
  readonly tileHeight: number;
}

/** Pixels along a side of a tile where nobody says. */
export const TILE_SIDE = 256;
/** Tiles that are packed at the same time: as many as the pool of threads takes. */
const AT_ONCE = 4;

/**
 * Writes a tiled GeoTIFF (OGC 19-008r4) whose directories stand before the pixels, these from the smallest image to
 * the largest: with overviews it is a cloud-optimised one (OGC 21-026).
 */
export async function writeGeoTiff(image: ValueImage, options: GeoTiffOptions = {}): Promise<Uint8Array> {
  const plan = planFile(image, options);
  const levels: TiffLevel[] = [];
  let planes: Planes = image;
  const overviews = Math.min(options.overviews ?? 0, overviewCount(image.width, image.height, 1));
  for (let level = 0; level <= overviews; level += 1) {
    if (level > 0) planes = halve(planes, options.overviewResampling ?? 'average');
    levels.push(await encodeLevel(planes, level === 0, plan));
  }
  return assembleTiff(levels);
}

/** Overviews until the last fits one tile of this side. */
export function overviewCount(width: number, height: number, tileSize: number): number {
  return Math.max(0, Math.ceil(Math.log2(Math.max(width, height) / tileSize)));
}

/** The tags that only the first image of a file has: place, CRS, metadata and nodata. */
export function georeferenceTags(facts: ValueFacts, nodata: number | undefined): readonly Tag[] {
  const metadata = gdalMetadata(facts);
  return [
    ...placementTags(facts.grid),
    ...geoKeyTags(facts.crs),
    ...(metadata === undefined ? [] : [{ id: 42_112, type: 'ascii', values: metadata } as const]),
    ...nodataTags(nodata),
  ];
}

function planFile(image: ValueImage, options: GeoTiffOptions): Plan {
  const type = sampleTypeOf(image.bands.map(({ pixelType }) => pixelType));
  const missing = planMissing(image, type);
  const { compression = 'deflate', tileWidth = TILE_SIDE, tileHeight = TILE_SIDE } = options;
  const isFloat = type.kind === 'float';
  const isSmooth = compression !== 'none' && (options.overviewResampling ?? 'average') === 'average';
  const predictor = options.predictor ?? (isSmooth ? (isFloat ? 'floating-point' : 'horizontal') : 'none');
  return {
    facts: image,
    type,
    missing: { ...missing, masked: missing.masked && hasHoles(image.planes) },
    compression,
    codec: codecTags(compression, predictor, isFloat),
    tileWidth,
    tileHeight,
  };
}

function halve({ planes, width, height }: Planes, method: HalvingMethod): Planes {
  return {
    planes: planes.map((plane) => halvePlane({ plane, width, height }, method)),
    width: Math.ceil(width / 2),
    height: Math.ceil(height / 2),
  };
}

async function encodeLevel(source: Planes, isFull: boolean, plan: Plan): Promise<TiffLevel> {
  const { facts, type, missing, codec } = plan;
  const image: TiledImage = {
    width: source.width,
    height: source.height,
    tileWidth: Math.min(plan.tileWidth, Math.ceil(source.width / 16) * 16),
    tileHeight: Math.min(plan.tileHeight, Math.ceil(source.height / 16) * 16),
    role: isFull ? 'full' : 'reduced',
  };
  const mask: TiledImage = { ...image, role: isFull ? 'mask' : 'reduced-mask' };
  const own = isFull ? georeferenceTags(facts, missing.nodata) : nodataTags(missing.nodata);
  const windows = windowsOf(image);
  const rules = sampleRules(type, missing);
  const tiles = await inTurns(windows, async (window) => {
    const samples = cutTile(source, window, rules) ?? new Uint8Array(0);
    return encodeTile(samples, shapeOf(window, rules), plan.compression, codec.predictor);
  });
  const imagePart = { tags: [...valueTags(image, { type, bands: facts.bands }, codec), ...own], tiles };
  if (!missing.masked) return { parts: [imagePart] };
  const shape = { width: image.tileWidth / 8, height: image.tileHeight, bands: 1 };
  const bits = await inTurns(windows, async (window) => encodeTile(cutMask(source, window), shape, plan.compression, 1));
  return { parts: [imagePart, { tags: maskTags(mask, { ...codec, predictor: 1 }), tiles: bits }] };
}

function nodataTags(nodata: number | undefined): readonly Tag[] {
  if (nodata === undefined) return [];
  return [{ id: 42_113, type: 'ascii', values: Number.isNaN(nodata) ? 'nan' : String(nodata).replace('Infinity', 'inf') }];
}

function windowsOf(image: TiledImage): readonly PixelWindow[] {
  const { across, down } = tileCounts(image);
  return Array.from({ length: across * down }, (_, i) => ({
    column: (i % across) * image.tileWidth,
    row: Math.floor(i / across) * image.tileHeight,
    width: image.tileWidth,
    height: image.tileHeight,
  }));
}

/** Results in the order of the items, a few at a time: between turns the event loop runs. */
async function inTurns<Item, Result>(items: readonly Item[], run: (item: Item) => Promise<Result>): Promise<readonly Result[]> {
  const results: Result[] = [];
  for (let i = 0; i < items.length; i += AT_ONCE) {
    results.push(...(await Promise.all(items.slice(i, i + AT_ONCE).map(run))));
    await setImmediate();
  }
  return results;
}
