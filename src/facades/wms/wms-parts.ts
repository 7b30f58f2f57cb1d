import type { DrawableService } from '../../services/maps/drawable-service.ts';
import type { MapService } from '../../services/maps/map-service.ts';

/** What the service shows: whatever can be drawn, and who draws it. */
export interface WmsParts {
  readonly drawables: DrawableService;
  readonly maps: MapService;
}
