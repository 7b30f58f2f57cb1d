import type { Look } from '../../raster/look.ts';
import type { RasterSource, RowSelection } from '../rasters/raster-request.ts';
import type { Drawable } from './drawable.ts';

/** One collection in a map: how it looks and which of its rows are shown. */
export interface MapLayer {
  readonly drawable: Drawable;
  readonly look: Look;
  readonly rows?: RowSelection | undefined;
  /** Sources by name, instead of the collection alone. */
  readonly sources?: readonly RasterSource[] | undefined;
  /** Rings in the map's CRS: what lies outside has no data. */
  readonly clip?: readonly Float64Array[] | undefined;
  /** The look's expressions as the client wrote them, separated by `;`: their names where numbers are told. */
  readonly expressionTexts?: string | undefined;
}
