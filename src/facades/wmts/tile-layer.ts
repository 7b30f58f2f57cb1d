import { MEDIA } from '../../base/media-type.ts';
import { element, type Element } from '../../markup/element.ts';
import type { TileMatrixLimits } from '../../model/tiles.ts';
import type { Drawable } from '../../services/maps/drawable.ts';
import { INFO_FORMATS } from '../../services/maps/info-documents.ts';
import { layerBoxes } from '../../services/maps/layer-boxes.ts';
import { ALL_TIMES } from '../../services/maps/named-time.ts';
import type { NamedAxis } from '../../services/maps/named-axes.ts';
import { DEFAULT_STYLE, offeredStyles, type PictureStyle } from '../../services/maps/picture-styles.ts';
import { coveredBoxes, type LinkedSet } from './covered-boxes.ts';
import { layerAxes } from './layer-axes.ts';
import { offeredFormats } from './tile-format.ts';

/** A layer with the sets by which it is cut, and where in them it has data; undefined limits: anywhere. */
export interface TileLayer {
  readonly drawable: Drawable;
  readonly links: readonly LinkedSet[];
}

/** Addresses of the resources of a layer, with variables in braces. */
export interface TileTemplates {
  /** Only what no client can do without is said of each layer. */
  readonly isLong: boolean;
  /** Ends in `{TileRow}/{TileFile}`. */
  tileTemplate(layer: string, hasTime: boolean): string;
  /** Ends in `{J}/{InfoFile}`. */
  infoTemplate(layer: string, hasTime: boolean): string;
  /** A picture of what the colours of the default style mean. */
  legendUrl(layer: string): string;
}

/** The description of a layer (OGC 07-057r7 §7.1.1.1, tables 4 to 10). */
export function layerElement({ drawable, links }: TileLayer, templates: TileTemplates): Element {
  const { collection, times } = drawable;
  const [west, south, east, north] = layerBoxes(drawable).geographic;
  const formats = offeredFormats(collection);
  const axes = layerAxes(drawable);
  const query = axes.length === 0 ? '' : `?${axes.map(({ name }) => `${name}={${name}}`).join('&')}`;
  const tile = templates.tileTemplate(collection.id, times !== undefined);
  const info = templates.infoTemplate(collection.id, times !== undefined);
  return element(
    'Layer',
    {},
    element('ows:Title', {}, collection.title),
    element('ows:Abstract', {}, collection.description ?? `Raster with ${collection.bands.length} bands`),
    collection.keywords.length > 0 &&
      element(
        'ows:Keywords',
        {},
        collection.keywords.map((keyword) => element('ows:Keyword', {}, keyword)),
      ),
    element(
      'ows:WGS84BoundingBox',
      {},
      element('ows:LowerCorner', {}, `${west} ${south}`),
      element('ows:UpperCorner', {}, `${east} ${north}`),
    ),
    element('ows:Identifier', {}, collection.id),
    coveredBoxes(links),
    styleElement(DEFAULT_STYLE, element('LegendURL', { format: MEDIA.png, 'xlink:href': templates.legendUrl(collection.id) })),
    !templates.isLong && offeredStyles(collection).map((style) => styleElement(style)),
    formats.map(({ mediaType }) => element('Format', {}, mediaType)),
    INFO_FORMATS.map(({ mediaType }) => element('InfoFormat', {}, mediaType)),
    timeElement(drawable),
    axes.map((axis) => axisElement(axis)),
    links.map(({ tms, limits }) => element('TileMatrixSetLink', {}, element('TileMatrixSet', {}, tms.id), limitsElement(limits))),
    formats.map(({ mediaType, extension }) =>
      element('ResourceURL', {
        format: mediaType,
        resourceType: 'tile',
        template: `${tile.replace('{TileFile}', `{TileCol}.${extension}`)}${query}`,
      }),
    ),
    (templates.isLong ? INFO_FORMATS.slice(0, 1) : INFO_FORMATS).map(({ mediaType, extension }) =>
      element('ResourceURL', {
        format: mediaType,
        resourceType: 'FeatureInfo',
        template: `${info.replace('{InfoFile}', `{I}.${extension}`)}${query}`,
      }),
    ),
  );
}

function styleElement({ name, title }: PictureStyle, legend?: Element): Element {
  const isDefault = String(name === DEFAULT_STYLE.name);
  return element('Style', { isDefault }, element('ows:Title', {}, title), element('ows:Identifier', {}, name), legend);
}

/**
 * The time axis: its instants, or the first and the last of too many. Before them the name of all of them, which is what a
 * request without a time shows: an interval would not fit into a path.
 */
function timeElement({ times }: Drawable): Element | undefined {
  if (times === undefined) return undefined;
  const { first, last, instants = [...new Set([first, last])] } = times;
  return element(
    'Dimension',
    {},
    element('ows:Identifier', {}, 'Time'),
    element('ows:UOM', {}, 'ISO8601'),
    element('Default', {}, ALL_TIMES),
    element('Current', {}, 'true'),
    [ALL_TIMES, ...instants].map((value) => element('Value', {}, value)),
  );
}

/** A further axis: its values, or the first and the last of too many, and before them the name of all of them. */
function axisElement({ name, values, first, last }: NamedAxis): Element {
  return element(
    'Dimension',
    {},
    element('ows:Identifier', {}, name),
    element('Default', {}, ALL_TIMES),
    [ALL_TIMES, ...(values ?? new Set([first, last]))].map((value) => element('Value', {}, value)),
  );
}

function limitsElement(limits: readonly TileMatrixLimits[] | undefined): Element | undefined {
  if (limits === undefined) return undefined;
  return element(
    'TileMatrixSetLimits',
    {},
    limits.map(({ tileMatrix, minTileRow, maxTileRow, minTileCol, maxTileCol }) =>
      element(
        'TileMatrixLimits',
        {},
        element('TileMatrix', {}, tileMatrix),
        element('MinTileRow', {}, minTileRow),
        element('MaxTileRow', {}, maxTileRow),
        element('MinTileCol', {}, minTileCol),
        element('MaxTileCol', {}, maxTileCol),
      ),
    ),
  );
}
