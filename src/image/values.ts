import type { CrsDefinition } from '../crs/crs-definition.ts';
import type { Grid, PixelWindow } from '../raster/grid.ts';
import type { Plane } from '../raster/image.ts';
import type { PixelTypeName } from '../raster/wkb.ts';

/** What a file says of one band. */
export interface ValueBand {
  readonly name: string;
  readonly description?: string | undefined;
  readonly unit?: string | undefined;
  /** Where the band lies along axes besides those of space, such as time (RFC 3339); absent or empty where a file has none. */
  readonly place?: readonly { readonly axis: string; readonly value: number | string }[] | undefined;
  readonly pixelType: PixelTypeName;
  readonly nodata?: number | undefined;
  /** The true value is stored · scale + offset. */
  readonly scale?: number | undefined;
  readonly offset?: number | undefined;
  /** What the band is taken for by viewers; red, green and blue first make a picture of it. */
  readonly color?: 'gray' | 'red' | 'green' | 'blue' | 'alpha' | undefined;
}

/** What a file says of its coordinates; positions are in traditional order (x east or longitude). */
export interface ValueCrs extends CrsDefinition {
  /** The EPSG code, only where the definition is EPSG's own (`auth_name` of spatial_ref_sys). */
  readonly epsg?: number | undefined;
  /** WKT 1 (`srtext`), for a CRS that has no code. */
  readonly wkt?: string | undefined;
}

/** A rectangle of pixels before its numbers are known. */
export interface ValueFacts {
  readonly width: number;
  readonly height: number;
  readonly grid: Grid;
  /** Undefined where the coordinates mean nothing known (SRID 0). */
  readonly crs: ValueCrs | undefined;
  readonly bands: readonly ValueBand[];
  readonly title?: string | undefined;
}

/** A rectangle of pixels with its numbers: one plane a band, rows from row 0, NaN where there is no data. */
export interface ValueImage extends ValueFacts {
  readonly planes: readonly Plane[];
}

/** A part of an image, with planes of its own size. */
export interface ValueWindow {
  readonly window: PixelWindow;
  readonly planes: readonly Plane[];
}
