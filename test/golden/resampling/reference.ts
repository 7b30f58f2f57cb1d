import type { Resampling } from '../../../src/raster/resampling.ts';
import { invertGrid } from '../../../src/raster/grid.ts';
import { warpToPixels } from '../../../src/raster/warp.ts';
import { warpByGdal } from './gdal.ts';
import type { Scene } from './scene.ts';

/** Classes that a source may have to be asked for its mode. */
const MOST_CLASSES = 16;

/**
 * Whether GDAL 3.6 makes the picture that a method means, so that ours can be held against it (test/unit/raster/kernels
 * has exact references for the rest):
 * - lanczos, reducing: GDAL leaves out by how much a pixel's centre misses a sample's (its table of weights is made
 *   once for all pixels), so that only pixels that lie centre on centre come out right.
 * - cubic_spline, reducing by a broken factor: GDAL's spline goes on beyond its end, -(d - 2)³, and its window is longer
 *   than the spline there.
 * - min, max, median, turned: GDAL looks under the box between two corners of a footprint, which is not the footprint
 *   where that is turned.
 * - average: GDAL looks there too, but its sums are of exact footprints: the sum of the values over the sum of ones.
 * - mode: GDAL counts samples, however little of them lies in a footprint. Its sums of each class tell the areas.
 */
export function isHeldAgainstGdal(scene: Scene, method: Resampling): boolean {
  switch (method) {
    case 'lanczos':
      return !isReducing(scene) || isCentred(scene);
    case 'cubic_spline':
      return scene.reduction.every(isWhole);
    case 'min':
    case 'max':
    case 'median':
      return !isTurned(scene);
    case 'mode':
      return classesOf(scene).length <= MOST_CLASSES;
    default:
      return true;
  }
}

/** The picture that GDAL makes of a scene by a method, NaN without data. */
export async function pictureByGdal(gdalwarp: string, scene: Scene, method: Resampling): Promise<Float64Array> {
  if (method === 'average') return averageByGdal(gdalwarp, scene);
  if (method === 'mode') return modeByGdal(gdalwarp, scene);
  return warpByGdal(gdalwarp, scene, method);
}

/**
 * Where a method sees no hole: 1. Around holes GDAL's cubic falls back on bilinear and its lanczos leaves pixels out, while
 * ours renormalise.
 */
export async function wholeByGdal(gdalwarp: string, scene: Scene, method: Resampling): Promise<readonly boolean[]> {
  const values = scene.source.values.map((value) => (Number.isNaN(value) ? 0 : 1));
  const whole = await warpByGdal(gdalwarp, { ...scene, source: { ...scene.source, values } }, method);
  return [...whole].map((value) => Math.abs(value - 1) < 1e-9);
}

/** True when pixels are larger than samples. */
function isReducing({ reduction }: Scene): boolean {
  return Math.max(...reduction) > 1;
}

/** True for factors that GDAL takes for whole ones. */
function isWhole(factor: number): boolean {
  return factor < 1 || Math.abs(factor - Math.round(factor)) < 0.05;
}

/** True when footprints are turned against the samples by more than a minute of arc or so. */
function isTurned({ warp, source }: Scene): boolean {
  const inPixels = warpToPixels(warp, invertGrid(source.grid));
  return (
    inPixels.kind === 'cells' &&
    inPixels.cells.some(({ xi, xj, yi, yj }) => Math.abs(xj) > 5e-4 * Math.abs(xi) || Math.abs(yi) > 5e-4 * Math.abs(yj))
  );
}

/** True when every pixel's centre is a sample's, or a trifle after it. */
function isCentred({ warp, source }: Scene): boolean {
  const inPixels = warpToPixels(warp, invertGrid(source.grid));
  const isCentre = (position: number): boolean => Math.abs(position - Math.floor(position) - 0.51) < 0.011;
  return inPixels.kind === 'separable' && inPixels.x.every(isCentre) && inPixels.y.every(isCentre);
}

/** The different values of a source. */
function classesOf({ source }: Scene): readonly number[] {
  return [...new Set(source.values)].filter((value) => !Number.isNaN(value));
}

async function averageByGdal(gdalwarp: string, scene: Scene): Promise<Float64Array> {
  const [values, areas] = [await warpByGdal(gdalwarp, scene, 'sum'), await areasByGdal(gdalwarp, scene, () => true)];
  return values.map((value, i) => value / (areas[i] ?? 0));
}

async function modeByGdal(gdalwarp: string, scene: Scene): Promise<Float64Array> {
  const classes = classesOf(scene);
  const areas = await Promise.all(classes.map((kind) => areasByGdal(gdalwarp, scene, (value) => value === kind)));
  return Float64Array.from(areas[0] ?? [], (_, i) => {
    let best = -1;
    areas.forEach((area, n) => {
      if ((area[i] ?? 0) > (best < 0 ? 0 : (areas[best]?.[i] ?? 0))) best = n;
    });
    return classes[best] ?? Number.NaN;
  });
}

/** How many samples of a kind lie in each footprint. */
async function areasByGdal(gdalwarp: string, scene: Scene, isCounted: (value: number) => boolean): Promise<Float64Array> {
  const values = scene.source.values.map((value) => (Number.isNaN(value) ? value : isCounted(value) ? 1 : 0));
  return warpByGdal(gdalwarp, { ...scene, source: { ...scene.source, values } }, 'sum');
}
