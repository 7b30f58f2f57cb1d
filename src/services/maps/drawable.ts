import type { Extent, RasterCollection } from '../../catalog/collection.ts';
import type { TimeAxis } from './time-axis.ts';

/** A collection that can be drawn, with what its data say of it: what the classic services call a layer. */
export interface Drawable {
  readonly collection: RasterCollection;
  readonly extent: Extent;
  /** Undefined where the rows have no time. */
  readonly times: TimeAxis | undefined;
}

/** Everything that can be drawn at a moment. The same object as long as nothing of it has changed. */
export interface DrawableList {
  /** Grows with every change: a number of milliseconds since 1970 or later. */
  readonly sequence: number;
  readonly drawables: readonly Drawable[];
}
