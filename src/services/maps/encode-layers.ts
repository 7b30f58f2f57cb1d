import type { RunContext } from '../../db/database.ts';
import { blankPicture, type EncodedPicture } from '../../image/encode.ts';
import type { Ground } from '../../image/ground.ts';
import type { PictureFile } from '../../image/picture-file.ts';
import type { Target } from '../rasters/placement.ts';
import type { RasterService } from '../rasters/raster-service.ts';
import { drawLayers, placeLayers, type Layer } from './draw-layers.ts';

/** Pictures of one target over one another, and the file that they become. */
export interface LayeredFile {
  /** The first lowest. */
  readonly layers: readonly Layer[];
  readonly target: Target;
  /** Absent: what nothing covers is transparent. */
  readonly ground?: Ground | undefined;
  readonly file: PictureFile;
}

/** A file; blank when nothing of any layer is to be seen. */
export interface EncodedLayers extends EncodedPicture {
  readonly isBlank: boolean;
}

/** Draws layers and encodes them as one picture: one layer in one step, which may be done in another thread. Fails as drawing does. */
export async function encodeLayers(rasters: RasterService, layered: LayeredFile, context: RunContext): Promise<EncodedLayers> {
  const { target, ground, file } = layered;
  const { width, height } = target;
  const isAlone = layered.layers.length === 1;
  const placed = isAlone ? [] : await placeLayers(rasters, layered.layers, target, context);
  const [only, ...more] = isAlone ? layered.layers : placed.map(({ layer }) => layer);
  if (only !== undefined && more.length === 0) {
    const encoded = await rasters.encoded({ ...only, target, ground }, file, context);
    if (encoded !== undefined) return { ...encoded, isBlank: false };
  }
  const pictures = more.length === 0 ? [] : await drawLayers(rasters, placed, target, context);
  const isBlank = pictures.length === 0;
  if (isBlank && ground === undefined && typeof file === 'string') return { ...(await blankPicture(width, height, file)), isBlank };
  return { ...(await rasters.composedFile({ pictures, canvas: { width, height, ground } }, file, context)), isBlank };
}
