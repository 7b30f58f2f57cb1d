import { layGround } from '../image/ground.ts';
import type { Picture } from '../image/picture.ts';
import type { Allocate } from '../raster/image.ts';
import { computePlanes } from './compute-planes.ts';
import { paint } from './paint.ts';
import type { JobColors, RenderJob } from './render-job.ts';

/** The picture of a job with colours; undefined when nothing is to be seen. Its memory is its own. */
export function renderPicture(job: RenderJob, colors: JobColors, allocate: Allocate): Picture | undefined {
  const found = computePlanes(job, allocate);
  if (found === undefined) return undefined;
  const { width, height, planes, cover } = found;
  const shown = planes.length === 2 ? planes.slice(0, 1) : planes;
  const picture = paint({ planes: shown, cover, width, height, rim: colors.rim }, colors.coloring);
  return picture === undefined || colors.ground === undefined ? picture : layGround(picture, colors.ground);
}
