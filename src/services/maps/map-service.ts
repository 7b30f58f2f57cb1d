import type { Bbox } from '../../base/bbox.ts';
import { WGS84 } from '../../crs/crs-definition.ts';
import type { RunContext } from '../../db/database.ts';
import { composePictures, type Canvas } from '../../image/compose.ts';
import { encodePicture, type EncodedPicture } from '../../image/encode.ts';
import type { Picture, PictureFormat, Rgb } from '../../image/picture.ts';
import type { Look } from '../../raster/look.ts';
import type { PictureRequest, RasterSource, RowSelection } from '../rasters/raster-request.ts';
import type { RasterService } from '../rasters/raster-service.ts';
import type { Target } from '../rasters/placement.ts';
import type { References } from '../rasters/references.ts';
import type { Drawable } from './drawable.ts';
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
  /** Undefined: what nothing covers is transparent. */
  readonly background?: Rgb | undefined;
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
  /** @throws AppError UNSUPPORTED_CRS, and what drawing throws */
  draw(request: MapRequest, context: RunContext): Promise<Picture>;
  /** The same; undefined where nothing of any layer is to be seen. */
  drawSome(request: MapRequest, context: RunContext): Promise<Picture | undefined>;
  /** The same as a file; of one layer without a background drawn and encoded at one go. */
  encoded(request: MapRequest, format: PictureFormat, context: RunContext): Promise<EncodedPicture | undefined>;
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

/** Layers that are drawn at the same time; each reads and warps on its own. */
const AT_ONCE = 4;
/** Pictures beyond this are drawn one after the other. */
const LARGE_PIXELS = 2 ** 20;

/** The service over that of rasters. */
export function createMapService({ rasters, references }: MapParts): MapService {
  const drawSome = async (request: MapRequest, context: RunContext): Promise<Picture | undefined> => {
    const { layers, target } = request;
    const atOnce = target.width * target.height > LARGE_PIXELS ? 1 : AT_ONCE;
    let drawn: Picture | undefined;
    // Each few layers become one picture before the next are drawn: as many pictures as layers would not fit into memory.
    for (let i = 0; i < layers.length; i += atOnce) {
      const some = layers.slice(i, i + atOnce);
      const pictures = await Promise.all(some.map((layer) => rasters.picture(pictureOf(layer, target), context)));
      const present = [drawn, ...pictures].flatMap((picture) => picture ?? []);
      if (present.length > 0) drawn = composePictures(present, { width: target.width, height: target.height, background: undefined });
    }
    return drawn === undefined ? undefined : composePictures([drawn], canvasOf(request));
  };
  return {
    drawSome,
    target: ({ srid, bbox: [west, south, east, north], width, height }) =>
      rasters.target({ srid, bbox: [west, south, east, north], width, height }),
    draw: async (request, context) => (await drawSome(request, context)) ?? composePictures([], canvasOf(request)),
    async encoded(request, format, context) {
      const [only, ...more] = request.layers;
      if (only !== undefined && more.length === 0 && request.background === undefined) {
        return rasters.encoded(pictureOf(only, request.target), format, context);
      }
      const picture = await drawSome(request, context);
      return picture === undefined ? undefined : encodePicture(picture, format);
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

function canvasOf({ target, background }: MapRequest): Canvas {
  return { width: target.width, height: target.height, background };
}

function pictureOf({ drawable, sources, look, rows, clip }: MapLayer, target: Target): PictureRequest {
  return { sources: sources ?? [{ collection: drawable.collection }], target, look, rows, clip };
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
