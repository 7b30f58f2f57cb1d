import type { Bbox } from '../../base/bbox.ts';
import { WGS84 } from '../../crs/crs-definition.ts';
import type { RunContext } from '../../db/database.ts';
import type { Ground } from '../../image/ground.ts';
import type { PictureFile } from '../../image/picture-file.ts';
import type { Look } from '../../raster/look.ts';
import type { RasterSource, RowSelection } from '../rasters/raster-request.ts';
import type { RasterService } from '../rasters/raster-service.ts';
import type { Target } from '../rasters/placement.ts';
import type { References } from '../rasters/references.ts';
import type { Drawable } from './drawable.ts';
import { encodeLayers, type EncodedLayers } from './encode-layers.ts';
import type { InfoLayer } from './info-layer.ts';

/** One collection in a map: how it looks and which of its rows are shown. */
export interface MapLayer {
  readonly drawable: Drawable;
  readonly look: Look;
  readonly rows?: RowSelection | undefined;
  /** Sources by name, instead of the collection alone. */
  readonly sources?: readonly RasterSource[] | undefined;
  /** Rings in the map's CRS: what lies outside has no data. */
  readonly clip?: readonly Float64Array[] | undefined;
}

/** Collections over one another, the first lowest. */
export interface MapRequest {
  readonly layers: readonly MapLayer[];
  readonly target: Target;
  /** Absent: what nothing covers is transparent. */
  readonly ground?: Ground | undefined;
}

/** A place in some CRS. */
export interface Place {
  readonly srid: number;
  /** In easting-northing order. */
  readonly position: readonly [x: number, y: number];
}

/** A place of a map, and how much is wanted of it. */
export interface InfoRequest extends Place {
  readonly layers: readonly MapLayer[];
  /** At most so many times of each layer, newest first. */
  readonly limit: number;
}

/** Pictures of several collections, and what they say at a place. */
export interface MapService {
  /** A grid over a box in easting-northing order. */
  target(box: { readonly srid: number; readonly bbox: Bbox; readonly width: number; readonly height: number }): Target;
  /** A map as a file. @throws AppError UNSUPPORTED_CRS, and what drawing throws */
  encoded(request: MapRequest, file: PictureFile, context: RunContext): Promise<EncodedLayers>;
  /** The numbers of every band under a place, a layer each in the order of the request. */
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
    info: ({ layers, ...place }, context) => Promise.all(layers.map((layer) => infoOf(rasters, { layer, ...place }, context))),
    async lonLat({ srid, position }, context) {
      const xy = Float64Array.of(...position);
      const { forward } = await references(srid, WGS84.srid, context);
      await forward.run(xy, context);
      const [longitude = Number.NaN, latitude = Number.NaN] = xy;
      return Number.isFinite(longitude) && Number.isFinite(latitude) ? [longitude, latitude] : undefined;
    },
  };
}

async function infoOf(
  rasters: RasterService,
  { layer, srid, position, limit }: Omit<InfoRequest, 'layers'> & { readonly layer: MapLayer },
  context: RunContext,
): Promise<InfoLayer> {
  const { collection } = layer.drawable;
  const { nodata, unscale } = layer.look;
  const found = await rasters.points(
    { collection, srid, points: Float64Array.of(...position), rows: layer.rows, nodata, unscale },
    context,
  );
  const named = found.map(({ time, bands }) => ({
    time,
    values: collection.bands.map(({ name, title, unit }, i) => ({ name, title, unit, value: numberAt(bands[i]) })),
  }));
  const withData = named.filter(({ values }) => values.some(({ value }) => value !== undefined));
  return { id: collection.id, title: collection.title, readings: withData.slice(0, limit) };
}

function numberAt(band: Float64Array | undefined): number | undefined {
  const value = band?.[0];
  return value === undefined || Number.isNaN(value) ? undefined : value;
}
