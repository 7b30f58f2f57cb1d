import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bboxText, extentTime, kindLabel, styleUrl } from '../../../src/html/collection-facts.ts';
import { globe } from '../../../src/html/globe.ts';
import { LAND_PATH } from '../../../src/html/land.ts';
import { locatorMap } from '../../../src/html/locator-map.ts';
import { mediaLabel } from '../../../src/html/media-label.ts';
import { previewTile } from '../../../src/html/preview-tile.ts';
import { cellValue, count, propertyValue } from '../../../src/html/value.ts';
import { renderHtmlFragment } from '../../../src/markup/render.ts';
import { collection, ROOT } from './sample-documents.ts';

describe('preview tile', () => {
  it.each([
    [
      [-180, -90, 180, 90],
      [0, 0, 0],
    ],
    [
      [170, -20, -170, 5],
      [0, 0, 0],
    ],
    [
      [-61, -10, 60, 10],
      [0, 0, 0],
    ],
    [
      [8.5, 47.3, 8.5, 47.3],
      [18, 91881, 137261],
    ],
    [
      [179.99999, -90, 180, -90],
      [18, 262143, 262143],
    ],
  ] as const)('of %j is %j', (bbox, tile) => {
    expect(previewTile(bbox)).toEqual(tile);
  });
});

describe('preview tile of an ordinary box', () => {
  it('lies inside the box whole', () => {
    const degrees = (min: number, max: number): fc.Arbitrary<number> => fc.double({ min, max, noNaN: true });
    fc.assert(
      fc.property(degrees(-180, 60), degrees(-80, 70), degrees(0.01, 119), degrees(0.01, 10), (west, south, width, height) => {
        const [zoom, row, col] = previewTile([west, south, west + width, south + height]);
        const lon = (c: number): number => (c / 2 ** zoom) * 360 - 180;
        const lat = (r: number): number => (Math.atan(Math.sinh(Math.PI * (1 - (2 * r) / 2 ** zoom))) * 180) / Math.PI;
        const slack = 1e-6;
        expect(lon(col)).toBeGreaterThanOrEqual(west - slack);
        expect(lon(col + 1)).toBeLessThanOrEqual(west + width + slack);
        expect(lat(row + 1)).toBeGreaterThanOrEqual(south - slack);
        expect(lat(row)).toBeLessThanOrEqual(south + height + slack);
      }),
      { numRuns: 1000 },
    );
  });
});

describe('locator map', () => {
  it('frames a small box with its surroundings and marks it by a dot', () => {
    const html = renderHtmlFragment(locatorMap([8.4, 47.3, 8.6, 47.4], '#123456'));
    expect(html).toContain('viewBox="-53 -129.7 140 70"');
    expect(html).toMatch(/<circle class="extent dot" fill="#123456" cx="17" cy="-94.7"/);
  });

  it('shows both parts of a box across the antimeridian on the whole world', () => {
    const html = renderHtmlFragment(locatorMap([170, -20, -170, 5], '#123456'));
    expect(html).toContain('viewBox="-360 -180 720 360"');
    expect(html.match(/class="extent"/g)).toHaveLength(2);
  });

  it('keeps the frame on Earth at the poles and edges', () => {
    expect(renderHtmlFragment(locatorMap([179, 89, 180, 90], '#123456'))).toContain('viewBox="220 -180 140 70"');
  });

  it('draws points, lines and areas that are everywhere in three ways, and no box without extent', () => {
    const world = [-180, -85, 180, 85] as const;
    const drawn = (['points', 'lines', 'areas'] as const).map((shape) => renderHtmlFragment(locatorMap(world, '#123456', shape)));
    expect(new Set(drawn).size).toBe(3);
    expect(renderHtmlFragment(locatorMap(undefined, '#123456'))).not.toContain('extent');
  });
});

describe('land and globe', () => {
  it('each coast begins absolute and stays within a turn of Earth', () => {
    for (const ring of LAND_PATH.split('z').filter((part) => part !== '')) {
      const numbers = (ring.match(/-?\d+/g) ?? []).map(Number);
      expect(ring).toMatch(/^M-?\d+ ?-?\d+l/);
      expect(numbers.length % 2).toBe(0);
      let [x, y] = [0, 0];
      for (let i = 0; i < numbers.length; i += 2) {
        x += numbers[i] ?? Number.NaN;
        y += numbers[i + 1] ?? Number.NaN;
        expect(Math.abs(x)).toBeLessThanOrEqual(2 * 540);
        expect(Math.abs(y)).toBeLessThanOrEqual(2 * 90);
      }
    }
  });

  it('the globe stays within its circle and has no number missing', () => {
    const html = renderHtmlFragment(globe());
    expect(html).not.toMatch(/NaN|Infinity|undefined/);
    for (const [, x, y] of html.matchAll(/[ML](-?[\d.]+) (-?[\d.]+)/g)) expect(Math.hypot(Number(x), Number(y))).toBeLessThanOrEqual(200.2);
  });
});

describe('facts of a collection', () => {
  it('read well', () => {
    expect(bboxText([-12.3456, -4.5, 6.7, 0])).toBe('12.35°W 4.5°S – 6.7°E 0°');
    expect(bboxText([8.12345, 47.00001, 8.2, 47.1])).toBe('8.1235°E 47°N – 8.2°E 47.1°N');
    expect(extentTime(collection.extent)).toBe('2001-02-03 to …');
    expect(extentTime(undefined)).toBeUndefined();
    expect(extentTime({ temporal: { interval: [[null, null]] } })).toBe('open at both ends');
    expect(
      [0, 1, 2, undefined].map((geometryDimension) =>
        kindLabel({ ...collection, ...(geometryDimension === undefined ? {} : { geometryDimension }) }),
      ),
    ).toEqual(['Points', 'Lines', 'Areas', 'Points']);
    expect(kindLabel({ ...collection, itemType: 'coverage' })).toBe('Raster');
  });

  it('name the style by which a map draws the collection', () => {
    expect(styleUrl(collection)).toBe(`${ROOT}/collections/a%2Fb/tiles/WebMercatorQuad/style.json`);
    expect(styleUrl({ ...collection, links: [] })).toBeUndefined();
  });
});

describe('values', () => {
  const shown = (value: unknown): string => renderHtmlFragment(propertyValue(value));

  it('are shown as they are; only web addresses become links', () => {
    expect(shown('9007199254740993')).toBe('9007199254740993');
    expect(shown(true)).toBe('true');
    expect(shown(null)).toContain('–');
    expect(shown({ a: ['<'] })).toBe('<code>{"a":["&lt;"]}</code>');
    expect(shown('https://ok.test/?a="b')).not.toContain('<a');
    expect(shown('https://ok.test/a')).toContain('<a href="https://ok.test/a"');
    expect(shown('javascript:alert(1)')).toBe('javascript:alert(1)');
  });

  it('are cut in cells when long, numbers are grouped', () => {
    expect(renderHtmlFragment(cellValue('x'.repeat(141)))).toContain('…');
    expect(renderHtmlFragment(cellValue('x'.repeat(140)))).toBe('x'.repeat(140));
    expect([count(0), count(999), count(1234567)]).toEqual(['0', '999', '1\u202f234\u202f567']);
  });

  it('media types have short names, unknown ones stay', () => {
    expect(mediaLabel('application/vnd.oai.openapi+json;version=3.0')).toBe('OpenAPI');
    expect(mediaLabel('application/x-other')).toBe('application/x-other');
  });
});
