import { describe, expect, it } from 'vitest';
import { MEDIA } from '../../../src/base/media-type.ts';
import { negotiate } from '../../../src/http/negotiate.ts';
import { route } from '../../../src/http/route.ts';
import type { MountedRoute } from '../../../src/http/route.ts';

function routeWith(
  formats: readonly (readonly [f: string, mediaType: string, ...aliases: string[]])[],
  firstAcceptable = false,
): MountedRoute {
  const representations = formats.map(([f, mediaType, ...aliases]) => ({ f, mediaType, aliases, encode: () => ({ content: '' }) }));
  return route({ id: 'r', path: '/', summary: '', tag: '', parameters: {}, firstAcceptable, representations, run: async () => undefined });
}

const document = routeWith([
  ['json', MEDIA.json],
  ['html', MEDIA.html],
]);
const items = routeWith([
  ['json', MEDIA.geojson, MEDIA.json],
  ['html', MEDIA.html],
]);
const picture = routeWith(
  [
    ['png', MEDIA.png],
    ['jpeg', MEDIA.jpeg],
    ['webp', MEDIA.webp],
  ],
  true,
);
const api = routeWith([
  ['json', MEDIA.openapi, MEDIA.json, 'application/openapi+json;version=3.0'],
  ['html', MEDIA.html],
]);

describe('negotiate', () => {
  it.each([
    ['nothing', document, undefined, undefined, 'json'],
    ['a wildcard', document, undefined, '*/*', 'json'],
    ['a browser', document, undefined, 'text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8', 'html'],
    ['Java', document, undefined, 'text/html, image/gif, image/jpeg, *; q=.2, */*; q=.2', 'html'],
    ['f beats Accept', document, 'json', 'text/html', 'json'],
    ['a full media type as f', items, 'application/geo+json', undefined, 'json'],
    ['GDAL, features', items, undefined, 'application/geo+json, application/json', 'json'],
    [
      'GDAL, API',
      api,
      undefined,
      'application/vnd.oai.openapi+json;version=3.0, application/openapi+json;version=3.0, application/json',
      'json',
    ],
    ['ogc-client', items, undefined, 'application/json,application/schema+json', 'json'],
    ['MapLibre, pictures', picture, undefined, 'image/webp,*/*', 'png'],
    ['only WebP', picture, undefined, 'image/webp', 'webp'],
    ['Java, pictures', picture, undefined, 'text/html, image/gif, image/jpeg, *; q=.2, */*; q=.2', 'png'],
    ['an excluded type', document, undefined, 'text/html;q=0, */*', 'json'],
    ['garbage', document, undefined, ';;;', 'json'],
  ] as const)('%s', (_, of, f, accept, expected) => {
    expect(negotiate(of, f, accept).f).toBe(expected);
  });

  it('refuses an unknown f with 400 and an impossible Accept with 406, naming what there is', () => {
    expect(() => negotiate(document, 'nope', undefined)).toThrow('expected one of json, html');
    expect(() => negotiate(document, undefined, 'application/vnd.nope')).toThrow('application/json, text/html');
    expect(() => negotiate(picture, undefined, 'text/csv')).toThrow('Cannot answer as "text/csv"');
  });
});
