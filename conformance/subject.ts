import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { homedir, tmpdir } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { openPrivateCluster } from '../src/cluster/private-cluster.ts';
import { connectionUrl } from '../test/support/connection-url.ts';
import { type Json, isObject, objectsOf } from './json.ts';
import { get, documentOf } from './request.ts';

/** The server under test. */
export interface Subject {
  /** URL of its landing page. */
  readonly root: string;
  close(): Promise<void>;
}

/** Recommended by WMS; its suite looks for an address, a telephone number, or an email address under a name that the schema does not have. */
const CONTACT = { GRATICULE_CONTACT_NAME: 'Nobody', GRATICULE_CONTACT_EMAIL: 'nobody@example.org', GRATICULE_CONTACT_PHONE: '+00 000' };

const START_MS = 60_000;
const STOP_MS = 15_000;
const BASE = `
  create extension if not exists postgis;
  create extension if not exists postgis_raster;
  alter default privileges grant select on tables to graticule_reader;
`;

/**
 * Starts the built server on a database of its own with the tables of `fixture.sql`.
 * @throws Error when it does not answer within a minute; its output is in the message
 */
export async function startSubject(checkout: string): Promise<Subject> {
  const environment = { env: process.env, home: homedir(), temporary: tmpdir(), uid: process.getuid?.() };
  const cluster = await openPrivateCluster({ checkout, purpose: 'test', ...environment }, () => undefined);
  // Named like the databases of tests, so that the next test run drops what a killed run left.
  const name = `test_${process.pid}_conformance`;
  const admin = connectionUrl(cluster.owner('postgres'));
  await run(admin, `drop database if exists ${name} with (force)`);
  await run(admin, `create database ${name} template template0`);
  await run(connectionUrl(cluster.owner(name)), BASE);
  await run(connectionUrl(cluster.owner(name)), readFileSync(`${checkout}/conformance/fixture.sql`, 'utf8'));
  const port = await freePort();
  const server = spawnServer(checkout, connectionUrl(cluster.reader(name)), port);
  const close = async (): Promise<void> => {
    await stop(server.child);
    await run(admin, `drop database if exists ${name} with (force)`);
    await cluster.close();
  };
  try {
    const root = `http://127.0.0.1:${port}/`;
    await waitUntilServed(root, server);
    return { root, close };
  } catch (error) {
    await close();
    throw error;
  }
}

interface Spawned {
  readonly child: ChildProcess;
  output(): string;
}

function spawnServer(checkout: string, database: string, port: number): Spawned {
  const child = spawn(process.execPath, ['dist/main.js', 'serve', database], {
    cwd: checkout,
    env: { ...withoutSettings(process.env), ...CONTACT, HOST: '127.0.0.1', PORT: String(port), GRATICULE_ADMIN_PORT: String(port + 1) },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const pieces: string[] = [];
  child.stdout.on('data', (piece: Buffer) => pieces.push(piece.toString('utf8')));
  child.stderr.on('data', (piece: Buffer) => pieces.push(piece.toString('utf8')));
  return { child, output: () => pieces.join('') };
}

/** The caller's environment but for what would configure the server. */
function withoutSettings(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !/^(GRATICULE_|PG|DATABASE_URL$)/.test(name)));
}

/** Waits until every collection of features with rows has its spatial extent; extents come after the first answers. */
async function waitUntilServed(root: string, server: Spawned): Promise<void> {
  const until = Date.now() + START_MS;
  let last = 'no answer';
  while (Date.now() < until) {
    if (server.child.exitCode !== null) break;
    try {
      const answer = await get(`${root}collections`, 'json', { limit: 100 });
      last = `status ${answer.status}`;
      if (answer.status === 200 && settled(documentOf(answer))) return;
    } catch (error) {
      last = String(error);
    }
    await sleep(250);
  }
  throw new Error(`The server is not ready: ${last}\n${server.output()}`);
}

function settled(document: Json): boolean {
  if (!isObject(document)) return false;
  const collections = objectsOf(document['collections'], 'collections');
  return collections.length > 0 && collections.every((collection) => collection['id'] === 'wells' || collection['extent'] !== undefined);
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  child.kill('SIGTERM');
  const force = setTimeout(() => child.kill('SIGKILL'), STOP_MS);
  await exited;
  clearTimeout(force);
}

/** Two free ports in a row: the second one is for the admin listener. */
async function freePort(): Promise<number> {
  for (;;) {
    const port = await listenOnce(0);
    if (port !== undefined && (await listenOnce(port + 1)) !== undefined) return port;
  }
}

async function listenOnce(wanted: number): Promise<number | undefined> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(undefined));
    server.listen(wanted, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' ? address?.port : undefined));
    });
  });
}

async function run(url: string, text: string): Promise<void> {
  const client = new pg.Client(url);
  await client.connect();
  try {
    await client.query(text);
  } finally {
    await client.end();
  }
}
