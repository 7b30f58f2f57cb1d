import type { RunContext } from '../../db/database.ts';
import { blankPicture, type EncodedPicture } from '../../image/encode.ts';
import type { Ground } from '../../image/ground.ts';
import type { Picture } from '../../image/picture.ts';
import type { PictureFile } from '../../image/picture-file.ts';
import type { Target } from '../rasters/placement.ts';
import type { PictureRequest } from '../rasters/raster-request.ts';
import type { RasterService } from '../rasters/raster-service.ts';

/** Pictures of one target over one another, and the file that they become. */
export interface LayeredFile {
  /** The first lowest. */
  readonly layers: readonly Omit<PictureRequest, 'target' | 'ground'>[];
  readonly target: Target;
  /** Absent: what nothing covers is transparent. */
  readonly ground?: Ground | undefined;
  readonly file: PictureFile;
}

/** A file; blank when nothing of any layer is to be seen. */
export interface EncodedLayers extends EncodedPicture {
  readonly isBlank: boolean;
}

/** Layers that are drawn at the same time; each reads and warps on its own. */
const AT_ONCE = 4;
/** Pictures beyond this are drawn one after the other. */
const LARGE_PIXELS = 2 ** 20;

/** Draws layers and encodes them as one picture: one layer in one step, which may be done in another thread. Fails as drawing does. */
export async function encodeLayers(rasters: RasterService, layered: LayeredFile, context: RunContext): Promise<EncodedLayers> {
  const { layers, target, ground, file } = layered;
  const { width, height } = target;
  const [only, ...more] = layers;
  if (only !== undefined && more.length === 0) {
    const encoded = await rasters.encoded({ ...only, target, ground }, file, context);
    if (encoded !== undefined) return { ...encoded, isBlank: false };
  }
  const pictures = more.length === 0 ? [] : await drawLayers(rasters, layered, context);
  const isBlank = pictures.length === 0;
  if (isBlank && ground === undefined && typeof file === 'string') return { ...(await blankPicture(width, height, file)), isBlank };
  return { ...(await rasters.composedFile({ pictures, canvas: { width, height, ground } }, file, context)), isBlank };
}

/** Each few layers become one picture before the next are drawn: as many pictures as layers would not fit into memory. */
async function drawLayers(rasters: RasterService, { layers, target }: LayeredFile, context: RunContext): Promise<readonly Picture[]> {
  const { width, height } = target;
  const atOnce = width * height > LARGE_PIXELS ? 1 : AT_ONCE;
  let drawn: readonly Picture[] = [];
  for (let i = 0; i < layers.length; i += atOnce) {
    const some = layers.slice(i, i + atOnce);
    const below = drawn.length < 2 ? drawn : [await rasters.composed({ pictures: drawn, canvas: { width, height } }, context)];
    const pictures = await Promise.all(some.map((layer) => rasters.picture({ ...layer, target }, context)));
    drawn = [...below, ...pictures.flatMap((picture) => picture ?? [])];
  }
  return drawn;
}
