import { element } from '../../markup/element.ts';
import type { Dialect } from './dialect.ts';

/** Version 1.1.1 (OGC 01-068r3 §7.1, annex A.1): easting before northing everywhere, and no legend without its size. */
export const DIALECT_1_1: Dialect = {
  version: '1.1.1',
  root: 'WMT_MS_Capabilities',
  namespaces: {},
  dtd: 'http://schemas.opengis.net/wms/1.1.1/WMS_MS_Capabilities.dtd',
  mediaTypes: ['application/vnd.ogc.wms_xml', 'text/xml', 'application/xml'],
  serviceName: 'OGC:WMS',
  exceptions: ['application/vnd.ogc.se_xml', 'application/vnd.ogc.se_inimage', 'application/vnd.ogc.se_blank'],
  crsElement: 'SRS',
  ownCrs: [],
  describeLayer: 'DescribeLayer',
  getLegendGraphic: 'GetLegendGraphic',
  onlineResource: (href) =>
    element('OnlineResource', { 'xmlns:xlink': 'http://www.w3.org/1999/xlink', 'xlink:type': 'simple', 'xlink:href': href }),
  limits: () => [],
  boxes({ geographic: [west, south, east, north], named }) {
    return [
      element('LatLonBoundingBox', { minx: west, miny: south, maxx: east, maxy: north }),
      ...named.map(({ crs, bbox }) => element('BoundingBox', { SRS: crs, minx: bbox[0], miny: bbox[1], maxx: bbox[2], maxy: bbox[3] })),
    ];
  },
  axes: (axes) => [
    ...axes.map(({ name, units }) => element('Dimension', { name, units })),
    ...axes.map(({ name, values, usual }) => element('Extent', { name, default: usual, nearestValue: 0 }, values)),
  ],
  metadataUrl: () => undefined,
  legendUrl: () => undefined,
};
