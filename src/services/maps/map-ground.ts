import type { Rgba } from '../../color/class-color.ts';
import type { RunContext } from '../../db/database.ts';
import type { Ground } from '../../image/ground.ts';
import type { Crs, CrsService } from '../crs/crs-service.ts';
import type { Target } from '../rasters/placement.ts';
import { outsideMask } from './outside-mask.ts';

/** Colours under a map: of what has no data, and of what lies outside the area of the CRS; undefined is transparent. */
export type MapBackground = Pick<Ground, 'data' | 'outside'>;

/** What lies under a map; undefined where that is nothing. Which pixels lie outside is looked at only where the two differ. */
export async function mapGround(
  crsService: CrsService,
  colors: MapBackground,
  { target, crs }: { readonly target: Target; readonly crs: Crs },
  context: RunContext,
): Promise<Ground | undefined> {
  const outsideOf = isSame(colors.data, colors.outside) ? undefined : await outsideMask(crsService, target, crs, context);
  return colors.data === undefined && outsideOf === undefined ? undefined : { ...colors, outsideMask: outsideOf };
}

function isSame(a: Rgba | undefined, b: Rgba | undefined): boolean {
  return a === b || (a !== undefined && b !== undefined && a.every((part, i) => part === b[i]));
}
