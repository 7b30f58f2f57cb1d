import { createTransform } from '../../../src/crs/create-transform.ts';
import { isGeographic, type CrsDefinition } from '../../../src/crs/crs-definition.ts';
import { invertGrid, pixelSize, shiftGrid, type Grid } from '../../../src/raster/grid.ts';
import { allocatePlane, type Plane, type Raster } from '../../../src/raster/image.ts';
import { resample } from '../../../src/raster/resample.ts';
import type { Kernel } from '../../../src/raster/resampling.ts';
import { fillUnder } from '../../../src/raster/validity.ts';
import { planWarp, runWarp, warpToPixels, type Warp } from '../../../src/raster/warp.ts';

/** One band somewhere on earth, NaN without data. */
export interface Source {
  readonly crs: CrsDefinition;
  readonly grid: Grid;
  readonly width: number;
  readonly height: number;
  readonly values: Float64Array;
}

/** A picture of it. */
export interface Target {
  readonly crs: CrsDefinition;
  readonly grid: Grid;
  readonly width: number;
  readonly height: number;
}

/** A source in the eyes of a picture: where its pixels lie, and how many samples one covers on either axis. */
export interface Scene {
  readonly source: Source;
  readonly target: Target;
  readonly warp: Warp;
  readonly reduction: readonly [number, number];
}

/** What it takes to place a picture over a source. */
export interface Placing {
  readonly crs: CrsDefinition;
  /** Samples a pixel. */
  readonly reduction: number;
  readonly width: number;
  readonly height: number;
  /** Column and row of the source where samples are measured, and that lie in the picture's middle. */
  readonly centre: readonly [number, number];
  /** Another middle, in the picture's CRS. */
  readonly middle?: readonly [number, number];
}

/** A north-up picture around a place of the source, its pixels square and as large as so many samples. */
export function placeOver(source: Source, { crs, reduction, width, height, centre, middle }: Placing): Target {
  const forth = transformOf(source.crs, crs);
  const [column, row] = centre;
  const at = ([i, j]: readonly [number, number]): readonly [number, number] => {
    const { originX, originY, scaleX, scaleY, skewX, skewY } = source.grid;
    const xy = Float64Array.of(originX + i * scaleX + j * skewX, originY + i * skewY + j * scaleY);
    forth(xy);
    return [xy[0] ?? 0, xy[1] ?? 0];
  };
  const [x, y] = at([column, row]);
  const [right, below] = [at([column + 0.5, row]), at([column, row + 0.5])];
  const area = Math.abs((right[0] - x) * (below[1] - y) - (right[1] - y) * (below[0] - x)) * 4;
  const pixel = Math.sqrt(area) * reduction;
  const [east, north] = middle ?? [x, y];
  const grid = {
    originX: east - (pixel * width) / 2,
    originY: north + (pixel * height) / 2,
    scaleX: pixel,
    scaleY: -pixel,
    skewX: 0,
    skewY: 0,
  };
  return { crs, grid, width, height };
}

/** Plans the warp as a server would: to an eighth of a sample, or of a pixel where that is smaller. */
export function sceneOf(source: Source, target: Target): Scene {
  const { grid, width, height } = target;
  const geographic = isGeographic(source.crs);
  const request = { grid, window: { column: 0, row: 0, width, height }, tolerance: pixelSize(source.grid) / 8, geographic };
  const warp = runWarp(planWarp(request), transformOf(target.crs, source.crs));
  return { source, target, warp, reduction: meanReduction(warpToPixels(warp, invertGrid(source.grid))) };
}

/** Our picture of a scene. */
export function resampleScene({ source, target, warp }: Scene, kernel: Kernel): Plane {
  const result = allocatePlane(target.width * target.height, true).fill(Number.NaN);
  for (const turn of isGeographic(source.crs) ? [0, 360, -360] : [0]) {
    const grid = { ...source.grid, originX: source.grid.originX + turn };
    const complete = source.values.every((value) => !Number.isNaN(value));
    const raster: Raster = { grid, width: source.width, height: source.height, bands: [source.values], complete };
    const [plane] = resample(raster, warpToPixels(warp, invertGrid(grid)), kernel, allocatePlane);
    if (plane !== undefined) fillUnder(result, plane);
  }
  return result;
}

/** The same scene half a pixel to the east and south. */
export function shifted({ source, target }: Scene): Scene {
  return sceneOf(source, { ...target, grid: shiftGrid(target.grid, 0.5, 0.5) });
}

function transformOf(from: CrsDefinition, to: CrsDefinition): (xy: Float64Array) => void {
  const transform = createTransform(from, to);
  if (transform === undefined) throw new Error(`No transformation from ${from.srid} to ${to.srid}`);
  return transform;
}

function meanReduction(warp: Warp): readonly [number, number] {
  if (warp.kind === 'separable') {
    const mean = (line: Float64Array): number => Math.abs((line.at(-1) ?? 0) - (line[0] ?? 0)) / (line.length - 1);
    return [mean(warp.x), mean(warp.y)];
  }
  let [x, y, pixels] = [0, 0, 0];
  for (const cell of warp.cells) {
    const size = cell.width * cell.height;
    x += Math.hypot(cell.xi, cell.xj) * size;
    y += Math.hypot(cell.yi, cell.yj) * size;
    pixels += size;
  }
  return [x / pixels, y / pixels];
}
