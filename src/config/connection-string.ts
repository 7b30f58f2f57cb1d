import { ConfigError } from './config-error.ts';
import { nearest } from './nearest.ts';

/** libpq's parameters of a connection by its own names: `host`, `port`, `dbname`, `sslmode` … */
export type ConnectionParameters = Readonly<Record<string, string>>;

/** Parameters that are used here. */
const USED = [
  'host',
  'hostaddr',
  'port',
  'dbname',
  'user',
  'password',
  'passfile',
  'service',
  'options',
  'application_name',
  'connect_timeout',
  'sslmode',
  'sslrootcert',
  'sslcert',
  'sslkey',
];
/** Parameters of libpq that make no difference here: accepted, so that a URL made for libpq works. */
const KNOWN = [
  'channel_binding',
  'client_encoding',
  'fallback_application_name',
  'gssdelegation',
  'gssencmode',
  'gsslib',
  'keepalives',
  'keepalives_count',
  'keepalives_idle',
  'keepalives_interval',
  'krbsrvname',
  'load_balance_hosts',
  'max_protocol_version',
  'min_protocol_version',
  'require_auth',
  'requirepeer',
  'replication',
  'scram_client_key',
  'scram_server_key',
  'servicefile',
  'sslcertmode',
  'sslcompression',
  'sslcrl',
  'sslcrldir',
  'sslkeylogfile',
  'sslnegotiation',
  'sslpassword',
  'sslsni',
  'ssl_max_protocol_version',
  'ssl_min_protocol_version',
  'target_session_attrs',
  'tcp_user_timeout',
];

const URL_FORM = /^postgres(?:ql)?:\/\/(?:([^/?#]*)@)?([^/?#@]*)(?:\/([^?#]*))?(?:\?([^#]*))?$/i;

/**
 * Parses a connection URL (`postgres://user:password@host:port/name?sslmode=require`, hosts as a comma list, a socket
 * directory percent-encoded or in `?host=`) or libpq's `keyword=value` form (PostgreSQL documentation, §34.1.1).
 * @throws ConfigError
 */
export function parseConnectionString(raw: string): ConnectionParameters {
  const parameters = /^[a-z]+:\/\//i.test(raw) ? parseUrl(raw) : parseKeywords(raw);
  for (const name of Object.keys(parameters)) {
    if (USED.includes(name) || KNOWN.includes(name)) continue;
    const like = nearest(name, [...USED, ...KNOWN]);
    fail(raw, `unknown parameter "${name}"${like === undefined ? '' : `, did you mean "${like}"?`}`);
  }
  return parameters;
}

/** The text with everything that may be a password replaced: safe to print. */
function maskConnectionString(raw: string): string {
  return raw.replace(/^([a-z]+:\/\/[^:/?#]*):.*@/i, '$1:***@').replace(/(password\s*=\s*)('(?:[^'\\]|\\.)*'|[^\s&]+)/gi, '$1***');
}

function parseUrl(raw: string): ConnectionParameters {
  const match = URL_FORM.exec(raw);
  if (match === null) fail(raw, 'expected postgres://user:password@host:port/name');
  const [, login = '', hosts = '', path = '', query = ''] = match;
  const [user = '', ...password] = login.split(':');
  const parts =
    hosts === ''
      ? []
      : hosts.split(',').map((item) => /^(\[[^\]]*\]|[^:]*)(?::(\d*))?$/.exec(item) ?? fail(raw, `"${item}" is not a host and port`));
  const found: Record<string, string> = {};
  const set = (name: string, value: string): void => {
    if (value !== '') found[name] = decode(value, raw);
  };
  set('user', user);
  set('password', password.join(':'));
  set('host', parts.map((part) => (part[1] ?? '').replace(/^\[|\]$/g, '')).join(','));
  if (parts.some((part) => (part[2] ?? '') !== '')) set('port', parts.map((part) => part[2] ?? '').join(','));
  set('dbname', path);
  for (const pair of query.split('&').filter((item) => item !== '')) {
    const at = pair.indexOf('=');
    if (at < 1) fail(raw, `"${pair}" is not name=value`);
    // JDBC's spelling, which libpq takes too.
    if (pair === 'ssl=true') set('sslmode', 'require');
    else set(pair.slice(0, at), pair.slice(at + 1));
  }
  return found;
}

function parseKeywords(raw: string): ConnectionParameters {
  const found: Record<string, string> = {};
  const pair = /\s*([a-z_]+)\s*=\s*(?:'((?:[^'\\]|\\.)*)'|((?:[^\s'\\]|\\.)*))(?=\s|$)/gy;
  const trimmed = raw.trimEnd();
  while (pair.lastIndex < trimmed.length) {
    const match = pair.exec(trimmed);
    if (match === null) fail(raw, 'expected a URL postgres://… or pairs like host=localhost dbname=gis');
    const [, name = '', quoted, bare = ''] = match;
    found[name] = (quoted ?? bare).replace(/\\(.)/g, '$1');
  }
  return found;
}

function decode(value: string, raw: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return fail(raw, 'a percent sign is not followed by two hexadecimal digits of UTF-8');
  }
}

function fail(raw: string, why: string): never {
  throw new ConfigError([`Cannot parse database "${maskConnectionString(raw)}": ${why}`]);
}
