import { mkdtempSync, rmSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import supertest from 'supertest';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ClusterRequest } from '../../src/cluster/placement.ts';
import { dropClusters, openPrivateCluster, stopClusters } from '../../src/cluster/private-cluster.ts';
import { connectionUrl } from '../support/connection-url.ts';
import { startServerOn, startTestServer, type TestServer } from '../support/server.ts';
import { eventually } from '../support/eventually.ts';
import { sendRaw } from './bad-inputs/wire.ts';

describe('the administration listener', () => {
  let server: Awaited<ReturnType<typeof startServerOn>>;

  beforeAll(async () => {
    server = await startServerOn('empty');
    await server.database.query(
      `create table roads (id int primary key, geom geometry(LineString, 4326));
       create index on roads using gist (geom); analyze roads;
       create table unkeyed (geom geometry(Point, 4326));
       create table nowhere (id int primary key, geom geometry);
       create table secret (id int primary key, geom geometry(Point, 4326));
       revoke select on secret from graticule_reader`,
    );
    await server.running.refresh();
  });
  afterAll(() => server?.close());

  test('/live tells the version, /ready database and catalogue', async () => {
    const live = await supertest(server.adminRoot).get('/live');
    expect(live.status).toBe(200);
    expect(live.body).toMatchObject({ status: 'pass', version: expect.stringMatching(/^\d+\.\d+\.\d+/) });
    const ready = await supertest(server.adminRoot).get('/ready');
    expect(ready.status).toBe(200);
    expect(ready.body).toMatchObject({ status: 'pass', database: 'up', catalog: { collections: 2, version: expect.any(String) } });
    expect(ready.headers['cache-control']).toBe('no-store');
  });

  test('/catalog?explain has a code, a sentence and the SQL that changes it for all that is left out or slow', async () => {
    const { body, type } = await supertest(server.adminRoot).get('/catalog?explain');
    expect(type).toBe('application/json');
    const findings: readonly Readonly<Record<string, string>>[] = body;
    const of = (relation: string, code: string): Readonly<Record<string, string>> | undefined =>
      findings.find((finding) => finding['relation'] === `public.${relation}` && finding['code'] === code);
    expect(of('secret', 'no-select-privilege')?.['remedy']).toMatch(/grant select on .*secret.* to .*graticule_reader/i);
    expect(of('nowhere', 'srid-unknown')?.['remedy']).toMatch(/alter table/i);
    expect(of('unkeyed', 'no-primary-key')?.['remedy']).toMatch(/primary key/i);
    expect(of('unkeyed', 'no-spatial-index')?.['remedy']).toMatch(/create index .* using gist/i);
    expect(findings.every(({ message }) => message !== undefined && message.length > 10)).toBe(true);
    expect(findings.filter(({ relation }) => relation === 'public.roads')).toEqual([]);
  });

  test('/catalog lists what is served with its relation, and the version of the server', async () => {
    const { body } = await supertest(server.adminRoot).get('/catalog');
    expect(body).toMatchObject({
      server: { postgresql: expect.stringMatching(/^\d+/), postgis: expect.stringMatching(/^3\./) },
      collections: expect.arrayContaining([{ id: 'roads', relation: 'public.roads', kind: 'vector' }]),
    });
  });

  test('/metrics is the text that Prometheus reads: requests by route and status, connections, times', async () => {
    await supertest(server.root).get('/collections/roads/items');
    await supertest(server.root).get('/collections/nope/items');
    const { text, headers } = await supertest(server.adminRoot).get('/metrics');
    expect(headers['content-type']).toMatch(/^text\/plain; version=/);
    expect(text).toMatch(/route="features\.items"[^}]*status="200"[^}]*\} 1|status="200"[^}]*route="features\.items"[^}]*\} 1/);
    expect(text).toMatch(/route="features\.items"[^}]*status="404"|status="404"[^}]*route="features\.items"/);
    expect(text).toMatch(/db_client_connection_count\{state="\w+"\} \d+/);
    expect(text).not.toContain('nope');
    for (const line of text.split('\n').filter((line) => line !== '' && !line.startsWith('#'))) {
      expect(line).toMatch(/^[a-zA-Z_:][\w:]*(\{.*\})? (-?[\d.e+-]+|NaN|[+-]Inf)$/);
    }
  });

  test('only reads, and says which methods there are', async () => {
    const answer = await supertest(server.adminRoot).post('/ready');
    expect(answer.status).toBe(405);
    expect(answer.headers['allow']).toBe('GET, HEAD');
    expect(answer.type).toBe('application/problem+json');
    expect((await supertest(server.adminRoot).head('/live')).status).toBe(200);
    expect((await supertest(server.adminRoot).get('/nowhere')).status).toBe(404);
  });

  test('answers nobody who came by another name: a page cannot be led here', async () => {
    const answer = await sendRaw(server.adminRoot, 'GET /catalog HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n');
    expect(answer.status).toBe(403);
    expect(answer.body).not.toContain('roads');
    expect(answer.head).toContain('x-content-type-options: nosniff');
    expect(answer.head).not.toContain('access-control-allow-origin');
  });
});

describe('/ready', { timeout: 60_000 }, () => {
  const checkout = mkdtempSync(join(tmpdir(), 'graticule-ready-'));
  const request: ClusterRequest = {
    checkout,
    purpose: 'test',
    env: process.env,
    home: homedir(),
    temporary: tmpdir(),
    uid: process.getuid?.(),
  };
  let server: TestServer;

  afterAll(async () => {
    await server?.close();
    await stopClusters(request);
    await dropClusters(request).catch(() => undefined);
    rmSync(checkout, { recursive: true, force: true });
  });

  test('is false within a second of the database going, true again when it is back; /health and /live never fall', async () => {
    const cluster = await openPrivateCluster(request, () => undefined);
    server = await startTestServer({
      database: { readerUrl: connectionUrl(cluster.reader('postgres')) },
      expectedErrors: /database lost|GET \/collections 503|catalogue not refreshed/,
    });
    const ready = async (): Promise<number> => (await supertest(server.adminRoot).get('/ready')).status;
    expect(await ready()).toBe(200);

    const witness = new pg.Client(connectionUrl(cluster.owner('postgres')));
    await witness.connect();
    const gone = new Promise<number>((resolve) => witness.on('error', () => resolve(performance.now())));
    const stopping = stopClusters(request);
    const begin = await gone;
    await eventually('not ready', 5000, async () => (await ready()) === 503);
    expect(performance.now() - begin).toBeLessThan(1000);
    await stopping;
    expect((await supertest(server.adminRoot).get('/ready')).body).toMatchObject({ status: 'fail', database: 'down' });
    for (const url of [`${server.root}/health`, `${server.adminRoot}/live`]) expect((await fetch(url)).status, url).toBe(200);

    await openPrivateCluster(request, () => undefined);
    await eventually('ready again', 10_000, async () => (await ready()) === 200);
  });
});
