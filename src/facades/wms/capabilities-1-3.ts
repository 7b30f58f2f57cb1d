import { MEDIA } from '../../base/media-type.ts';
import { element, type Element } from '../../markup/element.ts';
import { renderXml } from '../../markup/render.ts';
import { INFO_FORMATS } from '../../services/maps/info-documents.ts';
import type { PictureStyle } from '../../services/maps/picture-styles.ts';
import type { CapabilitiesFacts } from './capabilities-facts.ts';
import type { XmlDocument } from './exception-report.ts';
import { LAYER_LIMIT } from './layer-parameters.ts';
import { COMMON_CRS, timeText } from './layer-tree.ts';
import type { LayerFacts, LayerGroup } from './layer-tree.ts';
import { MAP_FORMATS } from './picture-format.ts';

const SCHEMA = 'http://schemas.opengis.net/wms/1.3.0/capabilities_1_3_0.xsd';

/** The capabilities document of version 1.3.0 (OGC 06-042 §7.2.4, annex E.1). */
export function capabilities13(facts: CapabilitiesFacts): XmlDocument {
  const root = element(
    'WMS_Capabilities',
    {
      version: '1.3.0',
      updateSequence: String(facts.sequence),
      xmlns: 'http://www.opengis.net/wms',
      'xmlns:xlink': 'http://www.w3.org/1999/xlink',
      'xmlns:xsi': 'http://www.w3.org/2001/XMLSchema-instance',
      'xsi:schemaLocation': `http://www.opengis.net/wms ${SCHEMA}`,
    },
    service(facts),
    capability(facts),
  );
  return { mediaType: 'text/xml', text: renderXml(root) };
}

function service({ title, root, maxSide }: CapabilitiesFacts): Element {
  return element(
    'Service',
    {},
    element('Name', {}, 'WMS'),
    element('Title', {}, title),
    element('Abstract', {}, 'Rasters of a PostGIS database, drawn on request.'),
    element('KeywordList', {}, element('Keyword', {}, 'raster'), element('Keyword', {}, 'PostGIS')),
    onlineResource(`${root}/`),
    element('Fees', {}, 'none'),
    element('AccessConstraints', {}, 'none'),
    element('LayerLimit', {}, LAYER_LIMIT),
    element('MaxWidth', {}, maxSide),
    element('MaxHeight', {}, maxSide),
  );
}

function capability(facts: CapabilitiesFacts): Element {
  const { endpoint } = facts;
  return element(
    'Capability',
    {},
    element(
      'Request',
      {},
      operation('GetCapabilities', ['text/xml'], endpoint),
      operation(
        'GetMap',
        MAP_FORMATS.map((format) => format.mediaType),
        endpoint,
      ),
      operation('GetFeatureInfo', INFO_FORMATS, endpoint),
    ),
    element(
      'Exception',
      {},
      ['XML', 'INIMAGE', 'BLANK'].map((format) => element('Format', {}, format)),
    ),
    element(
      'Layer',
      {},
      element('Title', {}, facts.title),
      element('CRS', {}, 'CRS:84'),
      COMMON_CRS.map((crs) => element('CRS', {}, crs)),
      geographicBox([-180, -90, 180, 90]),
      element('BoundingBox', { CRS: 'CRS:84', minx: -180, miny: -90, maxx: 180, maxy: 90 }),
      facts.groups.map((each) => group(each, facts)),
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

function group({ title, styles, layers }: LayerGroup, facts: CapabilitiesFacts): Element {
  return element(
    'Layer',
    {},
    element('Title', {}, title),
    styles.map((style) => styleElement(style)),
    layers.map((layer) => layerElement(layer, facts)),
  );
}

function layerElement({ drawable, boxes, ownCrs, ownStyles }: LayerFacts, facts: CapabilitiesFacts): Element {
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
    ownCrs.map((crs) => element('CRS', {}, crs)),
    geographicBox(boxes.geographic),
    element('BoundingBox', { CRS: 'CRS:84', minx: west, miny: south, maxx: east, maxy: north }),
    boxes.named.map(({ crs, northingFirst, bbox: [left, bottom, right, top] }) =>
      northingFirst
        ? element('BoundingBox', { CRS: crs, minx: bottom, miny: left, maxx: top, maxy: right })
        : element('BoundingBox', { CRS: crs, minx: left, miny: bottom, maxx: right, maxy: top }),
    ),
    time !== undefined &&
      element(
        'Dimension',
        { name: 'time', units: 'ISO8601', default: time.default, multipleValues: 1, nearestValue: 0, current: 1 },
        time.values,
      ),
    collection.attribution !== undefined && element('Attribution', {}, element('Title', {}, collection.attribution)),
    element('MetadataURL', { type: 'other' }, element('Format', {}, MEDIA.json), onlineResource(facts.collectionUrl(collection.id))),
    ownStyles.map((style) => styleElement(style, legendUrl(facts, collection.id, style.name))),
  );
}

function styleElement({ name, title }: PictureStyle, legend?: Element): Element {
  return element('Style', {}, element('Name', {}, name), element('Title', {}, title), legend);
}

/** Without its size, which only drawing it tells. */
function legendUrl({ legendUrl: urlOf }: CapabilitiesFacts, id: string, style: string): Element {
  return element('LegendURL', {}, element('Format', {}, MEDIA.png), onlineResource(urlOf(id, style)));
}

function geographicBox([west, south, east, north]: readonly [number, number, number, number]): Element {
  return element(
    'EX_GeographicBoundingBox',
    {},
    element('westBoundLongitude', {}, west),
    element('eastBoundLongitude', {}, east),
    element('southBoundLatitude', {}, south),
    element('northBoundLatitude', {}, north),
  );
}

function onlineResource(href: string): Element {
  return element('OnlineResource', { 'xlink:type': 'simple', 'xlink:href': href });
}
