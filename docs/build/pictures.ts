import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { CHECKOUT } from '../../bench/support/checkout.ts';
import { startServer } from '../../bench/support/server.ts';
import type * as privateCluster from '../../src/cluster/private-cluster.ts';
import type * as loader from '../../src/services/demo/load-demo.ts';
import { connectionUrl } from '../../test/support/connection-url.ts';
import { GUIDE_ROOT, readGuide, type Guide } from './read-guide.ts';

/** A page of documentation is read over the network too. */
const [LARGEST_PICTURE, LARGEST_SUM] = [60_000, 600_000];
const GUIDES = join(CHECKOUT, 'docs/guides');

/**
 * Makes the pictures of a guide anew from the addresses below them: the built server on the demo data and the guide's own
 * tables draws each. @throws Error for an answer that is no picture, and for pictures too large for a page
 */
async function draw(name: string): Promise<void> {
  const guide = readGuide(await readFile(join(GUIDES, name), 'utf8'));
  const folder = join(GUIDES, 'pictures');
  await mkdir(folder, { recursive: true });
  await onDatabase(guide, async (database) => {
    const server = await startServer({ database });
    try {
      const sizes = new Map<string, number>();
      for (const { url, picture } of guide.addresses) {
        if (picture === undefined) continue;
        const response = await fetch(url.replace(GUIDE_ROOT, server.root));
        const bytes = new Uint8Array(await response.arrayBuffer());
        if (!response.ok) throw new Error(`${picture}: ${response.status} ${Buffer.from(bytes).toString()}`);
        if (bytes.length > LARGEST_PICTURE) throw new Error(`${picture} has ${bytes.length} bytes: expected at most ${LARGEST_PICTURE}`);
        await writeFile(join(GUIDES, picture), bytes);
        sizes.set(picture, bytes.length);
        process.stdout.write(`${picture}  ${bytes.length} bytes\n`);
      }
      const sum = [...sizes.values()].reduce((total, size) => total + size, 0);
      if (sum > LARGEST_SUM) throw new Error(`The pictures have ${sum} bytes together: expected at most ${LARGEST_SUM}`);
      for (const file of await readdir(folder)) if (!sizes.has(`pictures/${file}`)) await rm(join(folder, file));
    } finally {
      await server.stop();
    }
  });
}

/** Gives a reader's URL of a database of its own in this checkout's private cluster, with what the guide's examples need. */
async function onDatabase(guide: Guide, work: (url: string) => Promise<void>): Promise<void> {
  const { openPrivateCluster } = await built<typeof privateCluster>('cluster/private-cluster.js');
  const { loadDemo } = await built<typeof loader>('services/demo/load-demo.js');
  const place = { env: process.env, home: homedir(), temporary: tmpdir(), uid: process.getuid?.() };
  const cluster = await openPrivateCluster({ checkout: CHECKOUT, purpose: 'test', ...place }, () => undefined);
  const name = `guide_${process.pid}`;
  try {
    await run(connectionUrl(cluster.owner('postgres')), `create database ${name} template template0`);
    await loadDemo(cluster.owner(name), () => undefined);
    await run(connectionUrl(cluster.owner(name)), guide.tables);
    await work(connectionUrl(cluster.reader(name)));
  } finally {
    await run(connectionUrl(cluster.owner('postgres')), `drop database if exists ${name} with (force)`);
    await cluster.close();
  }
}

/** A module of `dist/`, which finds `sql/` and `schemas/` beside it. */
async function built<Module>(path: string): Promise<Module> {
  const module: Module = await import(new URL(`../../../dist/${path}`, import.meta.url).href);
  return module;
}

async function run(url: string, text: string): Promise<void> {
  const client = new pg.Client({ connectionString: url, application_name: 'docs' });
  await client.connect();
  try {
    await client.query(text);
  } finally {
    await client.end();
  }
}

await draw('raster.md');
