import { describe, expect, it } from 'vitest';
import { createLinks } from '../../../src/http/create-links.ts';
import { route } from '../../../src/http/route.ts';

const encode = (): { content: string } => ({ content: '' });
const items = route({
  id: 'features.items',
  path: '/collections/{collectionId}/items',
  summary: '',
  tag: '',
  parameters: {},
  representations: [
    { f: 'json', mediaType: 'application/geo+json', encode },
    { f: 'html', mediaType: 'text/html', encode },
  ],
  run: async () => undefined,
});
const links = createLinks({
  root: 'https://example.org/geo',
  routes: new Map([[items.id, items]]),
  route: items,
  path: { collectionId: 'a/b "c" %' },
  query: [
    ['limit', '5'],
    ['bbox', '1,2,3,4'],
    ['f', 'html'],
  ],
  f: 'html',
});

describe('links', () => {
  it('percent-encode path variables once', () => {
    expect(links.to('features.items', { collectionId: 's."a.b"/ü' })).toBe(
      'https://example.org/geo/collections/s.%22a.b%22%2F%C3%BC/items',
    );
    expect(links.to('features.items', { collectionId: '..' })).toBe('https://example.org/geo/collections/%2E%2E/items');
  });

  it('keep the other parameters of the request when they page', () => {
    expect(links.current({ offset: 5 })).toBe(
      'https://example.org/geo/collections/a%2Fb%20%22c%22%20%25/items?limit=5&bbox=1,2,3,4&f=html&offset=5',
    );
  });

  it('name self by the representation that is sent and all others as alternates', () => {
    expect(links.selfAndAlternates().map(({ rel, type }) => [rel, type])).toEqual([
      ['alternate', 'application/geo+json'],
      ['self', 'text/html'],
    ]);
  });

  it('leave variables open in templates and refuse to in links', () => {
    expect(links.template('features.items')).toBe('https://example.org/geo/collections/{collectionId}/items');
    expect(() => links.to('features.items')).toThrow('No value for {collectionId}');
    expect(() => links.to('nowhere')).toThrow('No route nowhere');
  });
});
