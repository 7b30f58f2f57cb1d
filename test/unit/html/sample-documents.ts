import { REL, type Link } from '../../../src/base/link.ts';
import type { PageContext } from '../../../src/html/page-context.ts';
import type { CollectionDocument, Collections, LandingPage, SchemaDocument } from '../../../src/model/common.ts';
import type { FeatureCollectionDocument } from '../../../src/model/features.ts';
import type { TileSetDocument } from '../../../src/model/tiles.ts';

/** Everything that a careless page would break on. */
export const HOSTILE = `</title></script><script>alert("1")</script><img src=x onerror='alert(2)'> \u2028 & "'`;

export const ROOT = 'https://example.org/geo';

export function pageAt(path: string, query: PageContext['query'] = {}): PageContext {
  return { root: ROOT, path, title: HOSTILE, query };
}

const links: readonly Link[] = [
  { href: `${ROOT}/collections/a%2Fb?f=json`, rel: 'self', type: 'application/json', title: HOSTILE },
  { href: `${ROOT}/collections/a%2Fb?f=html`, rel: 'alternate', type: 'text/html' },
  { href: `${ROOT}/collections/a%2Fb/items?f=json`, rel: 'items', type: 'application/geo+json', title: HOSTILE },
  { href: `${ROOT}/collections/a%2Fb/schema`, rel: 'describedby', type: 'application/schema+json' },
  { href: `${ROOT}/collections/a%2Fb/tiles`, rel: REL.tilesetsVector, type: 'application/json' },
  { href: 'javascript:alert(3)', rel: 'license', title: 'Licence' },
  { href: 'https://other.test/?a="b"&c=<d>', rel: 'about', title: 'Elsewhere' },
];

export const collection: CollectionDocument = {
  id: 'a/b',
  title: HOSTILE,
  description: HOSTILE,
  keywords: [HOSTILE],
  attribution: HOSTILE,
  itemType: 'feature',
  geometryDimension: 0,
  extent: { spatial: { bbox: [[170, -20, -170, 5]] }, temporal: { interval: [['2001-02-03T00:00:00Z', null]] } },
  crs: ['http://www.opengis.net/def/crs/OGC/1.3/CRS84', '#/crs'],
  storageCrs: 'http://www.opengis.net/def/crs/EPSG/0/3857',
  links,
};

export const landing: LandingPage = {
  title: HOSTILE,
  description: HOSTILE,
  attribution: HOSTILE,
  links: [...links, { href: `${ROOT}/collections`, rel: 'data', type: 'application/json' }],
};

export const collections: Collections = {
  collections: [collection],
  numberMatched: 1234,
  numberReturned: 1,
  links: [
    { href: `${ROOT}/collections?f=json&offset=10`, rel: 'next', type: 'application/json' },
    { href: `${ROOT}/collections?offset=0&f=json`, rel: 'prev', type: 'application/json' },
  ],
};

export const features: FeatureCollectionDocument = {
  type: 'FeatureCollection',
  timeStamp: '2026-01-01T00:00:00Z',
  numberReturned: 2,
  features: [
    {
      type: 'Feature',
      id: HOSTILE,
      geometry: null,
      properties: { [HOSTILE]: HOSTILE, url: 'javascript:alert(4)', web: 'https://ok.test/', list: [HOSTILE], none: null },
    },
    { type: 'Feature', id: 7, geometry: { type: 'Point', coordinates: [1, 2] }, properties: null },
  ],
  links: [...links, { href: `${ROOT}/collections/a%2Fb/items?f=json`, rel: 'alternate', type: 'application/geo+json' }],
};

export const schema: SchemaDocument = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  $id: `${ROOT}/collections/a%2Fb/schema`,
  type: 'object',
  title: HOSTILE,
  description: HOSTILE,
  required: ['id'],
  properties: {
    id: { type: 'integer', 'x-ogc-role': 'id' },
    [HOSTILE]: { type: ['string', 'null'], title: HOSTILE, enum: [HOSTILE, 1], 'x-ogc-unit': HOSTILE },
    geom: { format: 'geometry-point', 'x-ogc-role': 'primary-geometry' },
  },
};

export const tileSet: TileSetDocument = {
  title: HOSTILE,
  description: HOSTILE,
  dataType: 'vector',
  crs: 'http://www.opengis.net/def/crs/EPSG/0/3857',
  tileMatrixSetURI: 'http://www.opengis.net/def/tilematrixset/OGC/1.0/WebMercatorQuad',
  tileMatrixSetLimits: [{ tileMatrix: '0', minTileRow: 0, maxTileRow: 0, minTileCol: 0, maxTileCol: 0 }],
  layers: [{ id: 'a/b', title: HOSTILE, dataType: 'vector', propertiesSchema: { type: 'object', properties: schema.properties } }],
  links: [
    { href: `${ROOT}/collections/a%2Fb/tiles/WebMercatorQuad?f=json`, rel: 'self', type: 'application/json' },
    {
      href: `${ROOT}/collections/a%2Fb/tiles/WebMercatorQuad/{tileMatrix}/{tileRow}/{tileCol}`,
      rel: 'item',
      type: 'application/vnd.mapbox-vector-tile',
      templated: true,
    },
  ],
};
