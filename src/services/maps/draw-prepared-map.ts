import type { Rgba } from '../../color/class-color.ts';
import type { RunContext } from '../../db/database.ts';
import type { EncodedPicture } from '../../image/encode.ts';
import type { Ground } from '../../image/ground.ts';
import type { PictureFormat } from '../../image/picture.ts';
import type { CrsService } from '../crs/crs-service.ts';
import type { ValueCrsOf } from '../crs/value-crs.ts';
import type { MapService } from './map-service.ts';
import { orient } from './orient.ts';
import { outsideMask } from './outside-mask.ts';
import type { PreparedMap } from './prepare-map.ts';

/** What a map is drawn with. */
export interface MapTools {
  readonly crs: CrsService;
  readonly maps: MapService;
  readonly valueCrs: ValueCrsOf;
}

/** A prepared map with what lies under it, how it is turned, and the file that it becomes. */
export interface MapDrawing extends PreparedMap {
  readonly background: Pick<Ground, 'data' | 'outside'>;
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
  const colors = groundOf(drawing);
  const isUniform = same(colors.data, colors.outside);
  const outsideOf = isUniform ? undefined : await outsideMask(tools.crs, target, plan.crs, context);
  const ground = colors.data === undefined && outsideOf === undefined ? undefined : { ...colors, outsideMask: outsideOf };
  const file = format === 'tiff' ? { grid: target.grid, crs: await tools.valueCrs(plan.crs.srid, context), title: drawing.title } : format;
  return tools.maps.encoded({ layers, target, ground }, file, context);
}

/** JPEG knows no transparency: there what would be transparent is white, or the colour that was given. */
function groundOf({ background: { data, outside }, format }: MapDrawing): MapDrawing['background'] {
  return format === 'jpeg' ? { data: data ?? WHITE, outside: outside ?? data ?? WHITE } : { data, outside };
}

function same(a: Rgba | undefined, b: Rgba | undefined): boolean {
  return a === b || (a !== undefined && b !== undefined && a.every((part, i) => part === b[i]));
}
