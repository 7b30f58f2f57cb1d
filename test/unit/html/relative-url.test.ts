import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PageContext } from '../../../src/html/page-context.ts';
import { relativeTo, relativeUrl } from '../../../src/html/relative-url.ts';

function page(path: string, root = 'https://example.org/geo'): PageContext {
  return { root, path, title: 'Test' };
}

describe('relative URLs', () => {
  it.each([
    ['/', '/collections', 'collections'],
    ['', '/collections', 'geo/collections'],
    ['/collections', '/', './'],
    ['/collections/a/items/1', '/assets/page.js', '../../../assets/page.js'],
    ['/collections/a', '/collections/a', 'a'],
    ['/collections/a/', '/collections/a', '../a'],
    ['/collections/a', '/collections/a/items?f=json#x', 'a/items?f=json#x'],
    ['/', '/', './'],
    ['/collections/a', '/collections/a:b', './a:b'],
  ])('on page "%s" the address of "%s" is "%s"', (path, target, expected) => {
    expect(relativeTo(page(path), target)).toBe(expected);
  });

  it('lead where the absolute ones lead, also under another host and base path', () => {
    const segment = fc.stringMatching(/^[a-z0-9:%._~-]{1,6}$/).filter((text) => !/^\.+$/.test(text) && !/%(?![0-9a-f]{2})/i.test(text));
    const path = fc.array(segment, { maxLength: 4 }).map((parts) => `/${parts.join('/')}`);
    fc.assert(
      fc.property(path, path, fc.constantFrom('', '?a=1', '?f=html#top'), (from, to, tail) => {
        const relative = relativeUrl(page(from), `https://example.org/geo${to}${tail}`) ?? 'refused';
        for (const root of ['https://example.org/geo', 'http://192.168.1.7:8080/geo', 'http://proxy.test/some/where']) {
          expect(new URL(relative, root + from).href).toBe(new URL(root + to + tail).href);
        }
      }),
      { numRuns: 2000 },
    );
  });

  it('foreign http addresses pass, anything else is refused', () => {
    expect(relativeUrl(page('/'), 'https://example.org/geodata')).toBe('https://example.org/geodata');
    expect(relativeUrl(page('/'), 'javascript:alert(1)')).toBeUndefined();
    expect(relativeUrl(page('/'), 'data:text/html,x')).toBeUndefined();
    expect(relativeUrl(page('/'), '//evil.test/x')).toBeUndefined();
  });

  it('never become protocol-relative', () => {
    expect(relativeUrl(page('/'), 'https://example.org/geo//evil.test')).toBe('.//evil.test');
  });
});
