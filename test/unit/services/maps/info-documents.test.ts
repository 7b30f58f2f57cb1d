import { describe, expect, it, test } from 'vitest';
import { findInfoFormat, INFO_FORMATS } from '../../../../src/services/maps/info-documents.ts';
import type { InfoDocument } from '../../../../src/services/maps/info-layer.ts';

const reading = { title: undefined, unit: undefined };
const DOCUMENT: InfoDocument = {
  position: [10.5, 50.25],
  namespace: 'https://maps.example',
  layers: [
    {
      id: '2 "towns" & <é>',
      title: 'Towns',
      readings: [
        {
          time: '2024-05-01T00:00:00Z',
          values: [
            { ...reading, name: 'b1', value: 1.5, unit: 'm' },
            { ...reading, name: 'é', value: 2 },
            { ...reading, name: 'ü', value: 3 },
            { ...reading, name: 'time', value: 4 },
            { ...reading, name: 'nothing', value: undefined },
          ],
        },
      ],
    },
    { id: 'empty', title: 'Empty', readings: [] },
  ],
};

const write = (mediaType: string): string => findInfoFormat(mediaType)?.write(DOCUMENT) ?? '';

test.each([
  ['application/vnd.ogc.gml', 'application/vnd.ogc.gml'],
  ['application/vnd.ogc.gml/3.1.1', 'application/gml+xml; version=3.1'],
  ['APPLICATION/GML+XML;VERSION=3.1', 'application/gml+xml; version=3.1'],
  ['text/xml; subtype=gml/3.1.1', 'application/gml+xml; version=3.1'],
  ['application/gml xml; version=3.2', 'application/gml+xml; version=3.2'],
  ['application/gml+xml', 'application/gml+xml; version=3.2'],
  ['application/geo json', 'application/geo+json'],
  ['text/html', 'text/html; charset=utf-8'],
  ['text/nope', undefined],
] as const)('%s is %s', (name, mediaType) => {
  const found = findInfoFormat(name)?.mediaType;
  expect(found?.startsWith('text/html') === true ? 'text/html; charset=utf-8' : found).toBe(mediaType);
});

it('has an extension of its own for every format', () => {
  expect(new Set(INFO_FORMATS.map(({ extension }) => extension)).size).toBe(INFO_FORMATS.length);
});

describe('GML', () => {
  const PROPERTIES =
    '<layers:layer>2 "towns" &amp; &lt;é&gt;</layers:layer><layers:time>2024-05-01T00:00:00Z</layers:time>' +
    '<layers:b1 uom="m">1.5</layers:b1><layers:_>2</layers:_><layers:__2>3</layers:__2><layers:time_2>4</layers:time_2>';

  it('2 has a feature for each layer and time, at its place, with the values that there are', () => {
    expect(write('application/vnd.ogc.gml').trimEnd()).toBe(
      '<?xml version="1.0" encoding="UTF-8"?>\n<wfs:FeatureCollection xmlns:gml="http://www.opengis.net/gml" xmlns:wfs="http://www.opengis.net/wfs" xmlns:layers="https://maps.example/collections">' +
        '<gml:boundedBy><gml:Box srsName="EPSG:4326"><gml:coordinates>10.5,50.25 10.5,50.25</gml:coordinates></gml:Box></gml:boundedBy>' +
        '<gml:featureMember><layers:_2__towns_______ fid="_2__towns_______.1"><layers:geometry><gml:Point srsName="EPSG:4326">' +
        `<gml:coordinates>10.5,50.25</gml:coordinates></gml:Point></layers:geometry>${PROPERTIES}</layers:_2__towns_______></gml:featureMember></wfs:FeatureCollection>`,
    );
  });

  it.each([
    ['application/gml+xml; version=3.1', 'http://www.opengis.net/gml'],
    ['application/gml+xml; version=3.2', 'http://www.opengis.net/gml/3.2'],
  ])('as %s says the same with ids and CRS84', (mediaType, namespace) => {
    const text = write(mediaType);
    expect(text).toContain(`<gml:FeatureCollection xmlns:gml="${namespace}"`);
    expect(text).toContain(
      '<gml:featureMember><layers:_2__towns_______ gml:id="_2__towns_______.1"><layers:geometry>' +
        '<gml:Point gml:id="_2__towns_______.1.geometry" srsName="urn:ogc:def:crs:OGC:1.3:CRS84"><gml:pos>10.5 50.25</gml:pos></gml:Point>',
    );
    expect(text).toContain(PROPERTIES);
  });

  it('has no geometry where the map has no place on the globe', () => {
    const text = findInfoFormat('application/vnd.ogc.gml')?.write({ ...DOCUMENT, position: undefined });
    expect(text).toContain('<gml:boundedBy><gml:null>unknown</gml:null></gml:boundedBy>');
    expect(text).not.toContain('gml:Point');
  });
});
