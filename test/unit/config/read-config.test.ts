import { expect, test } from 'vitest';
import { ConfigError } from '../../../src/config/config-error.ts';
import { readConfig } from '../../../src/config/read-config.ts';
import type { ConfigSources } from '../../../src/config/read-config.ts';

function read(sources: Partial<ConfigSources> & { readonly files?: Readonly<Record<string, string>> } = {}) {
  const { files = {}, ...rest } = sources;
  return readConfig({ flags: {}, env: {}, readFile: (path) => files[path], homeDirectory: '/home/ann', userName: 'ann', ...rest });
}

function problems(sources: Parameters<typeof read>[0]): readonly string[] {
  try {
    read(sources);
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
  return [];
}

test('nothing needs to be set', () => {
  const config = read();
  expect(config).toMatchObject({
    database: undefined,
    host: undefined,
    port: 8080,
    adminPort: 8081,
    refreshSeconds: 60,
    tileTtlSeconds: 60,
    statementTimeoutMs: 10_000,
    requestTimeoutMs: 30_000,
    streamLimitMs: 600_000,
    nonSpatialTables: false,
    include: [],
    tileMatrixSetFiles: [],
    logLevel: 'info',
  });
  expect(Object.isFrozen(config)).toBe(true);
});

test('flags win over environment, environment over file, file over defaults', () => {
  const files = { 'g.yaml': 'port: 1\ntile-ttl: 1\nrefresh: 1\nnon-spatial: true\ninclude: [public, "geo.*"]\n' };
  const config = read({ files, env: { GRATICULE_CONFIG: 'g.yaml', PORT: '2', GRATICULE_TILE_TTL: '2' }, flags: { port: '3' } });
  expect(config).toMatchObject({
    port: 3,
    tileTtlSeconds: 2,
    refreshSeconds: 1,
    nonSpatialTables: true,
    include: ['public', 'geo.*'],
    adminPort: 8081,
  });
});

test('the file may be JSON and may be named by a flag', () => {
  expect(
    read({ files: { 'a.json': '{"stream-limit": "1h", "trusted-proxies": ["10.0.0.0/8", "::1"]}' }, flags: { config: 'a.json' } }),
  ).toMatchObject({ streamLimitMs: 3_600_000, trustedProxies: ['10.0.0.0/8', '::1'] });
});

test('an empty variable counts as not set', () => {
  expect(read({ env: { PORT: '', DATABASE_URL: '', GRATICULE_CONFIG: '' } })).toMatchObject({ port: 8080, database: undefined });
});

test('unknown names are reported with the nearest known one', () => {
  expect(
    problems({
      flags: { prot: '1' },
      env: { GRATICULE_TILETTL: '1', GRATICULE_CONFIG: 'f', OTHER: 'x' },
      files: { f: 'includes: x\nzzzzzzzzzz: 1' },
    }),
  ).toEqual([
    'Unknown flag --prot: did you mean --port?',
    'Unknown environment variable GRATICULE_TILETTL: did you mean GRATICULE_TILE_TTL?',
    'Unknown key of "f" includes: did you mean include?',
    'Unknown key of "f" zzzzzzzzzz',
  ]);
});

test.each([
  [{ env: { PORT: '70000' } }, 'Cannot use PORT "70000": expected an integer from 0 to 65535'],
  [{ env: { PORT: '80x' } }, 'Cannot use PORT "80x": expected an integer from 0 to 65535'],
  [{ flags: { 'tile-ttl': '-1' } }, 'Cannot use --tile-ttl "-1": expected seconds'],
  [{ env: { GRATICULE_PUBLIC_URL: 'ftp://x' } }, 'Cannot use GRATICULE_PUBLIC_URL "ftp://x": expected an absolute http or https URL'],
  [{ env: { GRATICULE_TRUSTED_PROXIES: '10.0.0.0/33' } }, 'expected a comma-separated list of addresses or CIDR blocks'],
  [{ env: { GRATICULE_NON_SPATIAL: 'perhaps' } }, 'expected true or false'],
  [{ env: { GRATICULE_LOG_LEVEL: 'loud' } }, 'expected one of trace, debug, info, warn, error, silent'],
  [{ env: { GRATICULE_CONFIG: 'missing.yaml' } }, 'Cannot read the configuration file "missing.yaml"'],
  [{ env: { GRATICULE_CONFIG: 'f' }, files: { f: 'a: [b' } }, 'Cannot parse the configuration file "f"'],
  [{ env: { GRATICULE_CONFIG: 'f' }, files: { f: '[1]' } }, 'expected names and values'],
  [{ env: { GRATICULE_CONFIG: 'f' }, files: { f: 'port: {a: 1}' } }, 'Cannot use port of "f"'],
])('a value that cannot be used is told with what is wanted: %j', (sources, message) => {
  expect(problems(sources).join('\n')).toContain(message);
});

test('every problem is told at once', () => {
  expect(problems({ env: { PORT: 'x', GRATICULE_REFRESH: 'y', DATABASE_URL: 'postgres://h/db?sslmode=yes' } })).toHaveLength(3);
});

test.each([
  ['500ms', 500],
  ['1.5s', 1500],
  ['2', 2000],
  ['10min', 600_000],
  ['1h', 3_600_000],
])('a time limit may be written %s', (text, ms) => {
  expect(read({ env: { GRATICULE_STATEMENT_TIMEOUT: text } }).statementTimeoutMs).toBe(ms);
});

test('a size may be written with its unit', () => {
  expect(read({ env: { GRATICULE_CACHE_SIZE: '64MB' } }).cacheBytes).toBe(64 * 1024 * 1024);
  expect(read({ env: { GRATICULE_CACHE_SIZE: '0' } }).cacheBytes).toBe(0);
});

test('the public URL loses its last slash and keeps its path', () => {
  expect(read({ env: { GRATICULE_PUBLIC_URL: 'https://example.org/geo/' } }).publicUrl).toBe('https://example.org/geo');
});

test('the contact is what is said of it', () => {
  const said = { GRATICULE_CONTACT_NAME: 'A. Mapper', GRATICULE_CONTACT_EMAIL: 'maps@example.org' };
  expect(read({ env: said }).contact).toEqual({
    name: 'A. Mapper',
    organization: undefined,
    email: 'maps@example.org',
    phone: undefined,
    url: undefined,
  });
  expect(read({ flags: { 'contact-organization': 'Atlas', 'contact-url': 'https://example.org/' } }).contact).toMatchObject({
    organization: 'Atlas',
    url: 'https://example.org',
  });
  for (const email of ['maps', 'a@b@c', '<a@example.org>', 'a@.org'])
    expect(problems({ env: { GRATICULE_CONTACT_EMAIL: email } }), email).toHaveLength(1);
});
