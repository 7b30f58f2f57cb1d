import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ALGORITHMS } from '../../src/raster/algorithms/registry.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { startTestServer, type TestServer } from '../support/server.ts';
import { send, type WireAnswer } from './bad-inputs/wire.ts';

let database: TestDatabase;
let server: TestServer;

beforeAll(async () => {
  database = await createTestDatabase('empty');
  server = await startTestServer({ database });
});

afterAll(async () => {
  await server?.close();
  await database?.close();
});

const get = (target: string): Promise<WireAnswer> => send(server.root, { target });
const body = async (target: string): Promise<Record<string, unknown>> => JSON.parse((await get(target)).body.toString());

describe('the registry of algorithms', () => {
  test('lists all with links that answer', async () => {
    const document = await body('/algorithms?f=json');
    expect(document['algorithms']).toEqual(
      [...ALGORITHMS.values()].map(({ name, title, description }) =>
        expect.objectContaining({
          id: name,
          title,
          description,
          links: expect.arrayContaining([expect.objectContaining({ rel: 'item' })]),
        }),
      ),
    );
    expect((await get('/algorithms?f=html')).body.toString()).toContain('Colour relief');
  });

  test('describes one as TiTiler does: inputs, outputs, parameters', async () => {
    expect(await body('/algorithms/slope?f=json')).toMatchObject({
      id: 'slope',
      title: 'Slope',
      inputs: { nbands: 1 },
      outputs: { nbands: 1, kind: 'values', min: [0], max: [90] },
      parameters: { z_exaggeration: { type: 'number', minimum: 1e-6, maximum: 1e6, default: 1 }, unit: { enum: ['degree', 'percent'] } },
    });
    const html = (await get('/algorithms/hillshade?f=html')).body.toString();
    expect(html).toContain('angle_altitude');
    expect(html).toContain('algorithm=hillshade');
  });

  test.each([...ALGORITHMS.keys()])('has a document and a page of %s', async (name) => {
    const [json, html] = [await get(`/algorithms/${name}?f=json`), await get(`/algorithms/${name}?f=html`)];
    expect([json.status, html.status]).toEqual([200, 200]);
    expect(html.body.toString()).not.toMatch(/undefined|\[object/);
  });

  test.each(['nope', 'constructor', '__proto__', 'Slope'])('has no %s', async (name) => {
    expect((await get(`/algorithms/${name}`)).status).toBe(404);
  });
});
