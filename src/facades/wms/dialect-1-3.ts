import { MEDIA } from '../../base/media-type.ts';
import { element, type Element } from '../../markup/element.ts';
import type { Dialect } from './dialect.ts';
import { LAYER_LIMIT } from './layer-parameters.ts';

const SCHEMAS = [
  'http://www.opengis.net/wms http://schemas.opengis.net/wms/1.3.0/capabilities_1_3_0.xsd',
  'http://www.opengis.net/sld http://schemas.opengis.net/sld/1.1.0/sld_capabilities.xsd',
];

/** Version 1.3.0 (OGC 06-042 §7.2.4, annex E.1), with the operations of the Styled Layer Descriptor profile (OGC 05-078r4). */
export const DIALECT_1_3: Dialect = {
  version: '1.3.0',
  root: 'WMS_Capabilities',
  namespaces: {
    xmlns: 'http://www.opengis.net/wms',
    'xmlns:sld': 'http://www.opengis.net/sld',
    'xmlns:xlink': 'http://www.w3.org/1999/xlink',
    'xmlns:xsi': 'http://www.w3.org/2001/XMLSchema-instance',
    'xsi:schemaLocation': SCHEMAS.join(' '),
  },
  dtd: undefined,
  mediaTypes: ['text/xml', 'application/xml'],
  serviceName: 'WMS',
  exceptions: ['XML', 'INIMAGE', 'BLANK'],
  crsElement: 'CRS',
  ownCrs: ['CRS:84'],
  describeLayer: 'sld:DescribeLayer',
  getLegendGraphic: 'sld:GetLegendGraphic',
  onlineResource,
  limits: ({ maxSide }) => [element('LayerLimit', {}, LAYER_LIMIT), element('MaxWidth', {}, maxSide), element('MaxHeight', {}, maxSide)],
  boxes({ geographic: [west, south, east, north], named }) {
    return [
      element(
        'EX_GeographicBoundingBox',
        {},
        element('westBoundLongitude', {}, west),
        element('eastBoundLongitude', {}, east),
        element('southBoundLatitude', {}, south),
        element('northBoundLatitude', {}, north),
      ),
      element('BoundingBox', { CRS: 'CRS:84', minx: west, miny: south, maxx: east, maxy: north }),
      ...named.map(({ crs, northingFirst, bbox: [left, bottom, right, top] }) =>
        northingFirst
          ? element('BoundingBox', { CRS: crs, minx: bottom, miny: left, maxx: top, maxy: right })
          : element('BoundingBox', { CRS: crs, minx: left, miny: bottom, maxx: right, maxy: top }),
      ),
    ];
  },
  axes: (axes) =>
    axes.map(({ name, units, values, usual, hasCurrent }) =>
      element(
        'Dimension',
        { name, units, default: usual, multipleValues: 1, nearestValue: 0, current: hasCurrent ? 1 : undefined },
        values,
      ),
    ),
  metadataUrl: (href) => element('MetadataURL', { type: 'other' }, element('Format', {}, MEDIA.json), onlineResource(href)),
  // Without its size, which only drawing it tells.
  legendUrl: (href) => element('LegendURL', {}, element('Format', {}, MEDIA.png), onlineResource(href)),
};

function onlineResource(href: string): Element {
  return element('OnlineResource', { 'xlink:type': 'simple', 'xlink:href': href });
}
