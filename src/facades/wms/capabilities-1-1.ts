import { element, type Element } from '../../markup/element.ts';
import { renderXml } from '../../markup/render.ts';
import { INFO_FORMATS } from '../../services/maps/info-documents.ts';
import type { PictureStyle } from '../../services/maps/picture-styles.ts';
import type { CapabilitiesFacts } from './capabilities-facts.ts';
import type { XmlDocument } from './exception-report.ts';
import { LEGEND_FORMATS } from './get-legend-graphic.ts';
import { COMMON_CRS, timeText } from './layer-tree.ts';
import type { LayerFacts, LayerGroup } from './layer-tree.ts';
import { MAP_FORMATS } from './picture-format.ts';

const DTD = 'http://schemas.opengis.net/wms/1.1.1/WMS_MS_Capabilities.dtd';
const MEDIA_TYPE = 'application/vnd.ogc.wms_xml';

/** The capabilities document of version 1.1.1 (OGC 01-068r3 §7.1, annex A.1): easting before northing everywhere. */
export function capabilities11(facts: CapabilitiesFacts): XmlDocument {
  const root = element(
    'WMT_MS_Capabilities',
    { version: '1.1.1', updateSequence: String(facts.sequence) },
    service(facts),
    capability(facts),
  );
  return { mediaType: MEDIA_TYPE, text: renderXml(root, DTD) };
}

function service({ title, root }: CapabilitiesFacts): Element {
  return element(
    'Service',
    {},
    element('Name', {}, 'OGC:WMS'),
    element('Title', {}, title),
    element('Abstract', {}, 'Rasters of a PostGIS database, drawn on request.'),
    onlineResource(`${root}/`),
    element('Fees', {}, 'none'),
    element('AccessConstraints', {}, 'none'),
  );
}

function capability(facts: CapabilitiesFacts): Element {
  const { endpoint } = facts;
  const exceptions = ['application/vnd.ogc.se_xml', 'application/vnd.ogc.se_inimage', 'application/vnd.ogc.se_blank'];
  const mapFormats = MAP_FORMATS.map((format) => format.mediaType);
  return element(
    'Capability',
    {},
    element(
      'Request',
      {},
      operation('GetCapabilities', [MEDIA_TYPE], endpoint),
      operation('GetMap', mapFormats, endpoint),
      operation('GetFeatureInfo', INFO_FORMATS, endpoint),
      operation('GetLegendGraphic', LEGEND_FORMATS, endpoint),
    ),
    element(
      'Exception',
      {},
      exceptions.map((format) => element('Format', {}, format)),
    ),
    element(
      'Layer',
      {},
      element('Title', {}, facts.title),
      COMMON_CRS.map((crs) => element('SRS', {}, crs)),
      element('LatLonBoundingBox', { minx: -180, miny: -90, maxx: 180, maxy: 90 }),
      facts.groups.map((each) => group(each)),
    ),
  );
}

function operation(name: string, formats: readonly string[], endpoint: string): Element {
  return element(
    name,
    {},
    formats.map((format) => element('Format', {}, format)),
    element('DCPType', {}, element('HTTP', {}, element('Get', {}, onlineResource(`${endpoint}?`)))),
  );
}

function group({ title, styles, layers }: LayerGroup): Element {
  return element(
    'Layer',
    {},
    element('Title', {}, title),
    styles.map((style) => styleElement(style)),
    layers.map((layer) => layerElement(layer)),
  );
}

function layerElement({ drawable, boxes, ownCrs, ownStyles }: LayerFacts): Element {
  const { collection } = drawable;
  const [west, south, east, north] = boxes.geographic;
  const time = timeText(drawable);
  return element(
    'Layer',
    { queryable: 1 },
    element('Name', {}, collection.id),
    element('Title', {}, collection.title),
    element('Abstract', {}, collection.description ?? `Raster with ${collection.bands.length} bands`),
    element(
      'KeywordList',
      {},
      ['raster', ...collection.keywords].map((keyword) => element('Keyword', {}, keyword)),
    ),
    ownCrs.map((crs) => element('SRS', {}, crs)),
    element('LatLonBoundingBox', { minx: west, miny: south, maxx: east, maxy: north }),
    boxes.named.map(({ crs, bbox }) => element('BoundingBox', { SRS: crs, minx: bbox[0], miny: bbox[1], maxx: bbox[2], maxy: bbox[3] })),
    time !== undefined && element('Dimension', { name: 'time', units: 'ISO8601' }),
    time !== undefined && element('Extent', { name: 'time', default: time.default, nearestValue: 0 }, time.values),
    collection.attribution !== undefined && element('Attribution', {}, element('Title', {}, collection.attribution)),
    ownStyles.map((style) => styleElement(style)),
  );
}

function styleElement({ name, title }: PictureStyle): Element {
  return element('Style', {}, element('Name', {}, name), element('Title', {}, title));
}

function onlineResource(href: string): Element {
  return element('OnlineResource', { 'xmlns:xlink': 'http://www.w3.org/1999/xlink', 'xlink:type': 'simple', 'xlink:href': href });
}
