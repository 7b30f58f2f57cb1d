import { join } from 'node:path';
import { ConfigError } from './config-error.ts';
import type { DatabaseChoice, DatabaseConnection, SslMode } from './connection.ts';
import { parseConnectionString } from './connection-string.ts';
import type { ConnectionParameters } from './connection-string.ts';
import { nearest } from './nearest.ts';
import { findPassword } from './password-file.ts';
import { findService } from './service-file.ts';

/** What the world outside gives to the choice of a database. */
export interface Surroundings {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Text of a file, or undefined when there is none. */
  readonly readFile: (path: string) => string | undefined;
  readonly homeDirectory: string;
  readonly userName: string;
}

/** A connection string and what named it. */
export interface NamedDatabase {
  readonly text: string;
  readonly source: string;
}

const ENVIRONMENT: Readonly<Record<string, string>> = {
  PGHOST: 'host',
  PGHOSTADDR: 'hostaddr',
  PGPORT: 'port',
  PGDATABASE: 'dbname',
  PGUSER: 'user',
  PGPASSWORD: 'password',
  PGPASSFILE: 'passfile',
  PGSERVICE: 'service',
  PGOPTIONS: 'options',
  PGAPPNAME: 'application_name',
  PGSSLMODE: 'sslmode',
  PGSSLROOTCERT: 'sslrootcert',
  PGSSLCERT: 'sslcert',
  PGSSLKEY: 'sslkey',
  PGCONNECT_TIMEOUT: 'connect_timeout',
};
const SSL_MODES: readonly SslMode[] = ['disable', 'allow', 'prefer', 'require', 'verify-ca', 'verify-full'];
/** Where the socket of a local server may be: Debian's and Red Hat's place, PostgreSQL's own; then TCP. */
const LOCAL_HOSTS = ['/var/run/postgresql', '/tmp', 'localhost'];

/**
 * The database that `named` or, without it, `PGHOST`, `PGSERVICE` or `PGDATABASE` names; undefined when none does.
 * What the string leaves open comes from its service, then from the `PG*` variables, as in libpq.
 * @throws ConfigError
 */
export function chooseDatabase(named: NamedDatabase | undefined, around: Surroundings): DatabaseChoice | undefined {
  const given = ['PGHOST', 'PGSERVICE', 'PGDATABASE'].find((name) => (around.env[name] ?? '') !== '');
  const source = named?.source ?? given;
  if (source === undefined) return undefined;
  const written = named === undefined ? {} : parseConnectionString(named.text);
  const fromEnvironment = Object.fromEntries(
    Object.entries(ENVIRONMENT).flatMap(([variable, name]) => {
      const value = around.env[variable];
      return value === undefined || value === '' ? [] : [[name, value]];
    }),
  );
  const service = written['service'] ?? fromEnvironment['service'];
  const parameters = { ...fromEnvironment, ...(service === undefined ? {} : readService(service, around)), ...written };
  const connection = toConnection(parameters, around);
  return Object.freeze({ connection, description: describe(connection), source });
}

function readService(name: string, around: Surroundings): ConnectionParameters {
  const { env, readFile, homeDirectory } = around;
  const places = env['PGSERVICEFILE'] === undefined ? [join(homeDirectory, '.pg_service.conf')] : [env['PGSERVICEFILE']];
  places.push(join(env['PGSYSCONFDIR'] ?? '/etc/postgresql-common', 'pg_service.conf'));
  for (const place of places) {
    const file = readFile(place);
    const found = file === undefined ? undefined : findService(file, name);
    if (found !== undefined) return found;
  }
  throw new ConfigError([`Cannot find service "${name}": no section [${name}] in ${places.join(' or ')}`]);
}

function toConnection(parameters: ConnectionParameters, around: Surroundings): DatabaseConnection {
  const user = parameters['user'] ?? around.userName;
  const database = parameters['dbname'] ?? user;
  const passwordFile = around.readFile(parameters['passfile'] ?? join(around.homeDirectory, '.pgpass'));
  const hosts = listHosts(parameters).map(({ host, port }) => {
    const fromFile = passwordFile === undefined ? undefined : findPassword(passwordFile, { host, port, database, user });
    return Object.freeze({ host, port, password: parameters['password'] ?? fromFile });
  });
  const tls = readCertificates(parameters, around);
  return Object.freeze({
    hosts: Object.freeze(hosts),
    database,
    user,
    ...tls,
    applicationName: parameters['application_name'] ?? 'graticule',
    options: parameters['options'],
    connectTimeoutMs: number(parameters, 'connect_timeout', 0, 3600) * 1000 || 5000,
  });
}

function listHosts(parameters: ConnectionParameters): readonly { host: string; port: number }[] {
  const hosts = (parameters['host'] ?? parameters['hostaddr'] ?? LOCAL_HOSTS.join(',')).split(',');
  const ports = (parameters['port'] ?? '').split(',');
  if (ports.length > 1 && ports.length !== hosts.length) {
    throw new ConfigError([`Cannot match ${ports.length} ports to ${hosts.length} hosts: expected one port, or one for each host`]);
  }
  return hosts.map((host, i) => {
    const port = ports.length === 1 ? ports[0] : ports[i];
    return { host: host === '' ? 'localhost' : host, port: port === '' ? 5432 : number({ port: port ?? '5432' }, 'port', 1, 65_535) };
  });
}

function readCertificates(
  parameters: ConnectionParameters,
  around: Surroundings,
): Pick<DatabaseConnection, 'sslmode' | 'ca' | 'cert' | 'key'> {
  const asked = parameters['sslmode'] ?? 'prefer';
  const sslmode = SSL_MODES.find((mode) => mode === asked);
  if (sslmode === undefined) {
    const like = nearest(asked, SSL_MODES);
    throw new ConfigError([
      `Cannot use sslmode "${asked}": expected one of ${SSL_MODES.join(', ')}${like === undefined ? '' : `; did you mean "${like}"?`}`,
    ]);
  }
  const read = (parameter: string, byDefault: string): string | undefined => {
    const path = parameters[parameter];
    if (path === 'system') return undefined;
    const found = around.readFile(path ?? join(around.homeDirectory, '.postgresql', byDefault));
    if (found === undefined && path !== undefined) throw new ConfigError([`Cannot read ${parameter} "${path}"`]);
    return found;
  };
  const ca = read('sslrootcert', 'root.crt');
  // libpq: a root certificate turns `require` into `verify-ca`; `system` trusts public authorities, so names must match.
  const system = parameters['sslrootcert'] === 'system';
  return {
    sslmode: system ? 'verify-full' : sslmode === 'require' && ca !== undefined ? 'verify-ca' : sslmode,
    ca,
    cert: read('sslcert', 'postgresql.crt'),
    key: read('sslkey', 'postgresql.key'),
  };
}

function number(parameters: ConnectionParameters, name: string, minimum: number, maximum: number): number {
  const raw = parameters[name] ?? '0';
  const value = /^\d{1,9}$/.test(raw) ? Number(raw) : Number.NaN;
  if (value >= minimum && value <= maximum) return value;
  throw new ConfigError([`Cannot use ${name} "${raw}" of the database: expected an integer from ${minimum} to ${maximum}`]);
}

function describe(connection: DatabaseConnection): string {
  const hosts = connection.hosts.map(({ host, port }) =>
    host.startsWith('/') ? host : `${host.includes(':') ? `[${host}]` : host}:${port}`,
  );
  return `postgres://${connection.user}@${hosts.join(',')}/${connection.database}`;
}
