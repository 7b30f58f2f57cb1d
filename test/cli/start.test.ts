import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** A program that was started: what it has printed, and its end. */
interface Started {
  readonly child: ChildProcess;
  readonly output: () => string;
  readonly ended: Promise<number | null>;
  /** Waits until it has printed something; fails when it ends before. */
  printed(pattern: RegExp): Promise<RegExpExecArray>;
}

// The package as it is installed (built, without sources), in a folder of its own and so with a cluster of its own.
describe('npm start without a database', { timeout: 180_000 }, () => {
  let folder: string;
  const running: Started[] = [];

  beforeAll(() => {
    expect(spawnSync(process.execPath, ['start.mjs', 'version'], { cwd: ROOT, encoding: 'utf8' }).status).toBe(0);
    folder = mkdtempSync(join(tmpdir(), 'graticule-start-'));
    for (const name of ['start.mjs', 'package.json', 'dist', 'sql', 'schemas', 'assets'])
      cpSync(join(ROOT, name), join(folder, name), { recursive: true });
    symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
  }, 120_000);

  afterEach(async () => {
    for (const { child, ended } of running.splice(0)) {
      child.kill('SIGKILL');
      await ended;
    }
  });

  afterAll(() => {
    command('cluster', 'stop');
    expect(command('cluster', 'drop')).toContain('Removed ');
    rmSync(folder, { recursive: true });
  });

  function command(...args: readonly string[]): string {
    return spawnSync(process.execPath, ['start.mjs', ...args], { cwd: folder, encoding: 'utf8', env: environment() }).stdout;
  }

  function start(env: Readonly<Record<string, string>> = {}): Started {
    const child = spawn(process.execPath, ['start.mjs'], { cwd: folder, env: { ...environment(), ...env } });
    let text = '';
    child.stdout.on('data', (chunk: Buffer) => (text += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (text += chunk.toString()));
    let code: number | null | undefined;
    const ended = new Promise<number | null>((resolve) => {
      child.once('close', (status) => {
        code = status;
        resolve(status);
      });
    });
    const started: Started = {
      child,
      ended,
      output: () => text,
      async printed(pattern) {
        for (;;) {
          const found = pattern.exec(text);
          if (found !== null) return found;
          if (code !== undefined) throw new Error(`It ended with ${code} before it printed ${pattern}:\n${text}`);
          await sleep(20);
        }
      },
    };
    running.push(started);
    return started;
  }

  async function listening(program: Started): Promise<string> {
    const [, url = ''] = await program.printed(/Start here +(\S+)/);
    return url;
  }

  test('killed while it loads the demo data, it begins again', async () => {
    const first = start();
    await first.printed(/Loading cities/);
    expect(first.output()).toMatch(/^Database: a private cluster with demo data/);
    first.child.kill('SIGKILL');
    await first.ended;
    expect(command('cluster', 'status')).toContain('running, used by nobody');

    const second = start();
    const url = await listening(second);
    expect(second.output()).toContain('Loading countries');
    const collections = await (await fetch(new URL('collections?f=json', url))).json();
    expect(collections).toMatchObject({ numberMatched: 5 });
    second.child.kill('SIGINT');
    expect(await second.ended).toBe(0);
    expect(command('cluster', 'status')).toContain('stopped');
  });

  test('the second time it listens within five seconds and loads nothing', async () => {
    const begin = performance.now();
    const program = start();
    const url = await listening(program);
    expect((await fetch(url)).status).toBe(200);
    expect(performance.now() - begin).toBeLessThan(5000);
    expect(program.output()).not.toContain('Loading');
    program.child.kill('SIGTERM');
    expect(await program.ended).toBe(0);
  });

  test('after kill -9 the next start adopts the cluster, and stops it at its end', async () => {
    const first = start();
    await listening(first);
    first.child.kill('SIGKILL');
    await first.ended;
    const second = start();
    expect((await fetch(await listening(second))).status).toBe(200);
    expect(second.output()).not.toContain('Starting PostgreSQL');
    second.child.kill('SIGINT');
    await second.ended;
    expect(command('cluster', 'status')).toContain('stopped');
  });

  test('two share the cluster, and the last one stops it', async () => {
    const first = start();
    await listening(first);
    const second = start();
    const url = await listening(second);
    first.child.kill('SIGINT');
    await first.ended;
    expect(command('cluster', 'status')).toContain(`used by process ${second.child.pid}`);
    expect((await fetch(new URL('collections/cities/items?limit=1', url))).status).toBe(200);
    second.child.kill('SIGINT');
    await second.ended;
    expect(command('cluster', 'status')).toContain('stopped');
  });

  test('a busy port is one clear message, and the cluster is not left running', async () => {
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    const address = other.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    const program = start({ PORT: String(port) });
    expect(await program.ended).toBe(1);
    expect(program.output()).toContain(`Port ${port} `);
    expect(program.output()).not.toMatch(/^\s+at /m);
    expect(command('cluster', 'status')).toContain('stopped');
    await new Promise((resolve) => other.close(resolve));
  });

  test('Ctrl-C while the cluster starts ends it cleanly', async () => {
    const program = start();
    await program.printed(/Database:/);
    program.child.kill('SIGINT');
    expect(await program.ended).toBe(0);
    expect(command('cluster', 'status')).toContain('stopped');
  });

  test('the cluster listens on nothing but a socket in a folder that is closed to others', () => {
    const status = command('cluster', 'status');
    const [, cluster = ''] = /in (\S+): stopped/.exec(status) ?? [];
    expect(existsSync(join(cluster, 'data', 'postgresql.conf'))).toBe(true);
    const read = (file: string): string => spawnSync('cat', [join(cluster, 'data', file)], { encoding: 'utf8' }).stdout;
    expect(read('postgresql.conf')).toContain("listen_addresses = ''");
    expect(read('pg_hba.conf')).not.toContain('trust');
    expect(spawnSync('stat', ['-c', '%a', join(cluster, 'run')], { encoding: 'utf8' }).stdout.trim()).toBe('700');
    expect(spawnSync('stat', ['-c', '%a', join(cluster, 'secrets.json')], { encoding: 'utf8' }).stdout.trim()).toBe('600');
  });
});

/** Ours without the names of databases, and with any free ports. */
function environment(): Record<string, string> {
  const env: Record<string, string> = { PORT: '0', GRATICULE_ADMIN_PORT: '0' };
  for (const [name, value] of Object.entries(process.env)) {
    if (value !== undefined && !/^(PG|DATABASE_URL|GRATICULE_|PORT$|HOST$|VITEST|NODE_OPTIONS)/.test(name)) env[name] ??= value;
  }
  return env;
}
