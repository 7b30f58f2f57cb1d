import type { Rgba } from '../../color/class-color.ts';
import type { RunContext } from '../../db/database.ts';
import type { EncodedPicture } from '../../image/encode.ts';
import type { PictureFormat } from '../../image/picture.ts';
import type { CrsService } from '../crs/crs-service.ts';
import type { ValueCrsOf } from '../crs/value-crs.ts';
import { mapGround, type MapBackground } from './map-ground.ts';
import type { MapService } from './map-service.ts';
import { orient } from './orient.ts';
import type { PreparedMap } from './prepare-map.ts';

/** What a map is drawn with. */
export interface MapTools {
  readonly crs: CrsService;
  readonly maps: MapService;
  readonly valueCrs: ValueCrsOf;
}

/** A prepared map with what lies under it, how it is turned, and the file that it becomes. */
export interface MapDrawing extends PreparedMap {
  readonly background: MapBackground;
  readonly orientation: number | undefined;
  readonly format: PictureFormat | 'tiff';
  readonly title: string;
}

const WHITE: Rgba = [255, 255, 255, 255];

/** Draws a map and encodes it; TIFF is georeferenced. Fails as drawing does. */
export async function drawPreparedMap(tools: MapTools, drawing: MapDrawing, context: RunContext): Promise<EncodedPicture> {
  const { plan, layers, format } = drawing;
  const flat = tools.maps.target({ srid: plan.crs.srid, bbox: plan.bbox, width: plan.width, height: plan.height });
  const target = drawing.orientation === undefined ? flat : orient(flat, drawing.orientation);
  const ground = await mapGround(tools.crs, groundOf(drawing), { target, crs: plan.crs }, context);
  const file = format === 'tiff' ? { grid: target.grid, crs: await tools.valueCrs(plan.crs.srid, context), title: drawing.title } : format;
  return tools.maps.encoded({ layers, target, ground }, file, context);
}

/** JPEG knows no transparency: there what would be transparent is white, or the colour that was given. */
function groundOf({ background: { data, outside }, format }: MapDrawing): MapDrawing['background'] {
  return format === 'jpeg' ? { data: data ?? WHITE, outside: outside ?? data ?? WHITE } : { data, outside };
}
