import { invertGrid, type PixelWindow } from './grid.ts';
import { isWide, type Allocate, type Plane, type Raster } from './image.ts';
import { mosaic } from './mosaic.ts';
import { mergeLayers, type PixelSelection } from './pixel-selection.ts';
import { resample } from './resample.ts';
import { copyShifted, SAMPLES_KEPT, shiftOf } from './shift.ts';
import type { Kernel } from './resampling.ts';
import { fillUnder, isFull, maskByAlpha, uniteBands } from './validity.ts';
import { warpToPixels, type Warp } from './warp.ts';
import type { Block } from './wkb.ts';

/** Blocks of one CRS, first ones on top, and where the pixels of a part of a picture lie in that CRS. */
export interface GatherSource {
  readonly window: PixelWindow;
  readonly warp: Warp;
  /** Of the warp's pixels in units of the blocks' CRS: west, south, east, north. */
  readonly bounds: readonly [number, number, number, number];
  readonly blocks: readonly Block[];
  /** Longitudes are periodic. */
  readonly geographic: boolean;
  /** Samples around the bounds that the kernel reads (reachOf). */
  readonly margin: number;
}

/** What is done to samples before pixels are made of them. */
export type Preparation =
  | { readonly kind: 'unite'; /** For each band what stands for no data where another band has some. */ readonly fill: readonly number[] }
  | { readonly kind: 'alpha'; /** Position among the bands of the one that covers the others. */ readonly cover: number };

/** What to make of sources. */
export interface GatherRequest {
  readonly width: number;
  readonly height: number;
  /** 0-based bands of the blocks. */
  readonly bands: readonly number[];
  readonly kernel: Kernel;
  readonly selection: PixelSelection;
  readonly prepare?: Preparation | undefined;
}

/**
 * Blocks to planes of a picture, one a band, NaN where nothing lies; undefined when nothing lies anywhere. Never waits,
 * so that the planes may live in memory that the next picture takes over.
 */
export function gather(sources: readonly GatherSource[], request: GatherRequest, allocate: Allocate): readonly Plane[] | undefined {
  const parts = sources.flatMap((source): Part[] => {
    const { bounds, geographic, margin } = source;
    const stacked = request.selection !== 'first' && request.selection !== 'last';
    const blocks = request.selection === 'last' ? source.blocks.toReversed() : source.blocks;
    const wanted = { bands: request.bands, bounds, margin, geographic, stacked };
    const layers = mosaic(blocks, wanted, allocate);
    const planes = stacked ? stack(layers, source.warp, request, allocate) : lay(layers, source.warp, request, allocate);
    return planes === undefined ? [] : [{ window: source.window, planes }];
  });
  if (parts.length === 0) return undefined;
  return request.bands.map((_, n) => assemble(parts, n, request, allocate));
}

/** Values of a part of the picture. */
interface Part {
  readonly window: PixelWindow;
  readonly planes: readonly Plane[];
}

/** Resamples layers, each from its own grid, and lays them under one another until nothing is missing. */
function lay(layers: Iterable<Raster>, warp: Warp, request: GatherRequest, allocate: Allocate): readonly Plane[] | undefined {
  let result: readonly Plane[] | undefined;
  for (const layer of layers) {
    if (result?.every(isFull) === true) break;
    const planes = resampleLayer(layer, warp, request, allocate);
    if (result === undefined) result = planes;
    else result.forEach((plane, n) => fillUnder(plane, planes[n] ?? plane));
  }
  return result;
}

/** Resamples layers, each from its own grid, and merges what they have in common. */
function stack(layers: Iterable<Raster>, warp: Warp, request: GatherRequest, allocate: Allocate): readonly Plane[] | undefined {
  const { selection } = request;
  if (selection === 'first' || selection === 'last') return lay(layers, warp, request, allocate);
  const merge = mergeLayers(selection, allocate);
  for (const layer of layers) merge.add(resampleLayer(layer, warp, request, allocate));
  return merge.result();
}

function resampleLayer(layer: Raster, warp: Warp, { kernel, prepare }: GatherRequest, allocate: Allocate): readonly Plane[] {
  const raster = prepare?.kind === 'alpha' ? maskByAlpha(layer, prepare.cover) : layer;
  if (prepare?.kind === 'unite') uniteBands(raster, prepare.fill);
  const inPixels = warpToPixels(warp, invertGrid(raster.grid));
  const shift = SAMPLES_KEPT.has(kernel) ? shiftOf(inPixels) : undefined;
  return shift === undefined ? resample(raster, inPixels, kernel, allocate) : copyShifted(raster, shift, warp, allocate);
}

/** A plane of the whole picture from its parts; what none holds is NaN. */
function assemble(parts: readonly Part[], band: number, { width, height }: GatherRequest, allocate: Allocate): Plane {
  const [first] = parts;
  const only = first?.planes[band];
  if (only !== undefined && parts.length === 1 && only.length === width * height) return only;
  const whole = allocate(width * height, only !== undefined && isWide(only)).fill(Number.NaN);
  for (const { window, planes } of parts) {
    const plane = planes[band];
    for (let row = 0; row < window.height && plane !== undefined; row += 1) {
      const from = row * window.width;
      const to = (window.row + row) * width + window.column;
      fillUnder(whole.subarray(to, to + window.width), plane.subarray(from, from + window.width));
    }
  }
  return whole;
}
