import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import supertest from 'supertest';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { eventually } from '../support/eventually.ts';
import { isRecord } from '../http/documents/crawl.ts';
import { startServerOn } from '../support/server.ts';

// What clients read of the demo tables, as files to be reviewed: BLESS=1 rewrites them. The host stands as `{root}`;
// what changes with every version of the program or of the test is left out.

/** File → path. */
const DOCUMENTS: Readonly<Record<string, string>> = {
  'landing-page': '/?f=json',
  conformance: '/conformance?f=json',
  api: '/api?f=json',
  collections: '/collections?f=json',
  'collection-cities': '/collections/cities?f=json',
  'collection-geoid': '/collections/geoid?f=json',
  'schema-cities': '/collections/cities/schema?f=json',
  'items-cities': '/collections/cities/items?f=json&limit=2&bbox=7,46,8,47',
  'item-city': '/collections/cities/items/2661552?f=json',
  'tilesets-countries': '/collections/countries/tiles?f=json',
  'tileset-countries': '/collections/countries/tiles/WebMercatorQuad?f=json',
  'tileset-geoid': '/collections/geoid/map/tiles/WorldCRS84Quad?f=json',
  'tilejson-countries': '/collections/countries/tiles/WebMercatorQuad/tilejson.json',
  'tilejson-geoid': '/collections/geoid/map/tiles/WebMercatorQuad/tilejson.json',
  'style-cities': '/collections/cities/tiles/WebMercatorQuad/style.json',
  style: '/style.json',
  'tile-matrix-sets': '/tileMatrixSets?f=json',
  'tile-matrix-set': '/tileMatrixSets/WebMercatorQuad?f=json',
  'problem-parameters': '/collections/cities/items?limit=x&bbox=1,2,3&nope=1',
  'problem-not-found': '/collections/nowhere?f=json',
};

const BLESS = process.env['BLESS'] === '1';
const file = (name: string): string => fileURLToPath(new URL(`documents/${name}.json`, import.meta.url));

let server: Awaited<ReturnType<typeof startServerOn>>;

// Without the raster of the optional package, so that the files are the same everywhere.
beforeAll(async () => {
  server = await startServerOn('demo', { GRATICULE_EXCLUDE: '*.*blue_marble' });
  await settle();
  if (BLESS) mkdirSync(new URL('documents', import.meta.url), { recursive: true });
});
afterAll(() => server?.close());

/** Extents are estimates until they have been measured in the background: waits for what the rows say. */
async function settle(): Promise<void> {
  for (const table of ['cities', 'countries', 'land']) {
    const [row] = await server.database.query(
      `select st_xmin(e) w, st_ymin(e) s, st_xmax(e) e, st_ymax(e) n from (select st_extent(geom) e from ${table}) x`,
    );
    const measured = [row?.['w'], row?.['s'], row?.['e'], row?.['n']].map(Number);
    await eventually(`the extent of ${table} is measured`, 20_000, async () => {
      const { body } = await supertest(server.root).get(`/collections/${table}?f=json`);
      const told: readonly number[] | undefined = body.extent?.spatial?.bbox[0];
      return told !== undefined && told.every((value, i) => Math.abs(value - (measured[i] ?? 0)) < 5e-8);
    });
  }
}

describe('blessed documents of the demo tables', () => {
  test.each(Object.entries(DOCUMENTS))('%s', async (name, path) => {
    const answer = await supertest(server.root).get(path).set('Accept', 'application/json');
    const document: unknown = JSON.parse(answer.text);
    const text = `${JSON.stringify(normalised(name === 'api' ? outline(document) : document), undefined, 2)}\n`;
    if (BLESS) writeFileSync(file(name), text);
    expect(text).toBe(readFileSync(file(name), 'utf8'));
  });

  test('every file belongs to a document', () => {
    const names = readdirSync(new URL('documents', import.meta.url)).map((entry) => entry.replace(/\.json$/, ''));
    expect(names.toSorted()).toEqual(Object.keys(DOCUMENTS).toSorted());
  });
});

/** Of the API definition what a reviewer reads: operations, names of parameters, media types of answers. */
function outline(api: unknown): unknown {
  const paths = isRecord(api) && isRecord(api['paths']) ? api['paths'] : {};
  return Object.entries(paths).flatMap(([path, item]) =>
    Object.entries(isRecord(item) ? item : {}).flatMap(([method, operation]) => {
      if (!isRecord(operation)) return [];
      const { operationId, parameters, responses } = operation;
      const listed = Array.isArray(parameters) ? parameters.filter(isRecord) : [];
      const answers = Object.entries(isRecord(responses) ? responses : {}).map(([status, response]) => {
        const content = isRecord(response) && isRecord(response['content']) ? Object.keys(response['content']) : response;
        return [status, content];
      });
      return [
        { [`${method} ${path}`]: operationId, parameters: listed.map((p) => p['$ref'] ?? p['name']), answers: Object.fromEntries(answers) },
      ];
    }),
  );
}

/** The document with the server's address, times of the request and request ids replaced; the order of members stays. */
function normalised(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(normalised);
  if (typeof value === 'string') return value.replaceAll(server.root, '{root}');
  if (typeof value !== 'object' || value === null) return value;
  const isProblem = 'status' in value && 'instance' in value;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => {
      if (name === 'timeStamp') return [name, '{now}'];
      if (isProblem && name === 'instance') return [name, '{request}'];
      return [name, normalised(member)];
    }),
  );
}
