import { gridBounds, invertGrid, shiftGrid, type Affine, type Grid } from './grid.ts';
import type { Allocate, Plane, Raster } from './image.ts';
import { enclose, intersect, isEmpty, type Rectangle } from './rectangle.ts';
import { createRectangleIndex, type RectangleIndex } from './rectangle-index.ts';
import type { Block, PixelTypeName, Samples } from './wkb.ts';

/** Which part of the blocks to put together: band indexes (0-based) and bounds in units of the blocks' CRS. */
export interface MosaicRequest {
  readonly bands: readonly number[];
  readonly bounds: readonly [number, number, number, number];
  /** Pixels around the bounds that kernels reach. */
  readonly margin: number;
  /** Longitudes are periodic: blocks also stand 360° to the east and west. */
  readonly geographic: boolean;
  /** Blocks that overlap, or are of different times, come in rasters of their own. */
  readonly stacked?: boolean | undefined;
}

/** Blocks on one grid, before their pixels are touched. */
interface Group {
  readonly grid: Grid;
  readonly inverse: Affine;
  readonly placed: Placed[];
  readonly index: RectangleIndex;
}

interface Placed {
  readonly block: Block;
  /** On the group's grid. */
  readonly place: Rectangle;
  /** An earlier block of the group lies under a part of it. */
  readonly overlaps: boolean;
}

/** How far, in pixels, grids may differ and still count as one. */
const ALIGNED = 0.02;
/** Less of a pixel than this is rounding. */
const SLIVER = 1e-6;

/**
 * Puts blocks into as few rasters as their grids allow: blocks on the same grid share one, so kernels reach across
 * their edges; rows that are shifted, scaled or turned stand alone. Where rows overlap the earlier block wins, pixel
 * by pixel, unless they are to be stacked. Nodata, and what no block covers, is NaN. Rasters are made as they are asked for.
 */
export function* mosaic(blocks: readonly Block[], request: MosaicRequest, allocate: Allocate): Generator<Raster, void, void> {
  const groups: Group[] = [];
  for (const block of blocks) {
    for (const turn of request.geographic ? [0, 360, -360] : [0]) {
      const grid = turn === 0 ? block.grid : { ...block.grid, originX: block.grid.originX + turn };
      if (touches(block, grid, request)) join(groups, block, grid, request.stacked === true);
    }
  }
  for (const group of groups) {
    const raster = assemble(group, request, allocate);
    if (raster !== undefined) yield raster;
  }
}

function touches({ width, height }: Block, grid: Grid, { bounds: wanted, margin }: MosaicRequest): boolean {
  const bounds = gridBounds(grid, width, height);
  const [x, y] = [margin * (Math.abs(grid.scaleX) + Math.abs(grid.skewX)), margin * (Math.abs(grid.scaleY) + Math.abs(grid.skewY))];
  return bounds[0] <= wanted[2] + x && wanted[0] - x <= bounds[2] && bounds[1] <= wanted[3] + y && wanted[1] - y <= bounds[3];
}

function join(groups: Group[], block: Block, grid: Grid, stacked: boolean): void {
  for (const group of groups) {
    const { a, b, c, d, e, f } = group.inverse;
    const column = a * grid.originX + b * grid.originY + c;
    const row = d * grid.originX + e * grid.originY + f;
    const [i, j] = [Math.round(column), Math.round(row)];
    if (Math.abs(column - i) > ALIGNED || Math.abs(row - j) > ALIGNED || !sameShape(group.grid, grid, block)) continue;
    const place = placeOf(block, i, j);
    const overlaps = group.index.meets(place);
    // All blocks of a stacked group are of one time, that of its first.
    if (stacked && (overlaps || group.placed[0]?.block.time !== block.time)) continue;
    group.placed.push({ block, place, overlaps });
    group.index.add(place);
    return;
  }
  const place = placeOf(block, 0, 0);
  const index = createRectangleIndex(block.width, block.height);
  index.add(place);
  groups.push({ grid, inverse: invertGrid(grid), placed: [{ block, place, overlaps: false }], index });
}

function placeOf({ width, height }: Block, column: number, row: number): Rectangle {
  return { left: column, top: row, right: column + width, bottom: row + height };
}

/** True when the far corner of the block, too, falls where the group's grid expects it. */
function sameShape(p: Grid, q: Grid, { width, height }: Block): boolean {
  const drift =
    width * (Math.abs(p.scaleX - q.scaleX) + Math.abs(p.skewY - q.skewY)) +
    height * (Math.abs(p.scaleY - q.scaleY) + Math.abs(p.skewX - q.skewX));
  return drift <= ALIGNED * Math.min(Math.hypot(p.scaleX, p.skewY), Math.hypot(p.scaleY, p.skewX));
}

function assemble(group: Group, request: MosaicRequest, allocate: Allocate): Raster | undefined {
  const outline = enclose(group.placed.map(({ place }) => place));
  // What lies in the rim only serves the blocks beside it on the same grid.
  if (isEmpty(intersect(outline, wantedPixels(group.inverse, { ...request, margin: 0 })))) return undefined;
  const frame = intersect(outline, wantedPixels(group.inverse, request));
  const [width, height] = [frame.right - frame.left, frame.bottom - frame.top];
  const wide = request.bands.some((band) => group.placed.some(({ block }) => needsWide(block.bands[band]?.pixelType)));
  let complete = true;
  const bands = request.bands.map((band) => {
    const plane = allocate(width * height, wide);
    plane.fill(Number.NaN);
    let valid = 0;
    for (const { block, place, overlaps } of group.placed) {
      const part = intersect(place, frame);
      if (isEmpty(part)) continue;
      if (valid === width * height) break;
      valid += paint({ plane, width, frame, place, part, overlaps }, block, band);
    }
    complete &&= valid === width * height;
    return plane;
  });
  return { grid: shiftGrid(group.grid, frame.left, frame.top), width, height, bands, complete };
}

function wantedPixels({ a, b, c, d, e, f }: Affine, { bounds, margin }: MosaicRequest): Rectangle {
  const [west, south, east, north] = bounds;
  const columns = [a * west + b * south, a * east + b * south, a * west + b * north, a * east + b * north];
  const rows = [d * west + e * south, d * east + e * south, d * west + e * north, d * east + e * north];
  return {
    left: Math.floor(Math.min(...columns) + c + SLIVER) - margin,
    top: Math.floor(Math.min(...rows) + f + SLIVER) - margin,
    right: Math.ceil(Math.max(...columns) + c - SLIVER) + margin,
    bottom: Math.ceil(Math.max(...rows) + f - SLIVER) + margin,
  };
}

function needsWide(type: PixelTypeName | undefined): boolean {
  return type === '32BSI' || type === '32BUI' || type === '64BF';
}

interface Brush {
  readonly plane: Plane;
  readonly width: number;
  readonly frame: Rectangle;
  readonly place: Rectangle;
  readonly part: Rectangle;
  /** An earlier block may have painted here: only NaN is painted over. */
  readonly overlaps: boolean;
}

/** Copies a block's part into the plane, nodata as NaN; returns how many pixels it gave a value. */
function paint(brush: Brush, block: Block, index: number): number {
  const { plane, width, frame, place, part, overlaps } = brush;
  const band = block.bands[index];
  if (band === undefined || band.blank || band.outside !== undefined) return 0;
  const samples = band.samples();
  const plain = !overlaps && (band.full ?? (band.nodata === undefined && !band.pixelType.endsWith('BF')));
  const length = part.right - part.left;
  let valid = 0;
  for (let row = part.top; row < part.bottom; row += 1) {
    const from = (row - place.top) * block.width + (part.left - place.left);
    const to = (row - frame.top) * width + (part.left - frame.left);
    if (plain) plane.set(samples.subarray(from, from + length), to);
    else
      valid += overlaps
        ? copyUnder(samples, from, plane, { to, length, nodata: band.nodata })
        : copyValid(samples, from, plane, { to, length, nodata: band.nodata });
  }
  return plain ? length * (part.bottom - part.top) : valid;
}

interface Run {
  readonly to: number;
  readonly length: number;
  readonly nodata: number | undefined;
}

function copyValid(samples: Samples, from: number, plane: Plane, { to, length, nodata }: Run): number {
  const missing = nodata ?? Number.NaN;
  let valid = 0;
  for (let i = 0; i < length; i += 1) {
    const value = samples[from + i] ?? 0;
    if (value !== missing && value === value) {
      plane[to + i] = value;
      valid += 1;
    }
  }
  return valid;
}

function copyUnder(samples: Samples, from: number, plane: Plane, { to, length, nodata }: Run): number {
  const missing = nodata ?? Number.NaN;
  let valid = 0;
  for (let i = 0; i < length; i += 1) {
    const value = samples[from + i] ?? 0;
    const there = plane[to + i] ?? 0;
    if (there !== there && value !== missing && value === value) {
      plane[to + i] = value;
      valid += 1;
    }
  }
  return valid;
}
