import { MEDIA } from '../../base/media-type.ts';
import type { Representation, RequestContext } from '../../http/route.ts';
import { drawPreparedMap } from '../../services/maps/draw-prepared-map.ts';
import { mapHeaders } from '../../services/maps/map-headers.ts';
import { rangeHeaders, rangesOfMap } from '../../services/maps/told-ranges.ts';
import type { MapResult } from './map-result.ts';
import type { MapParts } from './map-parts.ts';

const MAPS_1 = 'https://www.opengis.net/spec/ogcapi-maps-1/1.0/conf';
const FORMATS = ['png', 'jpeg', 'webp', 'tiff'] as const;

/** Maps as PNG (default), JPEG, WebP and georeferenced TIFF. */
export function pictureRepresentations(parts: MapParts): readonly Representation<MapResult>[] {
  return FORMATS.map((format) => ({
    f: format,
    mediaType: MEDIA[format],
    ...(format === 'jpeg' ? { aliases: ['jpg'] } : {}),
    ...(format === 'tiff' ? { aliases: ['tif'] } : {}),
    ...(format === 'webp' ? {} : { conformsTo: [`${MAPS_1}/${format}`] }),
    async encode({ prepared, background, orientation, title }: MapResult, context: RequestContext) {
      const drawn = await context.timed('map', () =>
        drawPreparedMap(parts, { ...prepared, background, orientation, format, title }, context),
      );
      const ranges = rangeHeaders(await rangesOfMap(parts, prepared, context));
      return { content: drawn.bytes, headers: { ...mapHeaders(prepared, orientation), ...ranges } };
    },
  }));
}
