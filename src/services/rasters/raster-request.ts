import type { Interval } from '../../base/interval.ts';
import type { Sql } from '../../base/sql.ts';
import type { RasterCollection, RasterLevel } from '../../catalog/collection.ts';
import type { Ground } from '../../image/ground.ts';
import type { Grid } from '../../raster/grid.ts';
import type { Plane } from '../../raster/image.ts';
import type { Look } from '../../raster/look.ts';
import type { PixelSelection } from '../../raster/pixel-selection.ts';
import type { Resampling } from '../../raster/resampling.ts';
import type { Box, Target } from './placement.ts';

/** Which rows of the base table make the coverage, and what they make where they overlap. */
export interface RowSelection {
  /** Rows whose time shares an instant with it. Ignored where the collection has no time. */
  readonly datetime?: Interval | undefined;
  /** Of the rows so chosen, those of the latest instant only. */
  readonly latest?: boolean | undefined;
  /** Columns of the base table and the text that they must equal. */
  readonly equals?: readonly { readonly property: string; readonly value: string }[] | undefined;
  /** Ids of single rows. */
  readonly rows?: readonly string[] | undefined;
  /** A further condition on the columns of the base table, made by a filter language. */
  readonly filter?: Sql | undefined;
  readonly selection?: PixelSelection | undefined;
}

/** Numbers of one collection on a grid. */
export interface ValuesRequest {
  readonly collection: RasterCollection;
  readonly target: Target;
  /** 0-based, in any order, repeatable. */
  readonly bands: readonly number[];
  /** Absent: bilinear when enlarging and exact area average when reducing, without a step between the two. */
  readonly resampling?: Resampling | undefined;
  readonly rows?: RowSelection | undefined;
  /** Takes the place of the bands' own nodata values. */
  readonly nodata?: number | undefined;
  readonly unscale?: boolean | undefined;
  /** Pixels around the target that are wanted too; the result is larger by twice as much. */
  readonly rim?: number | undefined;
  /** Rings in the target's CRS: what lies outside by the even-odd rule has no data. */
  readonly clip?: readonly Float64Array[] | undefined;
}

/** Numbers on a grid, row by row from the top, NaN where there is no data. */
export interface Values {
  readonly srid: number;
  readonly grid: Grid;
  readonly width: number;
  readonly height: number;
  readonly bands: readonly Plane[];
  /** The pyramid level that was read. */
  readonly level: RasterLevel;
}

/** A collection in a picture: alone without a name, or one of several by a name that formulas use. */
export interface RasterSource {
  readonly collection: RasterCollection;
  readonly name?: string | undefined;
  /** 0-based; the first where a named source does not say. */
  readonly band?: number | undefined;
}

/**
 * What to draw and how. One source without a name offers its bands as `b1` … `bn`; named sources offer one band each
 * under their name, and without expressions are the output bands in their order.
 */
export interface PictureRequest {
  readonly sources: readonly RasterSource[];
  readonly target: Target;
  readonly look: Look;
  readonly rows?: RowSelection | undefined;
  /** Rings (x, y, x, y …) in the target's CRS: what lies outside by the even-odd rule has no data. */
  readonly clip?: readonly Float64Array[] | undefined;
  /** What lies under the picture; absent: nothing. */
  readonly ground?: Ground | undefined;
}

/** A picture wherever it is drawn. */
export type ColoringRequest = Omit<PictureRequest, 'target' | 'clip' | 'ground'>;

/** What a look makes of values before it gives them colours: numbers, or red, green and blue of 0–255. */
export interface Computed {
  readonly values: Values;
  readonly kind: 'values' | 'rgb';
}

/** A part of a collection on its own grid. */
export interface NativeOptions {
  /** West, south, east, north in the collection's CRS, grown to whole cells; absent: everything. */
  readonly bounds?: Box | undefined;
  /** Cells of a pyramid level (a factor of the base table's) instead of the base table's. */
  readonly factor?: number | undefined;
  /** Columns of the result: the cells grow. With one of the two the other follows. */
  readonly width?: number | undefined;
  readonly height?: number | undefined;
  /** Longer side at most. */
  readonly maxSize?: number | undefined;
}

/** A target in any CRS. */
export interface BoxTarget {
  readonly srid: number;
  /** West, south, east, north in easting-northing order. */
  readonly bbox: Box;
  readonly width: number;
  readonly height: number;
}

/** Native cells, piece by piece. */
export interface WindowsRequest {
  readonly collection: RasterCollection;
  /** The grid to cut: what `nativeTarget` gave without `width`, `height` and `maxSize`. */
  readonly target: Target;
  readonly bands: readonly number[];
  readonly rows?: RowSelection | undefined;
  readonly nodata?: number | undefined;
  readonly unscale?: boolean | undefined;
  /** Rings in the target's CRS: what lies outside by the even-odd rule has no data. */
  readonly clip?: readonly Float64Array[] | undefined;
  /** Size of the pieces, smaller at the right and lower edge; absent: what suits the blocks. */
  readonly windowWidth?: number | undefined;
  readonly windowHeight?: number | undefined;
}

/** A piece of a target: where it begins, and its numbers; `undefined` bands: no row lies there. */
export interface WindowValues {
  readonly column: number;
  readonly row: number;
  readonly width: number;
  readonly height: number;
  readonly grid: Grid;
  readonly bands: readonly Plane[] | undefined;
}

/** Positions to look up. */
export interface PointsRequest {
  readonly collection: RasterCollection;
  readonly srid: number;
  /** x, y, x, y … in easting-northing order. */
  readonly points: Float64Array;
  /** Absent: all. */
  readonly bands?: readonly number[] | undefined;
  readonly rows?: RowSelection | undefined;
  readonly nodata?: number | undefined;
  readonly unscale?: boolean | undefined;
  /** Absent: the value of the cell that holds the point. */
  readonly interpolation?: 'nearest' | 'bilinear' | undefined;
}

/** Numbers under points: `bands[band][point]`, NaN without data. */
export interface PointValues {
  /** RFC 3339 in UTC where the collection's rows have a time, newest first; undefined for the one entry of others. */
  readonly time: string | undefined;
  readonly bands: readonly Float64Array[];
}
