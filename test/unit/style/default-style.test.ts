import { createRequire } from 'node:module';
import { describe, expect, it } from 'vitest';
import { validate } from '../../../src/model/validate.ts';
import { defaultStyle, type StyledTileset } from '../../../src/style/default-style.ts';
import { collectionColor, PALETTE } from '../../../src/style/palette.ts';

function vector(collectionId: string, geometryType: string, bounds: StyledTileset['bounds'] = [5, 45, 10, 48]): StyledTileset {
  const tiles = [`http://localhost/collections/${collectionId}/tiles/WebMercatorQuad/{z}/{y}/{x}`];
  return { collectionId, kind: 'vector', geometryType, tiles, bounds, minzoom: 0, maxzoom: 14, attribution: undefined };
}

const picture: StyledTileset = {
  collectionId: 'relief',
  kind: 'raster',
  geometryType: undefined,
  tiles: ['http://localhost/{z}/{y}/{x}'],
  bounds: [-180, -90, 180, 90],
  minzoom: 0,
  maxzoom: 5,
  attribution: 'NASA',
};

const plain = { name: 'Test', background: false } as const;

describe('default style', () => {
  it('draws points as circles, lines as lines, areas as fill and outline', () => {
    const types = (geometryType: string): readonly string[] =>
      defaultStyle([vector('a', geometryType)], plain).layers.map((layer) => layer.type);
    expect(types('MULTIPOINT')).toEqual(['circle']);
    expect(types('COMPOUNDCURVE')).toEqual(['line']);
    expect(types('MULTISURFACE')).toEqual(['fill', 'line']);
  });

  it('draws a collection of mixed geometries by each geometry, with lists as labels of match', () => {
    const { layers } = defaultStyle([vector('mixed', 'GEOMETRY')], plain);
    expect(layers.map((layer) => layer.type)).toEqual(['fill', 'line', 'line', 'circle']);
    for (const layer of layers)
      expect(layer.filter).toMatchObject(['match', ['geometry-type'], [expect.any(String), expect.any(String)], true, false]);
    expect(new Set(layers.map((layer) => layer.id)).size).toBe(4);
  });

  it('lays pictures below areas, lines and points whatever the order of the collections', () => {
    const { layers } = defaultStyle([vector('p', 'POINT'), vector('l', 'LINESTRING'), vector('a', 'POLYGON'), picture], {
      name: 'All',
      background: true,
    });
    expect(layers.map((layer) => layer.type)).toEqual(['background', 'raster', 'fill', 'line', 'line', 'circle']);
  });

  it('names no sprite and no glyphs, and each layer names its collection and the layer in the tiles', () => {
    const style = defaultStyle([vector('s."a.b"', 'POINT'), picture], plain);
    expect(style).not.toHaveProperty('sprite');
    expect(style).not.toHaveProperty('glyphs');
    expect(style.layers[1]).toMatchObject({
      source: 's."a.b"',
      'source-layer': 's."a.b"',
      metadata: { 'graticule:collection': 's."a.b"' },
    });
    expect(style.sources.relief).toMatchObject({ type: 'raster', tileSize: 256, attribution: 'NASA' });
  });

  it('leaves bounds across the antimeridian out and begins with the whole world then', () => {
    const style = defaultStyle([vector('fiji', 'POINT', [176, -20, -178, -12])], plain);
    expect(style.sources.fiji).not.toHaveProperty('bounds');
    expect(style.center?.[0]).toBe(0);
    expect(style.zoom).toBe(0);
  });

  it('begins where the data are', () => {
    const style = defaultStyle([vector('a', 'POINT')], plain);
    expect(style.center).toEqual([7.5, 46.5]);
    expect(style.zoom).toBeGreaterThan(4);
    expect(defaultStyle([vector('a', 'POINT', undefined)], plain)).not.toHaveProperty('center', undefined);
  });

  it('obeys our schema and passes the validator of the style specification', () => {
    const style = defaultStyle([vector('m', 'GEOMETRY'), vector('p', 'POINT'), picture], { name: 'All', background: true });
    expect(validate('style', style)).toEqual([]);
    expect(validateStyle(style)).toEqual([]);
  });
});

describe('colours', () => {
  it('are the same for the same collection and spread over similar names', () => {
    expect(collectionColor('roads')).toBe(collectionColor('roads'));
    const used = new Set(Array.from({ length: 200 }, (_, i) => collectionColor(`table_${i}`)));
    expect(used.size).toBe(PALETTE.length);
  });

  it('stand out from the pale and from the dark ground by 3:1', () => {
    for (const color of PALETTE) for (const ground of ['#f5f3ed', '#223036']) expect(contrast(color, ground)).toBeGreaterThanOrEqual(3);
  });
});

/** The validator that MapLibre itself was built with. */
function validateStyle(style: unknown): unknown {
  const besideMapLibre = createRequire(createRequire(import.meta.url).resolve('maplibre-gl/package.json'));
  const { validateStyleMin } = besideMapLibre('@maplibre/maplibre-gl-style-spec');
  return validateStyleMin(style);
}

/** Contrast ratio of WCAG 2.2. */
function contrast(a: string, b: string): number {
  const [light = 0, dark = 0] = [luminance(a), luminance(b)].toSorted((x, y) => y - x);
  return (light + 0.05) / (dark + 0.05);
}

function luminance(color: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((i) => {
    const value = Number.parseInt(color.slice(i, i + 2), 16) / 255;
    return value <= 0.03928 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}
