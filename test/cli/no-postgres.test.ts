import { spawnSync, type SpawnSyncReturns } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const PROGRAMS = '/usr/lib/postgresql';
const NOBODY = '65534';

/** Runs a shell line as an ordinary user in a world of its own, in which nobody has installed PostgreSQL. */
function withoutPostgres(line: string): SpawnSyncReturns<string> {
  const script = `mount -t tmpfs none ${PROGRAMS} && exec setpriv --reuid=${NOBODY} --regid=${NOBODY} --clear-groups env -i HOME=/nonexistent PATH="$PATH" ${line}`;
  return spawnSync('unshare', ['--mount', 'sh', '-c', script], { cwd: ROOT, encoding: 'utf8', timeout: 60_000 });
}

const canHide = process.getuid?.() === 0 && existsSync(PROGRAMS) && withoutPostgres(`test -r dist/main.js`).status === 0;

test.skipIf(!canHide)(
  'no PostgreSQL, no root and no Docker is one message with the command to type, and exit code 1 (skipped where a namespace cannot be made: needs root)',
  { timeout: 60_000 },
  () => {
    const { status, stderr } = withoutPostgres(`${process.execPath} dist/main.js start`);
    expect(status).toBe(1);
    expect(stderr).toMatch(/^Cannot start a private database: /);
    expect(stderr).toMatch(/sudo apt-get install --no-install-recommends postgresql-\S+/);
    expect(stderr).toContain('DATABASE_URL=');
    expect(stderr).not.toMatch(/^\s+at /m);
  },
);
