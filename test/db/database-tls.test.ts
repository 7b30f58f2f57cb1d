import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { connect as connectSocket, createServer } from 'node:net';
import type { Server, Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TLSSocket } from 'node:tls';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ANONYMOUS } from '../../src/base/principal.ts';
import { sql } from '../../src/base/sql.ts';
import type { DatabaseConnection, SslMode } from '../../src/config/connection.ts';
import { openDatabase } from '../../src/db/open-database.ts';
import { createTestDatabase } from '../support/database.ts';
import type { TestDatabase } from '../support/database.ts';

/** Answers SSLRequest as a server does, with TLS of its own or a refusal, and hands the plain bytes on to the cluster. */
interface Gate {
  readonly server: Server;
  readonly port: number;
  /** What came first on each connection: `plain`, `tls` (taken) or `refused`. */
  readonly seen: string[];
}

let source: TestDatabase;
let folder: string;
let ca: string;
let withTls: Gate;
let withoutTls: Gate;

beforeAll(async () => {
  source = await createTestDatabase('empty');
  folder = mkdtempSync(join(tmpdir(), 'graticule-tls-'));
  const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
  execFileSync(
    'openssl',
    [
      'req',
      '-x509',
      '-newkey',
      'rsa:2048',
      '-nodes',
      '-days',
      '2',
      '-subj',
      '/CN=localhost',
      '-addext',
      'subjectAltName=DNS:localhost',
      '-keyout',
      key,
      '-out',
      cert,
    ],
    { stdio: 'ignore' },
  );
  ca = readFileSync(cert, 'utf8');
  withTls = await openGate(source.reader, { key: readFileSync(key), cert: readFileSync(cert) });
  withoutTls = await openGate(source.reader, undefined);
});

afterAll(async () => {
  for (const { server } of [withTls, withoutTls]) server.close();
  rmSync(folder, { recursive: true, force: true });
  await source.close();
});

const SSL_REQUEST = '0000000804d2162f';

function openGate(to: DatabaseConnection, credentials: { readonly key: Buffer; readonly cert: Buffer } | undefined): Promise<Gate> {
  const target = to.hosts[0];
  if (target === undefined) throw new Error('The cluster has no host');
  const seen: string[] = [];
  const relay = (from: Socket, first: Buffer): void => {
    const onward = connectSocket(`${target.host}/.s.PGSQL.${target.port}`);
    onward.write(first);
    from.pipe(onward).pipe(from);
    for (const [one, other] of [
      [from, onward],
      [onward, from],
    ] as const)
      one.on('error', () => other.destroy());
  };
  const accept = (socket: Socket): void => {
    socket.on('error', () => undefined);
    socket.once('data', (first) => {
      if (first.toString('hex') !== SSL_REQUEST) {
        seen.push('plain');
        relay(socket, first);
      } else if (credentials === undefined) {
        seen.push('refused');
        socket.end('N');
      } else {
        seen.push('tls');
        socket.write('S');
        relay(new TLSSocket(socket, { isServer: true, ...credentials }), Buffer.alloc(0));
      }
    });
  };
  return new Promise((resolve) => {
    const server = createServer(accept).listen(0, '127.0.0.1', () => {
      const address = server.address();
      resolve({ server, seen, port: typeof address === 'object' && address !== null ? address.port : 0 });
    });
  });
}

async function ask(
  gate: Gate,
  sslmode: SslMode,
  more: Partial<DatabaseConnection> & { readonly host?: string } = {},
): Promise<readonly string[]> {
  gate.seen.length = 0;
  const { host = 'localhost', ...rest } = more;
  const connection = { ...source.reader, ...rest, sslmode, hosts: [{ host, port: gate.port, password: source.reader.hosts[0]?.password }] };
  const database = await openDatabase({
    connection,
    poolSize: 1,
    statementTimeoutMs: 2000,
    streamLimitMs: 2000,
    startLimitMs: 0,
    observe: () => undefined,
  });
  try {
    const answer = await database.rows(sql`select decode(repeat('ab', 200000), 'hex')`, {
      name: 'test',
      signal: new AbortController().signal,
      principal: ANONYMOUS,
    });
    expect(answer[0]?.[0]).toHaveLength(200_000);
    return [...new Set(gate.seen)];
  } finally {
    await database.close();
  }
}

test.each<[SslMode, readonly string[]]>([
  ['disable', ['plain']],
  ['allow', ['plain']],
  ['prefer', ['plain']],
  ['require', ['tls']],
])('%s to a server with TLS, on the loopback', async (mode, ways) => {
  expect(await ask(withTls, mode)).toEqual(ways);
});

test('prefer asks for TLS first where the server is another machine, and does without when it is refused', async () => {
  // The whole of 127/8 is the loopback; an IPv4 address written as IPv6 is not recognised as such, and so stands for another machine.
  const host = '::ffff:127.0.0.1';
  expect(await ask(withTls, 'prefer', { host })).toEqual(['tls']);
  expect(await ask(withoutTls, 'prefer', { host })).toEqual(['refused', 'plain']);
});

test('require is refused by a server without TLS, and says so', async () => {
  await expect(ask(withoutTls, 'require')).rejects.toThrow('does not support SSL');
});

test('verify-full takes the certificate of the authority for the name, verify-ca for any name', async () => {
  expect(await ask(withTls, 'verify-full', { ca })).toEqual(['tls']);
  expect(await ask(withTls, 'verify-ca', { ca, host: '127.0.0.1' })).toEqual(['tls']);
  await expect(ask(withTls, 'verify-full', { ca, host: '127.0.0.1' })).rejects.toThrow(/altnames|Host/);
});

test('verification refuses a certificate that the authority did not sign', async () => {
  await expect(ask(withTls, 'verify-ca')).rejects.toThrow(/self-signed certificate/);
  await expect(ask(withTls, 'verify-full')).rejects.toThrow(/self-signed certificate/);
});

test('a statement is cancelled over TLS too', async () => {
  const connection = {
    ...source.reader,
    sslmode: 'require' as const,
    hosts: [{ host: 'localhost', port: withTls.port, password: source.reader.hosts[0]?.password }],
  };
  const results: string[] = [];
  const database = await openDatabase({
    connection,
    poolSize: 1,
    statementTimeoutMs: 5000,
    streamLimitMs: 2000,
    observe: (o) => o.kind === 'db.cancel' && results.push(o.result),
  });
  withTls.seen.length = 0;
  await expect(
    database.rows(sql`select pg_sleep(4)`, { name: 'test', signal: AbortSignal.timeout(200), principal: ANONYMOUS }),
  ).rejects.toThrow();
  while (results.length === 0) await new Promise((resolve) => setTimeout(resolve, 10));
  expect(results).toEqual(['cancelled']);
  expect(withTls.seen).not.toContain('plain');
  await database.close();
});
