import { AppError } from '../../base/error.ts';
import { MEDIA } from '../../base/media-type.ts';
import type { Representation, RequestContext } from '../../http/route.ts';
import { encodePicture } from '../../image/encode.ts';
import type { CoverageReading } from '../../services/coverages/read-coverage.ts';
import { writeCoverage } from '../../services/coverages/write-coverage.ts';
import type { FeatureParts } from './feature-parts.ts';
import type { ItemResult } from './item-result.ts';

/** Longer side of the picture of a row, in pixels. */
const PICTURE_PX = 1024;

/** A row of a table of rasters as a file of its numbers or as a picture. */
export function rowFiles(parts: FeatureParts): readonly Representation<ItemResult>[] {
  const numbers = (f: 'geotiff' | 'asc', aliases: readonly string[]): Representation<ItemResult> => ({
    f,
    mediaType: MEDIA[f],
    aliases,
    encode: async (result, context) => writeCoverage(parts, await readingOf(parts, result, context), f, context),
  });
  return [
    numbers('geotiff', ['tiff', 'tif', MEDIA.tiff]),
    {
      f: 'png',
      mediaType: MEDIA.png,
      async encode(result, context) {
        const { collection, plan } = await readingOf(parts, result, context);
        const { srid, width, height } = plan.target;
        const shrink = Math.min(1, PICTURE_PX / Math.max(width, height));
        const pixels = (side: number): number => Math.max(1, Math.round(side * shrink));
        const target = parts.rasters.target({ srid, bbox: plan.bbox, width: pixels(width), height: pixels(height) });
        const picture = await parts.rasters.picture({ sources: [{ collection }], target, look: {}, rows: plan.rows }, context);
        if (picture === undefined) throw new AppError('NOT_FOUND', { detail: 'Nothing of the row is to be seen' });
        return { content: (await encodePicture(picture, 'png')).bytes };
      },
    },
    numbers('asc', []),
  ];
}

/** True for the media types that only rows of rasters have. */
export function isRowFile(mediaType: string | undefined): boolean {
  return mediaType === MEDIA.geotiff || mediaType === MEDIA.png || mediaType === MEDIA.asc;
}

function readingOf(parts: FeatureParts, { collection, featureId }: ItemResult, context: RequestContext): Promise<CoverageReading> {
  if (collection.kind === 'raster') return parts.rasterRows.reading(collection, featureId, context);
  throw new AppError('INVALID_PARAMETER', { detail: `Cannot answer as ${context.f}: "${collection.id}" holds features, not rasters` });
}
