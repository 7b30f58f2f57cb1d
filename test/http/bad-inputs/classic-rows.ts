import { expect } from 'vitest';
import type { BadInput } from './row.ts';
import type { WireAnswer } from './wire.ts';

const MAP: Words = {
  service: 'WMS',
  version: '1.3.0',
  request: 'GetMap',
  layers: 'heights',
  styles: '',
  crs: 'CRS:84',
  bbox: '0,48,2,50',
  width: '20',
  height: '20',
  format: 'image/png',
};
const INFO: Words = { ...MAP, request: 'GetFeatureInfo', query_layers: 'heights', i: '1', j: '1' };
const CAPABILITIES: Words = { service: 'WMS', request: 'GetCapabilities' };
const TILE: Words = {
  service: 'WMTS',
  request: 'GetTile',
  version: '1.0.0',
  layer: 'heights',
  style: 'default',
  format: 'image/png',
  tilematrixset: 'WebMercatorQuad',
  tilematrix: '5',
  tilerow: '10',
  tilecol: '16',
};

/** `undefined` takes a word out of the request that it changes. */
type Words = Readonly<Record<string, string | undefined>>;

/** WMS 1.3.0 and 1.1.1: exceptions in the service's own documents, 400 whatever the caller can mend. */
export const WMS_ROWS: readonly BadInput[] = [
  map('K1', 'no operation', { request: undefined }, undefined),
  map('K2', 'an unknown operation', { request: 'Nope' }, 'OperationNotSupported'),
  map('K3', 'another service', { service: 'WFS' }, undefined),
  map('K4', 'a version that there is not', { version: '9.9.9' }, undefined),
  map('K4', 'no version', { version: undefined }, undefined),
  map('K5', 'a layer that is not there', { layers: 'nope' }, 'LayerNotDefined'),
  map('K6', 'one of two layers that is not there', { layers: 'heights,nope' }, 'LayerNotDefined'),
  map('K6', 'the other of two', { layers: 'nope,heights' }, 'LayerNotDefined'),
  map('K7', 'a style that is not there', { styles: 'nope' }, 'StyleNotDefined'),
  map('K8', 'two styles for one layer', { styles: 'viridis,magma' }, 'StyleNotDefined'),
  map('K9', 'a CRS that there is not', { crs: 'EPSG:999999' }, 'InvalidCRS'),
  map('K9', 'a CRS that is none', { crs: '4326; drop table roads' }, 'InvalidCRS'),
  map('K9', 'the same in 1.1.1', { version: '1.1.1', srs: 'EPSG:999999' }, 'InvalidSRS'),
  map('K10', 'a format that there is not', { format: 'image/nope' }, 'InvalidFormat'),
  ...['1,2,3', '1,2,3,NaN', '1,2,3,1e999', 'a,b,c,d', '1,2,3,4,5', ''].map((bbox) =>
    map('K11', `a box that is none: "${bbox}"`, { bbox }, undefined),
  ),
  ...['10,0,0,10', '0,10,10,0', '0,0,0,10', '0,0,10,0'].map((bbox) => map('K12', `a box without area: ${bbox}`, { bbox }, undefined)),
  ...['0', '-1', 'abc', '1.5', ''].map((width) => map('K13', `a width that is none: "${width}"`, { width }, undefined)),
  map('K14', 'a width beyond the published one', { width: '100000' }, undefined),
  map('K14', 'a height beyond the published one', { height: '4097' }, undefined),
  map('K15', '33 layers', { layers: Array.from({ length: 33 }, () => 'heights').join(',') }, undefined),
  map('K16', 'a time that is none', { layers: 'scenes', time: 'bad' }, 'InvalidDimensionValue'),
  map('K16', 'a time outside the data', { layers: 'scenes', time: '1900-01-01' }, 'InvalidDimensionValue'),
  ...['-1', '20', '1.5', 'x', ''].map((i) =>
    wms('K19', `a pixel that is none: "${i}"`, { ...INFO, i }, i === '' ? undefined : 'InvalidPoint'),
  ),
  wms('K19', 'a pixel below the map', { ...INFO, j: '20' }, 'InvalidPoint'),
  wms('K21', 'a format of information that there is not', { ...INFO, info_format: 'nope' }, 'InvalidFormat'),
  wms('K22', 'an update sequence of the future', { ...CAPABILITIES, updatesequence: '99999999999999' }, 'InvalidUpdateSequence'),
  map('K23', 'styles from elsewhere', { sld: 'http://169.254.169.254/' }, 'OperationNotSupported'),
  map('K24', 'styles with a DOCTYPE', { sld_body: '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>' }, 'OperationNotSupported'),
  {
    id: 'K25',
    fact: 'a map asked for by XML with a DOCTYPE, which nobody reads',
    method: 'POST',
    target: '/wms',
    status: 405,
    slug: 'method-not-allowed',
  },
  ...['INIMAGE', 'BLANK'].map((exceptions) => picture('K26', { exceptions })),
  ...['application/vnd.ogc.se_inimage', 'application/vnd.ogc.se_blank'].map((exceptions) =>
    picture('K26', { version: '1.1.1', exceptions }),
  ),
  map(
    'K27',
    'a filter that calls methods',
    { filter: '<PropertyName>exec(java.lang.Runtime.getRuntime(),"id")</PropertyName>' },
    'OperationNotSupported',
  ),
  ...['red', '0xFFF', '0xGGGGGG', '#12345'].map((bgcolor) => map('K28', `a colour that is none: ${bgcolor}`, { bgcolor }, undefined)),
  {
    id: 'K29',
    fact: 'a legend of a thousand layers',
    target: `/wms?service=WMS&version=1.3.0&request=GetLegendGraphic${'&LAYER=a'.repeat(800)}`,
    status: 400,
    check: (answer) => isException(answer, undefined),
  },
  map('K29', 'a map of a layer given twice', { LAYERS: 'heights' }, undefined),
];

/** WMTS 1.0, by query and by path. */
export const WMTS_ROWS: readonly BadInput[] = [
  ...['service', 'request', 'layer', 'style', 'format', 'tilematrixset', 'tilematrix', 'tilerow', 'tilecol', 'version'].map((name) =>
    tile('L1', `no ${name}`, { [name]: undefined }, ['MissingParameterValue', name]),
  ),
  ...['layer', 'style', 'format'].map((name) =>
    tile('L2', `a ${name} that is not there`, { [name]: 'nope' }, ['InvalidParameterValue', name]),
  ),
  ...['tilematrixset', 'tilematrix'].map((name) =>
    tile('L3', `a ${name} that is not there`, { [name]: 'nope' }, ['InvalidParameterValue', name]),
  ),
  tile('L4', 'a row that is no number', { tilerow: 'abc' }, ['InvalidParameterValue', 'tilerow']),
  ...['999999999', '-1'].map((tilerow) => tile('L5', `row ${tilerow}`, { tilerow }, ['TileOutOfRange', 'tilerow'])),
  tile('L6', 'a pixel outside the tile', { request: 'GetFeatureInfo', infoformat: 'text/plain', i: '999', j: '1' }, [
    'PointIJOutOfRange',
    'i',
  ]),
  tile('L7', 'an unknown operation', { request: 'Nope' }, ['InvalidParameterValue', 'request']),
  tile('L8', 'a version that there is not', { request: 'GetCapabilities', acceptversions: '9.9.9' }, ['VersionNegotiationFailed', '']),
  path('L9', 'a layer that is not there', '/wmts/nope/default/WebMercatorQuad/5/10/16.png', ['InvalidParameterValue', 'layer']),
  path('L9', 'a path with a part too few', '/wmts/heights/default/WebMercatorQuad/5/10.png', undefined),
  path('L10', 'a row outside the matrix', '/wmts/heights/default/WebMercatorQuad/5/99/16.png', ['TileOutOfRange', 'tilerow']),
  path('L10', 'a row outside the data', '/wmts/heights/default/WebMercatorQuad/5/1/16.png', ['TileOutOfRange', 'tilerow']),
  tile('L11', 'a layer given twice', { LAYER: 'heights' }, ['InvalidParameterValue', 'layer']),
];

function map(id: string, fact: string, words: Words, code: string | undefined): BadInput {
  return wms(id, fact, { ...MAP, ...words }, code);
}

function wms(id: string, fact: string, words: Words, code: string | undefined): BadInput {
  return { id, fact, target: `/wms?${query(words)}`, status: 400, check: (answer) => isException(answer, code) };
}

function picture(id: string, words: Words): BadInput {
  return {
    id,
    fact: `a layer that is not there, told by ${words['exceptions'] ?? ''}`,
    target: `/wms?${query({ ...MAP, layers: 'nope', width: '999999', ...words })}`,
    status: 200,
    check: (answer) => {
      expect(answer.headers['content-type']).toBe('image/png');
      // Width in the header of the image, of a picture that is never larger than those that are drawn.
      expect(answer.body.readUInt32BE(16)).toBeLessThanOrEqual(4096);
    },
  };
}

function tile(id: string, fact: string, words: Words, report: readonly [code: string, locator: string]): BadInput {
  return { id, fact, target: `/wmts?${query({ ...TILE, ...words })}`, status: 400, check: (answer) => isReport(answer, report) };
}

function path(id: string, fact: string, target: string, report: readonly [code: string, locator: string] | undefined): BadInput {
  return {
    id,
    fact,
    target,
    status: 404,
    ...(report === undefined ? { slug: 'not-found' } : { check: (answer) => isReport(answer, report) }),
  };
}

function query(words: Words): string {
  const given = Object.entries(words).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]]));
  return new URLSearchParams(given).toString();
}

function isException(answer: WireAnswer, code: string | undefined): void {
  const text = answer.body.toString('utf8');
  expect(answer.headers['content-type']).toMatch(/^(text\/xml|application\/vnd\.ogc\.se_xml)$/);
  expect(/<ServiceException(?: code="(\w+)")?[ >]/.exec(text)?.[1]).toBe(code);
  expect(text).toMatch(/<ServiceException[^>]*>[^<]{10,}<\/ServiceException>/);
}

function isReport(answer: WireAnswer, [code, locator]: readonly [code: string, locator: string]): void {
  const text = answer.body.toString('utf8');
  expect(answer.headers['content-type']).toBe('application/xml');
  const [, foundCode, foundLocator = ''] = /<ows:Exception exceptionCode="(\w+)"(?: locator="(\w+)")?>/.exec(text) ?? [];
  expect([foundCode, foundLocator.toLowerCase()]).toEqual([code, locator]);
}
