import type { ConnectionOptions } from 'node:tls';
import pg from 'pg';
import type { DatabaseConnection } from '../config/connection.ts';
import { RowConnection } from './row-connection.ts';
import { sqlstate } from './sqlstate.ts';

/** Where and how a client is connected; enough to send a cancel request to the same server. */
export interface Endpoint {
  readonly host: string;
  readonly port: number;
  readonly tls: ConnectionOptions | false;
}

/** A client that has been let in. */
export interface Connected {
  readonly client: pg.Client;
  readonly connection: RowConnection;
  readonly endpoint: Endpoint;
}

const KEEP_ALIVE_MS = 10_000;

/**
 * Connects to the first host that lets us in, with TLS as `sslmode` says (PostgreSQL documentation, table 34.1).
 * @throws the error of the last host
 */
export async function connect(connection: DatabaseConnection): Promise<Connected> {
  let last: unknown;
  for (const { host, port, password } of connection.hosts) {
    for (const tls of tlsChoices(connection, host)) {
      try {
        return await open(connection, { host, port, tls }, password);
      } catch (error) {
        // The refusal of TLS is no news when the way without it fails too.
        if (last === undefined || !isTlsRefusal(error)) last = error;
        if (!mayDependOnTls(error)) break;
      }
    }
    if (sqlstate(last) !== undefined && sqlstate(last) !== '57P03') break;
  }
  throw last;
}

/** Path of the Unix socket when the host is a directory, else undefined. */
export function socketPath(endpoint: Endpoint): string | undefined {
  return endpoint.host.startsWith('/') ? `${endpoint.host}/.s.PGSQL.${endpoint.port}` : undefined;
}

/**
 * `prefer` protects from nobody who can answer in the server's place, so on the loopback it saves itself the ciphers:
 * there, as with `allow`, plain comes first.
 */
function tlsChoices(connection: DatabaseConnection, host: string): readonly (ConnectionOptions | false)[] {
  const { sslmode, ca, cert, key } = connection;
  if (host.startsWith('/') || sslmode === 'disable') return [false];
  const verify = sslmode === 'verify-ca' || sslmode === 'verify-full';
  const tls: ConnectionOptions = {
    rejectUnauthorized: verify,
    ...(ca === undefined ? {} : { ca }),
    ...(cert === undefined || key === undefined ? {} : { cert, key }),
    ...(sslmode === 'verify-ca' ? { checkServerIdentity: () => undefined } : {}),
  };
  const loopback = /^(localhost|127\.[\d.]+|::1)$/.test(host);
  if (sslmode === 'allow' || (sslmode === 'prefer' && loopback)) return [false, tls];
  return sslmode === 'prefer' ? [tls, false] : [tls];
}

/** 28000: no line of pg_hba.conf for this kind of connection. pg's own refusals have no code, TLS's begin with ERR_ or EPROTO. */
function mayDependOnTls(error: unknown): boolean {
  if (typeof error !== 'object' || error === null) return false;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  return code === '' || code === '28000' || /^(ERR_|EPROTO|ECONNRESET)/.test(code);
}

function isTlsRefusal(error: unknown): boolean {
  return error instanceof Error && /does not support SSL|establishing an SSL/.test(error.message);
}

async function open(options: DatabaseConnection, endpoint: Endpoint, password: string | undefined): Promise<Connected> {
  const { host, port, tls } = endpoint;
  const connection = new RowConnection({ ssl: tls, keepAlive: true, keepAliveInitialDelayMillis: KEEP_ALIVE_MS });
  const config: pg.ClientConfig & { readonly connection: RowConnection } = {
    connection,
    host,
    port,
    ssl: tls,
    user: options.user,
    database: options.database,
    password: () => password ?? noPassword(options.user),
    application_name: options.applicationName,
    options: options.options,
    connectionTimeoutMillis: options.connectTimeoutMs,
  };
  const client = new pg.Client(config);
  // A lost connection is told twice; who uses the client hears of it by `end`.
  client.on('error', () => undefined);
  try {
    await client.connect();
  } catch (error) {
    connection.stream.destroy();
    throw error;
  }
  return { client, connection, endpoint };
}

function noPassword(user: string): never {
  throw new Error(`The database asks for the password of "${user}", and none was given (URL, PGPASSWORD or password file)`);
}
