import { describe, expect, it } from 'vitest';
import { errorKinds } from '../../../src/base/error.ts';
import { renderApiPage } from '../../../src/html/api-page.ts';
import { listAssets } from '../../../src/html/assets.ts';
import { renderCollectionPage } from '../../../src/html/collection-page.ts';
import { renderCollectionsPage } from '../../../src/html/collections-page.ts';
import { renderConformancePage } from '../../../src/html/conformance-page.ts';
import { renderItemPage } from '../../../src/html/item-page.ts';
import { renderItemsPage } from '../../../src/html/items-page.ts';
import { renderLandingPage } from '../../../src/html/landing-page.ts';
import { renderMapPage } from '../../../src/html/map-page.ts';
import { PROBLEM_EXPLANATIONS } from '../../../src/html/problem-explanations.ts';
import { renderProblemKindPage } from '../../../src/html/problem-page.ts';
import { renderLegendPage } from '../../../src/html/legend-page.ts';
import { renderPointPage } from '../../../src/html/point-page.ts';
import { renderRasterInfoPage } from '../../../src/html/raster-info-page.ts';
import { renderDomainSetPage, renderRangeTypePage } from '../../../src/html/coverage-description-pages.ts';
import { renderRasterMapPage } from '../../../src/html/raster-map-page.ts';
import { renderSchemaPage } from '../../../src/html/schema-page.ts';
import { renderStatisticsPage } from '../../../src/html/statistics-page.ts';
import { renderTileMatrixSetPage, renderTileMatrixSetsPage } from '../../../src/html/tile-matrix-set-pages.ts';
import { renderTileSetPage } from '../../../src/html/tile-set-page.ts';
import { renderTileSetsPage } from '../../../src/html/tile-sets-page.ts';
import { renderValueCountPage } from '../../../src/html/value-count-page.ts';
import { renderViewerPage } from '../../../src/html/viewer-page.ts';
import { collection, collections, features, HOSTILE, landing, pageAt, ROOT, schema, tileSet } from './sample-documents.ts';
import { counts, domainSet, info, legend, point, rangeType, raster, statistics } from './sample-rasters.ts';

const [shown] = features.features;
const ofRaster = { collection: raster, links: collection.links };
const tilesOf = { collection, what: 'Vector tiles' };
const matrixSet = {
  id: 'WebMercatorQuad',
  title: HOSTILE,
  crs: HOSTILE,
  tileMatrices: [
    {
      id: '0',
      scaleDenominator: 559082264.028717,
      cellSize: 156543.03392804,
      pointOfOrigin: [0, 0],
      tileWidth: 256,
      tileHeight: 256,
      matrixWidth: 1,
      matrixHeight: 1,
    },
  ],
} as const;

/** Path of each page and its HTML, made of hostile documents. */
const PAGES: readonly (readonly [path: string, html: string])[] = [
  ['/', renderLandingPage(landing, pageAt('/'), { collections: [collection], total: 99 })],
  ['/collections', renderCollectionsPage(collections, pageAt('/collections', { q: HOSTILE }))],
  ['/collections/a%2Fb', renderCollectionPage(collection, pageAt('/collections/a%2Fb'), { features, schema })],
  ['/collections/a%2Fb/items', renderItemsPage(features, pageAt('/collections/a%2Fb/items', { limit: '3', name: HOSTILE }), collection)],
  [
    '/collections/a%2Fb/items/7',
    renderItemPage(shown ?? { type: 'Feature', geometry: null, properties: null }, pageAt('/collections/a%2Fb/items/7'), collection),
  ],
  ['/collections/a%2Fb/schema', renderSchemaPage(schema, pageAt('/collections/a%2Fb/schema'), { collection, links: collection.links })],
  [
    '/collections/a%2Fb/tiles',
    renderTileSetsPage({ tilesets: [tileSet], links: collection.links }, pageAt('/collections/a%2Fb/tiles'), tilesOf),
  ],
  ['/collections/a%2Fb/tiles/WebMercatorQuad', renderTileSetPage(tileSet, pageAt('/collections/a%2Fb/tiles/WebMercatorQuad'), tilesOf)],
  [
    '/collections/a%2Fb/tiles/WebMercatorQuad/map.html',
    renderMapPage(tileSet, pageAt('/collections/a%2Fb/tiles/WebMercatorQuad/map.html'), tilesOf),
  ],
  [
    '/collections/r%2Fs',
    renderCollectionPage({ ...collection, id: 'r/s' }, pageAt('/collections/r%2Fs'), {
      raster: { collection: raster, wms: `${ROOT}/wms?${HOSTILE}` },
    }),
  ],
  [
    '/collections/r%2Fs/map/tiles/WebMercatorQuad/map.html',
    renderRasterMapPage(
      {
        title: HOSTILE,
        path: '/collections/r%2Fs',
        crumbs: [],
        collection: raster,
        times: { first: '2001-01-01T00:00:00Z', last: '2002-01-01T00:00:00Z', instants: ['2001-01-01T00:00:00Z', '2002-01-01T00:00:00Z'] },
      },
      pageAt('/collections/r%2Fs/map/tiles/WebMercatorQuad/map.html'),
    ),
  ],
  ['/collections/r%2Fs/coverage/domainset', renderDomainSetPage(domainSet, pageAt('/collections/r%2Fs/coverage/domainset'), ofRaster)],
  ['/collections/r%2Fs/coverage/rangetype', renderRangeTypePage(rangeType, pageAt('/collections/r%2Fs/coverage/rangetype'), ofRaster)],
  ['/collections/r%2Fs/info', renderRasterInfoPage(info, pageAt('/collections/r%2Fs/info'), ofRaster)],
  [
    '/collections/r%2Fs/statistics',
    renderStatisticsPage(statistics, pageAt('/collections/r%2Fs/statistics', { expression: HOSTILE }), ofRaster),
  ],
  [
    '/collections/r%2Fs/valuecount',
    renderValueCountPage(counts, pageAt('/collections/r%2Fs/valuecount'), { ...ofRaster, colors: new Map([[1, '#ff0000']]) }),
  ],
  ['/collections/r%2Fs/point/7,46', renderPointPage(point, pageAt('/collections/r%2Fs/point/7,46'), ofRaster)],
  [
    '/collections/r%2Fs/legend',
    renderLegendPage(legend, pageAt('/collections/r%2Fs/legend', { colormap_name: HOSTILE }), {
      ...ofRaster,
      picture: (f) => `${ROOT}/collections/r%2Fs/legend?f=${f}`,
    }),
  ],
  [
    '/tileMatrixSets',
    renderTileMatrixSetsPage({ tileMatrixSets: [{ id: 'WebMercatorQuad', title: HOSTILE, links: [] }] }, pageAt('/tileMatrixSets')),
  ],
  ['/tileMatrixSets/WebMercatorQuad', renderTileMatrixSetPage(matrixSet, pageAt('/tileMatrixSets/WebMercatorQuad'))],
  [
    '/conformance',
    renderConformancePage({ conformsTo: ['http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/core', HOSTILE] }, pageAt('/conformance')),
  ],
  ['/viewer', renderViewerPage(pageAt('/viewer'))],
  [
    '/api',
    renderApiPage(pageAt('/api'), {
      href: `${ROOT}/api?f=json`,
      rel: 'service-desc',
      type: 'application/vnd.oai.openapi+json;version=3.0',
    }),
  ],
  ['/problems/not-found', renderProblemKindPage({ status: 404, slug: 'not-found', title: 'Not found' }, pageAt('/problems/not-found'))],
];

interface Tag {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
}

/** Start tags with their attributes, values unescaped; enough for markup that our renderer wrote. */
function tags(html: string): readonly Tag[] {
  return [...html.matchAll(/<([a-zA-Z][\w-]*)((?: [\w:-]+(?:="[^"]*")?)*)>/g)].map(([, name = '', attributes = '']) => ({
    name,
    attributes: new Map([...attributes.matchAll(/ ([\w:-]+)(?:="([^"]*)")?/g)].map(([, key = '', value = '']) => [key, unescape(value)])),
  }));
}

function unescape(text: string): string {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&#39;', "'").replaceAll('&amp;', '&');
}

function addresses(html: string): readonly string[] {
  return tags(html).flatMap(({ name, attributes }) =>
    name === 'use'
      ? []
      : ['href', 'src', 'action', 'data-style', 'data-geojson', 'data-definition', 'data-home'].flatMap((key) => attributes.get(key) ?? []),
  );
}

describe.each(PAGES)('page %s', (path, html) => {
  it('is whole: one title, one main, one heading of the first level, and no element came from the data', () => {
    for (const name of ['title', 'main', 'h1']) expect(tags(html).filter((tag) => tag.name === name)).toHaveLength(1);
    expect(html).not.toMatch(/<img src=x/);
    expect(html).not.toContain('<script>');
  });

  it('lives with the content security policy: no inline script, no inline style, no handler, no foreign address of its own', () => {
    for (const { name, attributes } of tags(html)) {
      expect([...attributes.keys()].filter((key) => /^on|^style$/i.test(key))).toEqual([]);
      expect(name).not.toBe('style');
      if (name === 'script') expect(attributes.get('src')).toMatch(/assets\/[\w.-]+$/);
    }
    expect(html).not.toMatch(/<script[^>]*>[^<]/);
    const schemes = addresses(html)
      .map((address) => /^[a-z]+(?=:)/i.exec(address)?.[0])
      .filter((scheme) => scheme !== undefined);
    expect(schemes.filter((scheme) => !/^https?$/.test(scheme))).toEqual([]);
  });

  it('addresses itself relatively, and every asset exists', () => {
    const assets = listAssets();
    for (const address of addresses(html)) {
      expect(address.startsWith(ROOT)).toBe(false);
      const { pathname, host } = new URL(address, ROOT + path);
      if (host === 'example.org') expect(pathname.startsWith('/geo/')).toBe(true);
      const name = /^\/geo\/assets\/(.*)$/.exec(pathname)?.[1];
      if (name !== undefined) expect([...assets.keys()]).toContain(name);
    }
  });

  it('labels its fields, and gives every id once', () => {
    const all = tags(html);
    const labelled = new Set(all.filter((tag) => tag.name === 'label').map((tag) => tag.attributes.get('for')));
    for (const { name, attributes } of all) {
      if ((name === 'input' && attributes.get('type') !== 'hidden') || name === 'select') expect(labelled).toContain(attributes.get('id'));
    }
    const ids = all.flatMap((tag) => tag.attributes.get('id') ?? []);
    expect(new Set(ids).size).toBe(ids.length);
  });
});

describe('links', () => {
  const resolved = (path: string): readonly string[] => {
    const html = PAGES.find(([own]) => own === path)?.[1] ?? '';
    return addresses(html).map((address) => new URL(address, ROOT + path).href);
  };

  it.each([
    ['/', landing.links],
    ['/collections/a%2Fb', collection.links],
    ['/collections/a%2Fb/items', features.links],
    ['/collections/a%2Fb/tiles', collection.links],
  ])('page %s keeps every link of its document but unsafe ones', (path, links) => {
    const shownLinks = resolved(path);
    const kept = links.filter((link) => link.href.startsWith('http') && (link.rel !== 'self' || link.type !== 'text/html'));
    for (const link of kept) expect(shownLinks).toContain(new URL(link.href).href);
    expect(shownLinks.filter((link) => link.startsWith('javascript'))).toEqual([]);
  });

  it('a templated link is shown as text', () => {
    expect(PAGES.find(([own]) => own.endsWith('/tiles/WebMercatorQuad'))?.[1]).toContain(
      `${ROOT}/collections/a%2Fb/tiles/WebMercatorQuad/{tileMatrix}/{tileRow}/{tileCol}</code>`,
    );
  });

  it('paging leads to pages, not to JSON', () => {
    const html = PAGES.find(([own]) => own === '/collections')?.[1] ?? '';
    const byRel = (rel: string): string | undefined =>
      tags(html)
        .find((tag) => tag.attributes.get('rel') === rel)
        ?.attributes.get('href');
    expect(byRel('next')).toBe('collections?offset=10');
    expect(byRel('prev')).toBe('collections?offset=0');
  });

  it('a feature leads to its own page, its id encoded', () => {
    expect(resolved('/collections/a%2Fb/items')).toContain(`${ROOT}/collections/a%2Fb/items/7`);
    expect(resolved('/collections/a%2Fb/items')).toContain(new URL(`${ROOT}/collections/a%2Fb/items/${encodeURIComponent(HOSTILE)}`).href);
  });
});

describe('problems', () => {
  it('every kind of the closed table is explained', () => {
    for (const { slug } of errorKinds()) expect(PROBLEM_EXPLANATIONS[slug], slug).toBeDefined();
  });
});

describe('assets', () => {
  it('are there, with a media type, and need nothing from another host', async () => {
    const { readFile } = await import('node:fs/promises');
    for (const asset of listAssets().values()) {
      const text = await readFile(asset.file, 'utf8');
      expect(text.length).toBeGreaterThan(0);
      expect(asset.mediaType).toMatch(/^[a-z]+\/[a-z+.-]+/);
      if (/\.(css|js)$/.test(asset.name) && !asset.name.startsWith('swagger'))
        expect(text).not.toMatch(/(?:@import|from|import\(|url\()\s*['"]?https?:/);
    }
  });
});
