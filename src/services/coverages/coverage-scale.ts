import { AppError } from '../../base/error.ts';
import { cannotParse } from '../../base/cannot-parse.ts';
import { axisNamed } from '../crs/axes.ts';

/** A number for an axis; undefined keeps the axis as it is. */
export interface AxisScale {
  readonly axis: string;
  readonly value: number | undefined;
}

/** What a request says of the number of cells; at most one way. */
export interface ScaleWish {
  readonly width?: number | undefined;
  readonly height?: number | undefined;
  readonly resolution?: readonly AxisScale[] | undefined;
  readonly scaleFactor?: number | undefined;
  readonly scaleAxes?: readonly AxisScale[] | undefined;
  readonly scaleSize?: readonly AxisScale[] | undefined;
}

/** The number of cells of an answer, and of the data under it, where they have the same CRS. */
export interface Extents {
  readonly across: number;
  readonly up: number;
  /** Cells of the data on the same ground; broken numbers in another CRS. */
  readonly cellsAcross: number;
  readonly cellsUp: number;
}

/** Along which axes a request wants other cells than the stored ones. */
export function scaledAxes(wish: ScaleWish): { readonly east: boolean; readonly north: boolean } {
  const named = [byAxis('resolution', wish.resolution), byAxis('scale-axes', wish.scaleAxes), byAxis('scale-size', wish.scaleSize)];
  return {
    east: wish.width !== undefined || wish.scaleFactor !== undefined || named.some((axes) => axes?.east !== undefined),
    north: wish.height !== undefined || wish.scaleFactor !== undefined || named.some((axes) => axes?.north !== undefined),
  };
}

/**
 * Cells across and down of an answer over an area (in units of its CRS). An axis of which nothing is said keeps its number
 * (/req/scaling-spatial/width-and-height). @throws AppError INVALID_PARAMETER for axes, CONFLICTING_PARAMETERS
 */
export function scaledSize(wish: ScaleWish, area: Extents): { readonly width: number; readonly height: number } {
  checkConflicts(wish);
  const { across, up, cellsAcross, cellsUp } = area;
  if (wish.width !== undefined || wish.height !== undefined) {
    return { width: wish.width ?? count(cellsAcross), height: wish.height ?? count(cellsUp) };
  }
  const size = byAxis('scale-size', wish.scaleSize);
  if (size !== undefined) return { width: count(size.east ?? cellsAcross), height: count(size.north ?? cellsUp) };
  const resolution = byAxis('resolution', wish.resolution);
  if (resolution !== undefined) {
    return {
      width: count(resolution.east === undefined ? cellsAcross : across / resolution.east),
      height: count(resolution.north === undefined ? cellsUp : up / resolution.north),
    };
  }
  const fewer = byAxis('scale-axes', wish.scaleAxes) ?? { east: wish.scaleFactor, north: wish.scaleFactor };
  return { width: count(cellsAcross / (fewer.east ?? 1)), height: count(cellsUp / (fewer.north ?? 1)) };
}

function checkConflicts(wish: ScaleWish): void {
  const given = [
    (wish.width !== undefined || wish.height !== undefined) && 'width and height',
    wish.resolution !== undefined && 'resolution',
    wish.scaleFactor !== undefined && 'scale-factor',
    wish.scaleAxes !== undefined && 'scale-axes',
    wish.scaleSize !== undefined && 'scale-size',
  ].filter((name) => name !== false);
  if (given.length > 1)
    throw new AppError('CONFLICTING_PARAMETERS', { detail: `Cannot combine ${given.join(' with ')}: each says how many cells there are` });
}

interface EastNorth {
  readonly east: number | undefined;
  readonly north: number | undefined;
}

function byAxis(name: string, axes: readonly AxisScale[] | undefined): EastNorth | undefined {
  if (axes === undefined) return undefined;
  let [east, north]: readonly (number | undefined)[] = [];
  for (const { axis, value } of axes) {
    const kind = axisNamed(axis)?.kind;
    if (kind === 'time' && value === undefined) continue;
    if (kind === 'east') east = value;
    else if (kind === 'north') north = value;
    else throw cannotParse(name, `${axis}(${value ?? ''})`, `there is no axis ${axis} to scale`);
  }
  return { east, north };
}

function count(cells: number): number {
  return Math.max(1, Math.round(cells));
}
