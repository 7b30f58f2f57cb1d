import type { SchemaName } from '../../../src/model/schemas.ts';

const links = [
  { href: 'https://example.org/', rel: 'self', type: 'application/json', title: 'This document', hreflang: 'en' },
  { href: 'https://example.org/?f=html', rel: 'alternate', type: 'text/html', length: 4096 },
];
const template = { href: 'https://example.org/{tileMatrix}/{tileRow}/{tileCol}', rel: 'item', type: 'image/png', templated: true };
const crs = 'http://www.opengis.net/def/crs/OGC/1.3/CRS84';
const extent = {
  spatial: { bbox: [[166.4, -47.3, -176.2, -34.1]], crs },
  temporal: { interval: [['2020-01-01T00:00:00Z', null]], trs: 'http://www.opengis.net/def/uom/ISO-8601/0/Gregorian' },
};
const collection = {
  id: 's."a.b"',
  title: 'Odd',
  description: 'A table',
  keywords: ['a', 'b'],
  attribution: '© Somebody',
  itemType: 'feature',
  extent,
  crs: [crs, 'http://www.opengis.net/def/crs/EPSG/0/3857'],
  storageCrs: crs,
  links,
};
const point = { type: 'Point', coordinates: [7.1, 50.7, 60] };
const polygon = { type: 'Polygon', coordinates: [[[0, 0], [1, 0], [1, 1], [0, 0]]] }; // prettier-ignore
const feature = { type: 'Feature', id: 7, geometry: point, properties: { name: 'Bonn', tags: null, nested: { a: [1] } } };
const limits = { tileMatrix: '3', minTileRow: 0, maxTileRow: 7, minTileCol: 2, maxTileCol: 2 };
const layer = {
  id: 'roads',
  dataType: 'vector',
  geometryDimension: 1,
  propertiesSchema: { type: 'object', properties: { name: { type: 'string' }, lanes: { type: 'integer', title: 'Lanes' } } },
  links: [{ href: 'https://example.org/collections/roads', rel: 'http://www.opengis.net/def/rel/ogc/1.0/geodata' }],
};
const tileSet = {
  title: 'Roads',
  dataType: 'vector',
  crs: 'http://www.opengis.net/def/crs/EPSG/0/3857',
  tileMatrixSetId: 'WebMercatorQuad',
  tileMatrixSetURI: 'http://www.opengis.net/def/tilematrixset/OGC/1.0/WebMercatorQuad',
  tileMatrixSetLimits: [limits],
  boundingBox: { lowerLeft: [-180, -85], upperRight: [180, 85], crs },
  layers: [layer],
  links: [...links, template],
};

/** One document for each use of a schema, as the service writes them. */
export const SAMPLES: readonly { readonly schema: SchemaName; readonly title: string; readonly document: unknown }[] = [
  { schema: 'landingPage', title: 'with extent', document: { title: 'T', description: 'D', attribution: 'A', extent, links } },
  { schema: 'confClasses', title: 'one class', document: { conformsTo: ['http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/core'] } },
  { schema: 'confClasses', title: 'no class', document: { conformsTo: [], links } },
  { schema: 'link', title: 'template', document: template },
  { schema: 'extent', title: 'across the antimeridian, open end', document: extent },
  { schema: 'extent', title: 'nothing known', document: {} },
  { schema: 'collection', title: 'all members', document: collection },
  { schema: 'collection', title: 'fewest members', document: { id: 'a', title: 'A', links: [] } },
  { schema: 'collections', title: 'a page', document: { links, collections: [collection], numberMatched: 9, numberReturned: 1 } },
  { schema: 'collections', title: 'empty', document: { links: [], collections: [] } },
  { schema: 'geometryGeoJSON', title: 'polygon', document: polygon },
  { schema: 'geometryGeoJSON', title: 'collection', document: { type: 'GeometryCollection', geometries: [point, polygon] } },
  { schema: 'featureGeoJSON', title: 'with links', document: { ...feature, links } },
  { schema: 'featureGeoJSON', title: 'text key, no properties', document: { ...feature, id: 'a,b', properties: null } },
  {
    schema: 'featureCollectionGeoJSON',
    title: 'a page',
    document: {
      type: 'FeatureCollection',
      features: [feature],
      links,
      timeStamp: '2026-01-01T00:00:00Z',
      numberMatched: 3,
      numberReturned: 1,
    },
  },
  { schema: 'tileMatrixSetLimits', title: 'one level', document: limits },
  { schema: 'tileSetLayer', title: 'vector', document: layer },
  { schema: 'tileSet', title: 'vector', document: tileSet },
  { schema: 'tileSet', title: 'map', document: { dataType: 'map', crs, links: [template] } },
  { schema: 'tileSets', title: 'with limits and template', document: { tilesets: [tileSet], links } },
  {
    schema: 'tileMatrixSet-item',
    title: 'registered',
    document: { id: 'WebMercatorQuad', title: 'W', uri: tileSet.tileMatrixSetURI, crs, links },
  },
  {
    schema: 'tileMatrixSets',
    title: 'two sets',
    document: { tileMatrixSets: [{ id: 'A', links: [] }, { id: 'B', crs, links }], links }, // prettier-ignore
  },
  {
    schema: 'tileJson',
    title: 'vector',
    document: {
      tilejson: '3.0.0',
      tiles: ['https://example.org/{z}/{y}/{x}'],
      vector_layers: [{ id: 'roads', fields: { name: 'String' }, minzoom: 0, maxzoom: 22 }],
      bounds: [-180, -85, 180, 85],
      center: [0, 0, 2],
    },
  },
  {
    schema: 'style',
    title: 'one layer',
    document: {
      version: 8,
      sources: { roads: { type: 'vector', url: 'https://example.org/tilejson.json' } },
      layers: [{ id: 'roads', type: 'line', source: 'roads', 'source-layer': 'roads', paint: { 'line-width': 2 }, filter: ['has', 'a'] }],
    },
  },
  {
    schema: 'schema',
    title: 'keys, geometry and open types',
    document: {
      $schema: 'https://json-schema.org/draft/2020-12/schema',
      $id: 'https://example.org/collections/roads/schema',
      type: 'object',
      title: 'Roads',
      properties: {
        id: { type: 'integer', 'x-ogc-role': 'id', 'x-ogc-propertySeq': 1 },
        geom: { format: 'geometry-multilinestring', 'x-ogc-role': 'primary-geometry' },
        tags: {},
        names: { type: ['array', 'null'], items: { type: 'string' } },
      },
    },
  },
  {
    schema: 'problem',
    title: 'two faults',
    document: {
      type: 'https://example.org/problems/invalid-parameter',
      title: 'Invalid parameter',
      status: 400,
      detail: 'Cannot parse bbox "1,2,3": expected 4 or 6 numbers, got 3',
      instance: '/collections/a/items?bbox=1,2,3',
      code: 'INVALID_PARAMETER',
      errors: [{ in: 'query', name: 'bbox', code: 'INVALID_PARAMETER', message: 'expected 4 or 6 numbers, got 3' }],
    },
  },
  { schema: 'health', title: 'without a database', document: { status: 'warn', database: 'down', uptimeSeconds: 12.5 } },
  {
    schema: 'catalogExplanation',
    title: 'one finding',
    document: {
      collections: [{ id: 'roads', relation: 'public.roads', column: 'geom', kind: 'vector' }],
      findings: [{ level: 'left-out', relation: 'public.x', code: 'no-geometry', message: 'Has no geometry', remedy: 'alter table x' }],
    },
  },
];
