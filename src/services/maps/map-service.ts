import type { Bbox } from '../../base/bbox.ts';
import { WGS84 } from '../../crs/crs-definition.ts';
import type { RunContext } from '../../db/database.ts';
import type { Ground } from '../../image/ground.ts';
import type { PictureFile } from '../../image/picture-file.ts';
import type { RasterService } from '../rasters/raster-service.ts';
import type { Target } from '../rasters/placement.ts';
import type { References } from '../rasters/references.ts';
import { encodeLayers, type EncodedLayers } from './encode-layers.ts';
import type { InfoLayer } from './info-layer.ts';
import type { MapLayer } from './map-layer.ts';
import { readInfo, type InfoRequest, type Place } from './read-info.ts';

/** Collections over one another, the first lowest. */
export interface MapRequest {
  readonly layers: readonly MapLayer[];
  readonly target: Target;
  /** Absent: what nothing covers is transparent. */
  readonly ground?: Ground | undefined;
}

/** Pictures of several collections, and what they say at a place. */
export interface MapService {
  /** A grid over a box in easting-northing order. */
  target(box: { readonly srid: number; readonly bbox: Bbox; readonly width: number; readonly height: number }): Target;
  /** A map as a file. @throws AppError UNSUPPORTED_CRS, and what drawing throws */
  encoded(request: MapRequest, file: PictureFile, context: RunContext): Promise<EncodedLayers>;
  /** The numbers that are shown, of all bands unless the look chooses, under a place, a layer each in the order of the request. */
  info(request: InfoRequest, context: RunContext): Promise<readonly InfoLayer[]>;
  /** A place on the globe; undefined where its CRS does not reach. @throws AppError UNSUPPORTED_CRS */
  lonLat(place: Place, context: RunContext): Promise<readonly [longitude: number, latitude: number] | undefined>;
}

/** What the service works with. */
export interface MapParts {
  readonly rasters: RasterService;
  readonly references: References;
}

/** The service over that of rasters. */
export function createMapService({ rasters, references }: MapParts): MapService {
  return {
    target: ({ srid, bbox: [west, south, east, north], width, height }) =>
      rasters.target({ srid, bbox: [west, south, east, north], width, height }),
    encoded({ layers, target, ground }, file, context) {
      const shown = layers.map(({ drawable, sources, look, rows, clip }) => ({
        sources: sources ?? [{ collection: drawable.collection }],
        look,
        rows,
        clip,
      }));
      return encodeLayers(rasters, { layers: shown, target, ground, file }, context);
    },
    info: ({ layers, ...place }, context) => Promise.all(layers.map((layer) => readInfo(rasters, { layer, ...place }, context))),
    async lonLat({ srid, position }, context) {
      const xy = Float64Array.of(...position);
      const { forward } = await references(srid, WGS84.srid, context);
      await forward.run(xy, context);
      const [longitude = Number.NaN, latitude = Number.NaN] = xy;
      return Number.isFinite(longitude) && Number.isFinite(latitude) ? [longitude, latitude] : undefined;
    },
  };
}
