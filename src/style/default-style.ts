import type { Bbox } from '../base/bbox.ts';
import { never } from '../base/never.ts';
import type { StyleDocument } from '../model/tiles.ts';
import { collectionColor } from './palette.ts';

/** One tileset of one collection in WebMercatorQuad, as a style needs to know it. */
export interface StyledTileset {
  readonly collectionId: string;
  readonly kind: 'vector' | 'raster';
  /** OGC name in upper case; absent for rasters. */
  readonly geometryType: string | undefined;
  /** URL templates with `{z}`, `{x}` and `{y}`. */
  readonly tiles: readonly string[];
  readonly bounds: Bbox | undefined;
  readonly minzoom: number;
  readonly maxzoom: number;
  readonly attribution: string | undefined;
}

/** Options of a style. */
export interface StyleOptions {
  readonly name: string;
  /** A pale ground under everything; without it the style can lie on another map. */
  readonly background: boolean;
}

type StyleLayer = StyleDocument['layers'][number];
type StyleSource = StyleDocument['sources'][string];
type Expression = readonly (string | number | boolean | readonly string[] | Expression)[];
type Shape = 'polygon' | 'line' | 'point';

const SHAPES: Readonly<Record<string, Shape>> = {
  POINT: 'point',
  MULTIPOINT: 'point',
  LINESTRING: 'line',
  MULTILINESTRING: 'line',
  CIRCULARSTRING: 'line',
  COMPOUNDCURVE: 'line',
  MULTICURVE: 'line',
  POLYGON: 'polygon',
  MULTIPOLYGON: 'polygon',
  CURVEPOLYGON: 'polygon',
  MULTISURFACE: 'polygon',
  POLYHEDRALSURFACE: 'polygon',
  TIN: 'polygon',
  TRIANGLE: 'polygon',
};

/** Bottom to top: pictures, areas, lines, points. */
const DRAWING_ORDER: readonly string[] = ['background', 'raster', 'fill', 'line', 'circle'];

/**
 * The style of one or many tilesets: a colour for each collection, pictures lowest and points highest.
 * Sources are named by collection id, layers `{collection}/{fill|line|circle|raster}`; there are no labels (they would need glyphs).
 */
export function defaultStyle(tilesets: readonly StyledTileset[], options: StyleOptions): StyleDocument {
  const layers = tilesets.flatMap(tilesetLayers);
  const ground: readonly StyleLayer[] = options.background
    ? [{ id: 'background', type: 'background', paint: { 'background-color': '#f4f2ec' } }]
    : [];
  const rank = (layer: StyleLayer): number => DRAWING_ORDER.indexOf(layer.type);
  return {
    version: 8,
    name: options.name,
    ...beginning(tilesets),
    sources: Object.fromEntries(tilesets.map((tileset) => [tileset.collectionId, source(tileset)])),
    layers: [...ground, ...layers].toSorted((a, b) => rank(a) - rank(b)),
  };
}

function source(tileset: StyledTileset): StyleSource {
  const { bounds, attribution } = tileset;
  return {
    type: tileset.kind,
    tiles: tileset.tiles,
    ...(bounds !== undefined && bounds[0] <= bounds[2] ? { bounds: [...bounds] } : {}),
    minzoom: tileset.minzoom,
    maxzoom: tileset.maxzoom,
    ...(tileset.kind === 'raster' ? { tileSize: 256 } : {}),
    ...(attribution === undefined ? {} : { attribution }),
  };
}

function tilesetLayers(tileset: StyledTileset): readonly StyleLayer[] {
  const { collectionId, kind } = tileset;
  switch (kind) {
    case 'raster':
      return [
        {
          id: `${collectionId}/raster`,
          type: 'raster',
          source: collectionId,
          metadata: { 'graticule:collection': collectionId },
          paint: { 'raster-opacity': 1, 'raster-fade-duration': 100 },
        },
      ];
    case 'vector': {
      const shape = SHAPES[tileset.geometryType ?? ''];
      if (shape !== undefined) return shapeLayers(collectionId, shape, undefined);
      return (['polygon', 'line', 'point'] as const).flatMap((each) => shapeLayers(collectionId, each, onlyShape(each)));
    }
    default:
      return never(kind);
  }
}

function shapeLayers(collectionId: string, shape: Shape, filter: Expression | undefined): readonly StyleLayer[] {
  const color = collectionColor(collectionId);
  const layer = (type: 'fill' | 'line' | 'circle', part: string, paint: Readonly<Record<string, unknown>>): StyleLayer => ({
    id: `${collectionId}/${part}`,
    type,
    source: collectionId,
    'source-layer': collectionId,
    ...(filter === undefined ? {} : { filter }),
    metadata: { 'graticule:collection': collectionId },
    ...(type === 'line' ? { layout: { 'line-join': 'round', 'line-cap': 'round' } } : {}),
    paint,
  });
  switch (shape) {
    case 'polygon':
      return [
        layer('fill', 'fill', { 'fill-color': color, 'fill-opacity': 0.28 }),
        layer('line', 'outline', { 'line-color': color, 'line-opacity': 0.9, 'line-width': byZoom(0.5, 1.6) }),
      ];
    case 'line':
      return [layer('line', 'line', { 'line-color': color, 'line-width': byZoom(0.8, 3) })];
    case 'point':
      return [
        layer('circle', 'circle', {
          'circle-color': color,
          'circle-radius': byZoom(1.6, 6),
          'circle-opacity': 0.85,
          'circle-stroke-color': '#ffffff',
          'circle-stroke-width': byZoom(0, 1.2),
        }),
      ];
    default:
      return never(shape);
  }
}

/** `match` with a list as label: QGIS reads a bare label as an empty list and then draws nothing. */
function onlyShape(shape: Shape): Expression {
  const name = { polygon: 'Polygon', line: 'LineString', point: 'Point' }[shape];
  return ['match', ['geometry-type'], [name, `Multi${name}`], true, false];
}

function byZoom(atZoom2: number, atZoom14: number): Expression {
  return ['interpolate', ['linear'], ['zoom'], 2, atZoom2, 14, atZoom14];
}

/** Centre and zoom at which all bounds fit into about 512 pixels. */
function beginning(tilesets: readonly StyledTileset[]): Pick<StyleDocument, 'center' | 'zoom'> {
  const known = tilesets.flatMap((tileset) => (tileset.bounds === undefined ? [] : [tileset.bounds]));
  if (known.length === 0) return {};
  const crossing = known.some((bounds) => bounds[0] > bounds[2]);
  const west = crossing ? -180 : Math.min(...known.map((bounds) => bounds[0]));
  const east = crossing ? 180 : Math.max(...known.map((bounds) => bounds[2]));
  const south = Math.max(-85, Math.min(...known.map((bounds) => bounds[1])));
  const north = Math.min(85, Math.max(...known.map((bounds) => bounds[3])));
  const span = Math.max(east - west, 2 * (north - south), 0.001);
  const zoom = Math.min(16, Math.max(0, Math.log2(360 / span)));
  return { center: [round((west + east) / 2), round((south + north) / 2)], zoom: round(zoom) };
}

function round(value: number): number {
  return Math.round(value * 1e4) / 1e4;
}
