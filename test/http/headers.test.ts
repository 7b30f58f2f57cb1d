import { request as nodeRequest } from 'node:http';
import supertest from 'supertest';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startServerOn } from '../support/server.ts';
import { sendRaw } from './bad-inputs/wire.ts';

const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; connect-src 'self'; worker-src 'self'; font-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'self'";
const TILE = '/collections/spots/tiles/WebMercatorQuad/0/0/0';
const EXPOSED = ['ETag', 'Link', 'Retry-After', 'Server-Timing', 'Tile-Truncated', 'X-Request-Id', 'Age', 'Content-Crs'];
/** More than is written in one piece, so that the answer is streamed. */
const MANY = 1500;

let server: Awaited<ReturnType<typeof startServerOn>>;

beforeAll(async () => {
  server = await startServerOn('empty', { GRATICULE_LOG_LEVEL: 'info' });
  await server.database.query(
    `create table spots (id int primary key, name text, geom geometry(Point, 4326));
     insert into spots select n, 'spot ' || n, st_setsrid(st_makepoint(n % 360 - 180, n % 170 - 85), 4326) from generate_series(1, ${MANY}) n;
     create index on spots using gist (geom); analyze spots;
     create table heights (rid int primary key, rast raster);
     insert into heights select 1, st_addband(st_makeemptyraster(128, 128, -90, 60, 1, -1, 0, 0, 4326), '8BUI'::text, 7);
     create index on heights using gist (st_convexhull(rast))`,
  );
  await server.running.refresh();
});

afterAll(() => server?.close());

/** A request that asks for nothing of itself: no codings, no compression. */
const ask = (method: 'get' | 'head' | 'options' | 'post' | 'delete', target: string): supertest.Test =>
  supertest(server.root)[method](target).set('Accept-Encoding', 'identity');

describe('headers of every answer', () => {
  const KINDS: readonly (readonly [kind: string, status: number, send: () => supertest.Test])[] = [
    ['a JSON document', 200, () => ask('get', '/?f=json')],
    ['a page', 200, () => ask('get', '/?f=html')],
    ['the API definition', 200, () => ask('get', '/api?f=json')],
    ['a file of the pages', 200, () => ask('get', '/assets/graticule.css')],
    ['an ordinary page of features', 200, () => ask('get', '/collections/spots/items?limit=5')],
    ['a streamed page of features', 200, () => ask('get', `/collections/spots/items?limit=${MANY}`)],
    ['a tile', 200, () => ask('get', TILE)],
    ['the same tile from the cache', 200, () => ask('get', TILE)],
    ['HEAD', 200, () => ask('head', '/collections')],
    ['OPTIONS', 204, () => ask('options', '/collections')],
    ['a bad parameter', 400, () => ask('get', '/collections?limit=x')],
    ['a path that is no UTF-8', 400, () => ask('get', '/collections/%ff')],
    ['nothing there', 404, () => ask('get', '/nowhere')],
    ['a method that is not there', 405, () => ask('post', '/collections')],
    ['nothing acceptable', 406, () => ask('get', '/collections').set('Accept', 'video/mp4')],
    ['a URL that is too long', 414, () => ask('get', `/collections?q=${'a'.repeat(9000)}`)],
  ];

  test.each(KINDS)('%s (%i)', async (_, status, send) => {
    const answer = await send();
    expect(answer.status).toBe(status);
    expectOurHeaders(answer.headers);
  });

  test('304, and it has the tag and the policy of the whole answer', async () => {
    for (const target of ['/?f=json', '/?f=html', TILE, '/assets/graticule.css']) {
      const whole = await ask('get', target);
      const again = await ask('get', target).set('If-None-Match', String(whole.headers['etag']));
      expect(again.status, target).toBe(304);
      expect(again.headers['etag']).toBe(whole.headers['etag']);
      expect(again.headers['cache-control']).toBe(whole.headers['cache-control']);
      expectOurHeaders(again.headers);
    }
  });

  test.each([
    ['headers beyond 16 KiB', 431, `GET / HTTP/1.1\r\nHost: x\r\nX-Long: ${'a'.repeat(17_000)}\r\n\r\n`],
    ['what is no HTTP', 400, 'HELLO\r\n\r\n'],
  ])('%s (%s), which never becomes a request', async (_, status, text) => {
    const answer = await sendRaw(server.root, text);
    expect(answer.status).toBe(status);
    expectOurHeaders(
      Object.fromEntries(
        answer.head
          .split('\r\n')
          .slice(1)
          .map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 2)]),
      ),
    );
  });
});

/** Every answer on plain http lives by the same rules; names in lower case. */
function expectOurHeaders(headers: Readonly<Record<string, unknown>>): void {
  expect(String(headers['content-security-policy']).toLowerCase()).toBe(POLICY);
  expect(headers).not.toHaveProperty('strict-transport-security');
  expect(headers).not.toHaveProperty('x-powered-by');
  expect(headers['cross-origin-resource-policy']).toBe('cross-origin');
  expect(headers['x-content-type-options']).toBe('nosniff');
  expect(headers['access-control-allow-origin']).toBe('*');
  expect(headers).not.toHaveProperty('access-control-allow-credentials');
  const exposed = String(headers['access-control-expose-headers']).toLowerCase().split(/,\s*/);
  expect(exposed).toEqual(expect.arrayContaining(EXPOSED.map((name) => name.toLowerCase())));
  expect(headers['x-request-id']).toMatch(/^[0-9a-f-]{36}$/);
}

describe('methods', () => {
  test('a preflight names methods and headers, and is remembered', async () => {
    const answer = await ask('options', '/collections/spots/items').set({
      Origin: 'https://map.example',
      'Access-Control-Request-Method': 'GET',
      'Access-Control-Request-Headers': 'if-none-match',
    });
    expect(answer.status).toBe(204);
    expect(answer.headers['allow']).toBe('GET, HEAD, OPTIONS');
    expect(answer.headers['access-control-allow-methods']).toContain('GET');
    expect(answer.headers['access-control-allow-headers']).toMatch(/if-none-match/i);
    expect(Number(answer.headers['access-control-max-age'])).toBeGreaterThan(0);
  });

  test.each(['/', '/collections', '/collections/spots/items', TILE, '/assets/graticule.css', '/health'])(
    'DELETE %s is 405 with Allow and a problem',
    async (target) => {
      const answer = await ask('delete', target);
      expect(answer.status).toBe(405);
      expect(answer.headers['allow']).toBe('GET, HEAD, OPTIONS');
      expect(answer.type).toBe('application/problem+json');
      expect(answer.body).toMatchObject({ status: 405, instance: answer.headers['x-request-id'] });
    },
  );

  test('OPTIONS of the server as a whole names the methods; CONNECT is 405 with Allow, not a silence', async () => {
    const whole = await sendRaw(server.root, 'OPTIONS * HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n');
    expect(whole.status).toBe(204);
    expect(whole.head).toContain('allow: get, head, options');
    const tunnel = await sendRaw(server.root, 'CONNECT example.org:443 HTTP/1.1\r\nHost: example.org\r\n\r\n');
    expect(tunnel.status).toBe(405);
    expect(tunnel.head).toContain('allow: get, head, options');
    expect(JSON.parse(tunnel.body)).toMatchObject({ status: 405 });
    expect(tunnel.closed).toBe(true);
  });

  test('a target in absolute form is that of its path', async () => {
    const answer = await sendRaw(server.root, 'GET http://elsewhere.example/health HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n');
    expect(answer.status).toBe(200);
    expect(answer.body).toContain('"pass"');
    const odd = await sendRaw(server.root, 'GET ftp://x/health HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n');
    expect(odd.status).toBe(400);
  });

  test('HEAD of an error has its headers and no body', async () => {
    const answer = await ask('head', '/nowhere');
    expect(answer.status).toBe(404);
    expect(answer.type).toBe('application/problem+json');
    expect(Number(answer.headers['content-length'])).toBeGreaterThan(50);
    expect(answer.text ?? '').toBe('');
  });
});

describe('on request', () => {
  test('Server-Timing names the stages, only when it is preferred', async () => {
    expect((await ask('get', '/collections/spots/items')).headers).not.toHaveProperty('server-timing');
    const answer = await ask('get', '/collections/spots/items').set('Prefer', 'server-timing');
    expect(answer.headers['server-timing']).toMatch(/total;dur=\d+/);
    expect(answer.headers['preference-applied']).toBe('server-timing');
    expect((await ask('get', '/nowhere').set('Prefer', 'server-timing')).headers['server-timing']).toMatch(/total;dur=/);
  });
});

describe('request ids', () => {
  test('the same in header, problem and log', async () => {
    const answer = await ask('get', '/collections/nope?secret=1');
    const id = String(answer.headers['x-request-id']);
    expect(answer.body).toMatchObject({ instance: id });
    const lines = server.log.lines().filter((line) => line['requestId'] === id);
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatchObject({ level: 'info', kind: 'http.request', method: 'GET', status: 400 });
  });

  test('a client may not choose it, and two requests never share it', async () => {
    const [one, two] = await Promise.all([
      ask('get', '/health').set('X-Request-Id', 'mine'),
      ask('get', '/health').set('X-Request-Id', 'mine'),
    ]);
    expect(one.headers['x-request-id']).not.toBe('mine');
    expect(one.headers['x-request-id']).not.toBe(two.headers['x-request-id']);
  });
});

describe('compression', () => {
  test.each([
    ['br', '/?f=json'],
    ['gzip', '/?f=json'],
    ['br', '/?f=html'],
    ['gzip', TILE],
    ['br', '/api?f=json'],
    ['gzip', `/collections/spots/items?limit=${MANY}`],
  ])('%s of %s says so, varies, and has a tag of its own', async (coding, target) => {
    const plain = await raw(target, 'identity');
    const small = await raw(target, coding);
    expect(small.headers['content-encoding']).toBe(coding);
    expect(plain.headers['content-encoding']).toBeUndefined();
    expect(small.headers['vary']).toMatch(/accept-encoding/i);
    expect(plain.headers['vary']).toMatch(/accept-encoding/i);
    expect(small.length).toBeLessThan(plain.length);
    if (plain.headers['etag'] !== undefined) expect(small.headers['etag']).not.toBe(plain.headers['etag']);
  });

  test('a coding that is refused by q=0 is not used, and pictures are not compressed again', async () => {
    expect((await raw('/?f=json', 'br;q=0, gzip;q=0.5')).headers['content-encoding']).toBe('gzip');
    expect((await raw('/?f=json', '*;q=0, identity')).headers['content-encoding']).toBeUndefined();
    expect(
      (await raw('/collections/heights/map/tiles/WebMercatorQuad/0/0/0?f=png', 'br, gzip')).headers['content-encoding'],
    ).toBeUndefined();
  });
});

/** What is on the wire, before any client has decompressed it. */
async function raw(
  target: string,
  acceptEncoding: string,
): Promise<{ readonly headers: Readonly<Record<string, unknown>>; readonly length: number }> {
  return new Promise((resolve, reject) => {
    const sent = nodeRequest(`${server.root}${target}`, { headers: { 'Accept-Encoding': acceptEncoding } }, (response) => {
      let length = 0;
      response.on('data', (piece: Buffer) => (length += piece.length));
      response.on('end', () => resolve({ headers: response.headers, length }));
      response.on('error', reject);
    });
    sent.on('error', reject);
    sent.end();
  });
}
