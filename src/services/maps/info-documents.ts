import { MEDIA } from '../../base/media-type.ts';
import { element, type Element } from '../../markup/element.ts';
import { renderHtml } from '../../markup/render.ts';
import type { BandReading, InfoLayer, Reading } from './info-layer.ts';

/** What is told about a place: its position as the client named it, and what lies there. */
export interface InfoDocument {
  /** Longitude and latitude; undefined where the map's CRS has none for the place. */
  readonly position: readonly [longitude: number, latitude: number] | undefined;
  readonly layers: readonly InfoLayer[];
}

/** How the classic services tell what lies at a place, by media type, in the order in which they are offered. */
export const INFO_FORMATS: readonly string[] = ['text/plain', MEDIA.html, MEDIA.json, MEDIA.geojson];

/** Writes a document in one of `INFO_FORMATS`. */
export function writeInfo(document: InfoDocument, format: string): string {
  if (format === MEDIA.html) return renderHtml(page(document));
  if (format === 'text/plain') return plainText(document);
  return JSON.stringify(featureCollection(document));
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
function featureCollection({ position, layers }: InfoDocument): unknown {
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
  return { type: 'FeatureCollection', features };
}
