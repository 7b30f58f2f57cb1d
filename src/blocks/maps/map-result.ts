import type { Background } from '../../http/params/raster/background-parameters.ts';
import type { PreparedMap } from '../../services/maps/prepare-map.ts';

/** What is to be drawn; the format decides how, so that drawing and encoding are one step. */
export interface MapResult {
  readonly title: string;
  readonly prepared: PreparedMap;
  readonly background: Background;
  readonly orientation: number | undefined;
  readonly collectionId: string | undefined;
}
