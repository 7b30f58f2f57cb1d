import { choice, duration, emailAddress, httpUrl, integer, isAddressBlock, list, size, text, toggle } from './value-type.ts';
import type { ValueType } from './value-type.ts';

/** One setting: its name in the environment, from which its flag and its key in the file follow, type, default and prose. */
export interface Setting<T> {
  /** `GRATICULE_TILE_TTL`: flag `--tile-ttl`, key `tile-ttl`. */
  readonly env: string;
  readonly type: ValueType<T>;
  /** Undefined: nothing is set, and the prose says what that means. */
  readonly fallback: T | undefined;
  /** The default as a person would write it. */
  readonly fallbackText: string;
  readonly doc: string;
}

/** A setting that always has a value. */
export interface SettingWithDefault<T> extends Setting<T> {
  readonly fallback: T;
}

/** Every setting of the program; validation, flags, documentation and JSON Schema of the file are made from this table. */
export const SETTINGS = {
  database: optional(
    'DATABASE_URL',
    text('a connection URL or libpq connection string'),
    'libpq variables, else a private cluster',
    'The database to publish: `postgres://user@host/name`, or `host=… dbname=…`. Also the argument of `serve`. Without it `PGHOST`, `PGSERVICE` or `PGDATABASE` name the database; without these a private cluster with demo data is started.',
  ),
  host: optional(
    'HOST',
    text('a host name or address'),
    'loopback, IPv4 and IPv6',
    'Address to listen on. Everything that the database role may read becomes public there: `0.0.0.0` or `::` for all addresses only on purpose.',
  ),
  port: withDefault('PORT', integer(0, 65_535), '8080', 'Port of the server; 0 takes any free one.'),
  adminPort: withDefault(
    'GRATICULE_ADMIN_PORT',
    integer(0, 65_535),
    '8081',
    'Port of the administration listener (`/live`, `/ready`, `/metrics`, `/catalog`), always on loopback; 0 takes any free one.',
  ),
  publicUrl: optional(
    'GRATICULE_PUBLIC_URL',
    httpUrl(),
    'as the client sees it',
    'URL under which clients reach the server, path included: the start of every link.',
  ),
  contactName: optional(
    'GRATICULE_CONTACT_NAME',
    text('a name'),
    'nobody',
    'Who answers for the service: told in API document and capabilities.',
  ),
  contactOrganization: optional(
    'GRATICULE_CONTACT_ORGANIZATION',
    text('a name'),
    'nobody',
    'The organisation that provides the service: told in the same places.',
  ),
  contactEmail: optional(
    'GRATICULE_CONTACT_EMAIL',
    emailAddress(),
    'none',
    'Address for questions about the service: told in the same places.',
  ),
  contactPhone: optional(
    'GRATICULE_CONTACT_PHONE',
    text('a telephone number'),
    'none',
    'Telephone for the same: told in the capabilities.',
  ),
  contactUrl: optional('GRATICULE_CONTACT_URL', httpUrl(), 'none', 'Page of the provider: told in the same places.'),
  trustedProxies: withDefault(
    'GRATICULE_TRUSTED_PROXIES',
    list('addresses or CIDR blocks', isAddressBlock),
    '',
    'Whose `Forwarded` and `X-Forwarded-*` headers are believed: `10.0.0.0/8,::1`.',
  ),
  include: withDefault('GRATICULE_INCLUDE', list('globs of schema or schema.table'), '', 'Publish only these: `public,geo.*,data.road_*`.'),
  exclude: withDefault(
    'GRATICULE_EXCLUDE',
    list('globs of schema or schema.table'),
    '',
    'Publish none of these; beats `GRATICULE_INCLUDE`.',
  ),
  nonSpatialTables: withDefault(
    'GRATICULE_NON_SPATIAL',
    toggle(),
    'false',
    'Publish tables without geometry or raster as features without geometry.',
  ),
  legendTable: withDefault(
    'GRATICULE_LEGEND_TABLE',
    text('a table or view'),
    'graticule.legend',
    'Table or view that names the classes of rasters: columns `collection`, `band`, `value` or `min` and `max`, `label`, `color`.',
  ),
  refreshSeconds: withDefault(
    'GRATICULE_REFRESH',
    duration('s', 0, 86_400),
    '60',
    'Time between two looks at the catalogue of the database; 0 looks only on `NOTIFY graticule` and SIGHUP.',
  ),
  tileTtlSeconds: withDefault(
    'GRATICULE_TILE_TTL',
    duration('s', 0, 31_536_000),
    '60',
    'How long the server keeps a finished tile; 0 keeps none.',
  ),
  tileMatrixSetFiles: withDefault(
    'GRATICULE_TILE_MATRIX_SETS',
    list('JSON files'),
    '',
    'Tile matrix sets of your own, as files of 2D-TMS 2.0 JSON.',
  ),
  cacheBytes: withDefault('GRATICULE_CACHE_SIZE', size(2 ** 40), '128MB', 'Memory for finished answers; 0 keeps none.'),
  blockCacheBytes: withDefault(
    'GRATICULE_BLOCK_CACHE_SIZE',
    size(2 ** 40),
    '128MB',
    'Memory for decoded blocks of rasters, which are used again while their rows are as they were; 0 keeps none.',
  ),
  maxPixels: withDefault(
    'GRATICULE_MAX_PIXELS',
    integer(65_536, 1_000_000_000),
    '16777216',
    'Most pixels that one picture or array of a raster may have; more is answered with 413.',
  ),
  poolSize: withDefault(
    'GRATICULE_POOL_SIZE',
    integer(1, 1000),
    '10',
    'Most database connections that serve requests at a time. Two more watch the database.',
  ),
  statementTimeoutMs: withDefault(
    'GRATICULE_STATEMENT_TIMEOUT',
    duration('ms', 0.1, 3600),
    '10s',
    'Longest time of one SQL statement; then the answer is 504.',
  ),
  requestTimeoutMs: withDefault(
    'GRATICULE_REQUEST_TIMEOUT',
    duration('ms', 0.1, 3600),
    '30s',
    'Longest time until the answer to a request begins; then it is 504.',
  ),
  streamLimitMs: withDefault(
    'GRATICULE_STREAM_LIMIT',
    duration('ms', 1, 86_400),
    '10min',
    'Longest time of one streamed answer, and so of any transaction in the database.',
  ),
  logLevel: withDefault(
    'GRATICULE_LOG_LEVEL',
    choice('trace', 'debug', 'info', 'warn', 'error', 'silent'),
    'info',
    'Least level of the lines that are written to standard error.',
  ),
} as const;

/** `GRATICULE_TILE_TTL` → `tile-ttl`: how flag and file spell the setting; `DATABASE_URL` is `database`. */
export function settingKey(setting: { readonly env: string }): string {
  if (setting.env === 'DATABASE_URL') return 'database';
  return setting.env
    .replace(/^GRATICULE_/, '')
    .toLowerCase()
    .replaceAll('_', '-');
}

/** The flags as `parseArgs` of node:util takes them, `config` included. */
export function flagOptions(): Readonly<Record<string, { readonly type: 'string' | 'boolean' }>> {
  const flags = Object.values(SETTINGS).map((setting) => {
    const type = setting.type.isSwitch === true ? 'boolean' : 'string';
    return [settingKey(setting), { type }] satisfies [string, { type: 'string' | 'boolean' }];
  });
  return { ...Object.fromEntries(flags), config: { type: 'string' } };
}

function optional<T>(env: string, type: ValueType<T>, fallbackText: string, doc: string): Setting<T> {
  return { env, type, fallback: undefined, fallbackText, doc };
}

/** `fallbackText` is read by the setting's own type, so that text and value cannot differ; empty text is no items. */
function withDefault<T>(env: string, type: ValueType<T>, fallbackText: string, doc: string): SettingWithDefault<T> {
  const fallback = type.parse(fallbackText);
  if (fallback === undefined) throw new Error(`Default of ${env} "${fallbackText}" is not ${type.words}`);
  return { env, type, fallback, fallbackText, doc };
}
