import type { RasterCollection } from '../../catalog/collection.ts';
import type { RunContext } from '../../db/database.ts';
import type { Look } from '../../raster/look.ts';
import { clipPlanes } from '../../render/clip.ts';
import { computePoints } from '../raster-statistics/compute-points.ts';
import { outputNames } from '../raster-statistics/output-names.ts';
import type { RasterService } from '../rasters/raster-service.ts';
import type { BandReading, InfoLayer } from './info-layer.ts';
import type { MapLayer } from './map-layer.ts';

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

/** A layer and where it is looked at. */
export interface LayerQuestion extends Omit<InfoRequest, 'layers'> {
  readonly layer: MapLayer;
}

/** What a layer says at a place: its bands, or those that the look shows, or its expressions; nothing where it is cut away. */
export async function readInfo(
  rasters: RasterService,
  { layer, srid, position, limit }: LayerQuestion,
  context: RunContext,
): Promise<InfoLayer> {
  const { collection } = layer.drawable;
  const { id, title } = collection;
  if (layer.clip !== undefined && !isWithin(layer.clip, position)) return { id, title, readings: [] };
  const { bands, expressions, nodata, unscale } = layer.look;
  const points = Float64Array.of(...position);
  const found = await computePoints(rasters, { collection, srid, points, rows: layer.rows, bands, expressions, nodata, unscale }, context);
  const outputs = outputsOf(collection, layer.look, layer.expressionTexts);
  const named = found.map((entry) => ({
    time: entry.time,
    values: outputs.map((output, i) => ({ ...output, value: numberAt(entry.bands[i]) })),
  }));
  const withData = named.filter(({ values }) => values.some(({ value }) => value !== undefined));
  return { id, title, readings: withData.slice(0, limit) };
}

function outputsOf(collection: RasterCollection, look: Look, texts: string | undefined): readonly Omit<BandReading, 'value'>[] {
  const names = outputNames(collection, look, texts);
  if (look.expressions !== undefined) return names.map((name) => ({ name, title: undefined, unit: undefined }));
  return (look.bands ?? collection.bands.map((_, n) => n)).map((n, i) => {
    const band = collection.bands[n];
    return { name: names[i] ?? '', title: band?.title, unit: band?.unit };
  });
}

/** The same rule as for pixels: of one whose centre is the position. */
function isWithin(rings: readonly Float64Array[], [x, y]: readonly [number, number]): boolean {
  const plane = Float32Array.of(1);
  const grid = { originX: x - 0.5, originY: y + 0.5, scaleX: 1, scaleY: -1, skewX: 0, skewY: 0 };
  clipPlanes([plane], { grid, width: 1, height: 1 }, rings);
  return plane[0] === 1;
}

function numberAt(band: Float64Array | undefined): number | undefined {
  const value = band?.[0];
  return value === undefined || Number.isNaN(value) ? undefined : value;
}
