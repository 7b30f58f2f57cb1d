import { readFileSync } from 'node:fs';
import { Validator } from '@seriousme/openapi-schema-validator';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { isSchemaName } from './documents/schema-name.ts';
import { validate } from '../../src/model/validate.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { startTestServer, type TestServer } from '../support/server.ts';
import { send, type WireAnswer } from './bad-inputs/wire.ts';
import { type ApiLookup, readApi } from './documents/api-lookup.ts';
import { acceptOf, crawl, decoded, isRecord, mediaType, targetOf, type Visit } from './documents/crawl.ts';

const FIXTURES: readonly (readonly [name: string, template: 'empty' | 'odd', sql: string | undefined])[] = [
  ['ordinary tables', 'empty', '../../conformance/fixture.sql'],
  ['odd tables', 'odd', undefined],
];

/** Headers that tell of one answer, not of the resource. */
const OF_ONE_ANSWER = new Set([
  'date',
  'x-request-id',
  'age',
  'cache-status',
  'connection',
  'keep-alive',
  'server-timing',
  'transfer-encoding',
]);

/** A legend of no collection, under a name that must be encoded in addresses and pages. */
const LEGENDS = `create schema if not exists graticule;
  create table graticule.legend (collection text, value float8, label text, color text);
  insert into graticule.legend values ('soil / <types>', 1, 'Sand & silt', '#e5c07b'), ('soil / <types>', 2, 'Clay', null);
  grant usage on schema graticule to public;
  grant select on graticule.legend to public`;

describe.each(FIXTURES)('documents of %s', (_, template, sql) => {
  let database: TestDatabase;
  let server: TestServer;
  let api: ApiLookup;
  let visits: readonly Visit[] = [];

  beforeAll(async () => {
    database = await createTestDatabase(template);
    if (sql !== undefined) await database.query(readFileSync(new URL(sql, import.meta.url), 'utf8'));
    await database.query(LEGENDS);
    server = await startTestServer({ database });
    const answer = await send(server.root, { target: '/api?f=json' });
    const document: unknown = JSON.parse(answer.body.toString('utf8'));
    api = readApi(isRecord(document) ? document : {});
    visits = await crawl(server.root, api, { perRoute: 4, total: 900 });
  });

  afterAll(async () => {
    await server?.close();
    await database?.close();
  });

  const readJson = async (target: string): Promise<unknown> => {
    const answer = await send(server.root, { target, headers: { Accept: 'application/json' } });
    return JSON.parse(answer.body.toString('utf8'));
  };

  test('every link answers 200 with the type that it declares', () => {
    expect(visits.length).toBeGreaterThan(60);
    const wrong = visits.filter(({ answer, link }) => {
      if (answer.status !== 200) return true;
      return link.type !== undefined && mediaType(answer.headers['content-type']) !== mediaType(link.type);
    });
    expect(wrong.map(describeVisit)).toEqual([]);
  });

  test('every JSON document obeys the schema that the API definition names for it', () => {
    const checked = new Set<string>();
    const violations = visits
      .filter((visit) => visit.document !== undefined && visit.answer.status === 200)
      .flatMap((visit) => {
        const type = mediaType(visit.answer.headers['content-type']);
        const name = visit.route === undefined ? undefined : api.schemaOf(visit.route, type);
        if (name === undefined || !isSchemaName(name)) return WITHOUT_SCHEMA.has(type) ? [] : [`${visit.url} (${type}) has no schema`];
        checked.add(name);
        return validate(name, visit.document)
          .slice(0, 3)
          .map((v) => `${targetOf(visit.url)} ${name} ${v.path} ${v.message}`);
      });
    expect(violations).toEqual([]);
    expect([...checked]).toEqual(
      expect.arrayContaining(['landingPage', 'confClasses', 'collections', 'collection', 'tileSets', 'tileSet', 'tileMatrixSet']),
    );
  });

  test('items, schema and tile sets of every collection obey their schemas', { timeout: 60_000 }, async () => {
    const collections = await readJson('/collections?limit=1000');
    const entries = isRecord(collections) && Array.isArray(collections['collections']) ? collections['collections'].filter(isRecord) : [];
    expect(entries.length).toBeGreaterThan(8);
    const wrong: string[] = [];
    for (const entry of entries) {
      const links = Array.isArray(entry['links']) ? entry['links'].filter(isRecord) : [];
      for (const { href, type } of links.filter((link) => String(link['type']).includes('json'))) {
        const answer = await send(server.root, { target: targetOf(String(href)), headers: { Accept: String(type) } });
        const name = api.schemaOf(api.routeOf(new URL(String(href)).pathname) ?? '', mediaType(answer.headers['content-type']));
        if (answer.status !== 200) wrong.push(`${String(href)} answers ${answer.status}`);
        else if (name !== undefined && isSchemaName(name)) {
          wrong.push(
            ...validate(name, JSON.parse(answer.body.toString('utf8')))
              .slice(0, 2)
              .map((v) => `${String(href)} ${v.path} ${v.message}`),
          );
        }
      }
    }
    expect(wrong).toEqual([]);
  });

  test('every route of the API definition that links lead to was visited, in every representation', () => {
    const reached = new Set(visits.flatMap((visit) => api.routesOf(new URL(visit.url).pathname)));
    const missed = api.routes.filter((route) => !reached.has(route) && api.hasGet(route) && !isAlias(route));
    expect(missed).toEqual([]);
  });

  test('HEAD answers with the headers of GET and no body', async () => {
    for (const visit of onePerRoute(visits)) {
      const request = { target: targetOf(visit.url), headers: { Accept: acceptOf(visit.link) } };
      const got = await send(server.root, request);
      const head = await send(server.root, { ...request, method: 'HEAD' });
      expect(head.body.length, visit.url).toBe(0);
      expect(head.status, visit.url).toBe(got.status);
      expect(Object.keys(lasting(head)), visit.url).toEqual(Object.keys(lasting(got)));
      expect(mediaType(head.headers['content-type']), visit.url).toBe(mediaType(got.headers['content-type']));
    }
  });

  test('an answer with an ETag is 304 to who has it, with the same ETag and no body', async () => {
    const tagged = onePerRoute(visits).filter((visit) => visit.answer.headers.etag !== undefined);
    expect(tagged.length).toBeGreaterThan(8);
    for (const visit of tagged) {
      const headers = { Accept: acceptOf(visit.link) };
      const first = await send(server.root, { target: targetOf(visit.url), headers });
      const tag = String(first.headers.etag);
      const again = await send(server.root, { target: targetOf(visit.url), headers: { ...headers, 'If-None-Match': `"other", ${tag}` } });
      expect(again.status, visit.url).toBe(304);
      expect(again.headers.etag, visit.url).toBe(tag);
      expect(again.body.length, visit.url).toBe(0);
    }
  });

  test('gzip and brotli bodies are the same bytes as the plain one', async () => {
    for (const visit of onePerRoute(visits)) {
      const target = targetOf(visit.url);
      const [plain, gzip, brotli] = await Promise.all(
        ['identity', 'gzip', 'br'].map((encoding) =>
          send(server.root, { target, headers: { Accept: acceptOf(visit.link), 'Accept-Encoding': encoding } }),
        ),
      );
      if (plain === undefined || gzip === undefined || brotli === undefined) throw new Error('no answer');
      expect(plain.headers['content-encoding'], target).toBeUndefined();
      expect(stable(decoded(gzip)), target).toBe(stable(plain.body));
      expect(stable(decoded(brotli)), target).toBe(stable(plain.body));
      expect(String(plain.headers.vary).toLowerCase(), target).toContain('accept');
    }
  });

  test('the API definition is valid OpenAPI 3.0', async () => {
    expect(api.document['openapi']).toMatch(/^3\.0\.\d$/);
    const result = await new Validator().validate(withoutIds(api.document));
    expect(result.errors ?? []).toEqual([]);
    expect(result.valid).toBe(true);
  });

  test('every HTML page takes nothing from another host', () => {
    const pages = visits.filter((visit) => String(visit.answer.headers['content-type']).startsWith('text/html'));
    expect(pages.length).toBeGreaterThan(8);
    for (const page of pages) {
      const sources = [
        ...page.answer.body.toString('utf8').matchAll(/<(?:script|img|iframe|link)\b[^>]*?\s(?:src|href)="(https?:\/\/[^"]*)"/g),
      ];
      const foreign = sources.map((match) => String(match[1])).filter((source) => !source.startsWith(server.root));
      expect(foreign, page.url).toEqual([]);
    }
  });
});

/** Documents whose schema is somebody else's: the API definition, and JSON Schema itself. */
const WITHOUT_SCHEMA = new Set(['application/vnd.oai.openapi+json;version=3.0']);

/** Other spellings of resources that links give in their own. */
function isAlias(route: string): boolean {
  const spellings = ['/xyz/', '/algebra/', '/pixel/', '/legend/', '/problems/'];
  return spellings.some((start) => route.startsWith(start)) || ['/health', '/legend'].includes(route);
}

/** A copy for the validator, which takes a *property* called `$id` for a schema's identifier. */
function withoutIds(document: ApiLookup['document']): Record<string, unknown> {
  const copy: Record<string, unknown> = JSON.parse(JSON.stringify(document).replaceAll('"$id":{', '"id":{'));
  return copy;
}

function onePerRoute(visits: readonly Visit[]): readonly Visit[] {
  const found = new Map<string, Visit>();
  for (const visit of visits) {
    const key = `${visit.route} ${mediaType(visit.answer.headers['content-type'])}`;
    if (visit.route !== undefined && visit.answer.status === 200 && !found.has(key)) found.set(key, visit);
  }
  return [...found.values()];
}

function lasting(answer: WireAnswer): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    Object.entries(answer.headers)
      .filter(([name]) => !OF_ONE_ANSWER.has(name))
      .sort(([a], [b]) => a.localeCompare(b)),
  );
}

/** The time of the answer differs between two requests; nothing else may. */
function stable(body: Buffer): string {
  return body.toString('latin1').replace(/"timeStamp":"[^"]*"/, '"timeStamp":"…"');
}

function describeVisit({ answer, link }: Visit): string {
  const type = mediaType(answer.headers['content-type']);
  return `${answer.status} ${type} for ${targetOf(link.href)} (${link.rel}, ${link.type ?? 'any'}) linked from ${targetOf(link.from)}`;
}
