import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startServerOn } from '../support/server.ts';

type Server = Awaited<ReturnType<typeof startServerOn>>;

let server: Server;

beforeAll(async () => {
  server = await startServerOn('demo');
});

afterAll(() => server.close());

describe('the demo tables', () => {
  it('are all on the web without configuration', async () => {
    const response = await fetch(`${server.root}/collections`);
    expect(response.status).toBe(200);
    const text = await response.text();
    for (const id of ['cities', 'countries', 'land', 'geoid']) expect(text).toContain(`"id":"${id}"`);
  });

  it('answer with features in GeoJSON', async () => {
    const response = await fetch(`${server.root}/collections/cities/items?limit=3`);
    expect(response.headers.get('content-type')).toBe('application/geo+json');
    expect(await response.json()).toMatchObject({ type: 'FeatureCollection', numberReturned: 3 });
  });

  it('answer with vector tiles', async () => {
    const response = await fetch(`${server.root}/collections/countries/tiles/WebMercatorQuad/0/0/0`);
    expect(response.headers.get('content-type')).toBe('application/vnd.mapbox-vector-tile');
    expect((await response.arrayBuffer()).byteLength).toBeGreaterThan(1000);
  });

  it('answer with pictures of rasters', async () => {
    const response = await fetch(`${server.root}/collections/geoid/map/tiles/WebMercatorQuad/1/0/0`);
    expect(response.headers.get('content-type')).toBe('image/png');
    const bytes = Buffer.from(await response.arrayBuffer());
    expect(bytes.subarray(1, 4).toString()).toBe('PNG');
    expect(bytes.length).toBeGreaterThan(2000);
  });

  it('have a page for people', async () => {
    const response = await fetch(`${server.root}/`, { headers: { Accept: 'text/html' } });
    expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(await response.text()).toContain('<h1');
  });
});
