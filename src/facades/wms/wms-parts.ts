import type { Contact } from '../../base/contact.ts';
import type { ClipService } from '../../services/clips/clip-service.ts';
import type { CrsService } from '../../services/crs/crs-service.ts';
import type { ValueCrsOf } from '../../services/crs/value-crs.ts';
import type { LegendService } from '../../services/legends/legend-service.ts';
import type { DimensionService } from '../../services/maps/dimension-service.ts';
import type { DrawableService } from '../../services/maps/drawable-service.ts';
import type { MapService } from '../../services/maps/map-service.ts';
import type { RasterService } from '../../services/rasters/raster-service.ts';

/** What the service shows: whatever can be drawn, who draws it, by what it is cut, and who tells what its colours mean. */
export interface WmsParts {
  readonly contact: Contact;
  readonly drawables: DrawableService;
  readonly dimensions: DimensionService;
  readonly maps: MapService;
  readonly rasters: Pick<RasterService, 'limits'>;
  readonly crs: CrsService;
  readonly clips: ClipService;
  readonly legends: LegendService;
  /** A CRS as georeferenced files say it. */
  readonly valueCrs: ValueCrsOf;
}
