import { MEDIA } from '../../base/media-type.ts';
import { element, type Element } from '../../markup/element.ts';
import { renderHtml } from '../../markup/render.ts';
import { infoGml } from './info-gml.ts';
import type { BandReading, InfoDocument, Reading } from './info-layer.ts';

/** One way in which the classic services tell what lies at a place. */
export interface InfoFormat {
  readonly mediaType: string;
  /** Other spellings of the media type, in lower case without spaces. */
  readonly aliases: readonly string[];
  /** Of resources in this format, without a dot. */
  readonly extension: string;
  write(document: InfoDocument): string;
}

/** All of them, in the order in which they are offered. */
export const INFO_FORMATS: readonly [InfoFormat, ...InfoFormat[]] = [
  { mediaType: 'text/plain', aliases: [], extension: 'txt', write: plainText },
  { mediaType: MEDIA.html, aliases: [], extension: 'html', write: (document) => renderHtml(page(document)) },
  { mediaType: MEDIA.json, aliases: [], extension: 'json', write: featureCollection },
  {
    mediaType: MEDIA.geojson,
    aliases: ['application/vnd.geo+json', 'application/geojson'],
    extension: 'geojson',
    write: featureCollection,
  },
  { mediaType: 'application/vnd.ogc.gml', aliases: [], extension: 'gml2', write: (document) => infoGml(document, '2') },
  {
    mediaType: 'application/gml+xml; version=3.1',
    aliases: ['application/vnd.ogc.gml/3.1.1', 'text/xml;subtype=gml/3.1.1', 'application/gml+xml;version=3.1.1'],
    extension: 'gml3',
    write: (document) => infoGml(document, '3.1'),
  },
  {
    mediaType: 'application/gml+xml; version=3.2',
    aliases: ['application/gml+xml', 'text/xml;subtype=gml/3.2.1', 'application/gml+xml;version=3.2.1'],
    extension: 'gml',
    write: (document) => infoGml(document, '3.2'),
  },
];

/** The format that a client names, whatever the case and spaces; undefined where it is none. */
export function findInfoFormat(name: string): InfoFormat | undefined {
  const plain = plainType(name);
  return INFO_FORMATS.find(({ mediaType, aliases }) => plainType(mediaType) === plain || aliases.includes(plain));
}

function plainType(name: string): string {
  // A plus sign that was not escaped arrives as a space.
  return name
    .trim()
    .toLowerCase()
    .replace(/^application\/(gml|geo|vnd\.geo) /, 'application/$1+')
    .replaceAll(/\s/g, '');
}

function plainText({ layers }: InfoDocument): string {
  const lines = layers.flatMap(({ id, readings }) => [
    `Layer ${id}`,
    ...(readings.length === 0 ? ['  no data'] : readings.flatMap((reading) => textLines(reading))),
  ]);
  return `${lines.join('\n')}\n`;
}

function textLines({ time, values }: Reading): readonly string[] {
  return [...(time === undefined ? [] : [`  time = ${time}`]), ...values.map((value) => `  ${value.name} = ${valueText(value)}`)];
}

function valueText({ value, unit }: BandReading): string {
  if (value === undefined) return 'no data';
  return unit === undefined ? String(value) : `${value} ${unit}`;
}

function page({ layers }: InfoDocument): Element {
  return element(
    'html',
    { lang: 'en' },
    element('head', {}, element('meta', { charset: 'utf-8' }), element('title', {}, 'Values at this place')),
    element(
      'body',
      {},
      layers.map(({ title, readings }) => [
        element('h1', {}, title),
        readings.length === 0 && element('p', {}, 'No data here.'),
        readings.map((reading) => table(reading)),
      ]),
    ),
  );
}

function table({ time, values }: Reading): Element {
  return element(
    'table',
    {},
    time !== undefined && element('caption', {}, element('time', { datetime: time }, time)),
    values.map((value) =>
      element('tr', {}, element('th', { scope: 'row' }, value.title ?? value.name), element('td', {}, valueText(value))),
    ),
  );
}

/** GeoJSON, which GIS clients show as a table: a point feature for each layer and time. */
function featureCollection({ position, layers }: InfoDocument): string {
  const geometry = position === undefined ? null : { type: 'Point', coordinates: position };
  const features = layers.flatMap(({ id, readings }) =>
    readings.map(({ time, values }, i) => ({
      type: 'Feature',
      id: `${id}.${i + 1}`,
      geometry,
      properties: {
        layer: id,
        ...(time === undefined ? {} : { time }),
        ...Object.fromEntries(values.map(({ name, value }) => [name, value ?? null])),
      },
    })),
  );
  return JSON.stringify({ type: 'FeatureCollection', features });
}
