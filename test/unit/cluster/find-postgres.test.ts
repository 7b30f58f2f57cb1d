import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findPostgres } from '../../../src/cluster/find-postgres.ts';

/** Lays out an installation: programs that answer like PostgreSQL's, and the control files of extensions. */
async function layOut(folder: string, major: string, extensions: readonly string[]): Promise<void> {
  const bin = join(folder, 'bin');
  const share = join(folder, 'share', 'extension');
  await mkdir(bin, { recursive: true });
  await mkdir(share, { recursive: true });
  for (const program of ['initdb', 'postgres', 'pg_ctl', 'pg_config']) {
    const answer = `case "$1" in --version) echo "postgres (PostgreSQL) ${major}";; --sharedir) echo "${folder}/share";; --bindir) echo "${bin}";; esac`;
    await writeFile(join(bin, program), `#!/bin/sh\n${answer}\n`);
    await chmod(join(bin, program), 0o755);
  }
  for (const extension of extensions) await writeFile(join(share, `${extension}.control`), '');
}

describe('findPostgres', () => {
  let root: string;
  const env = { PATH: '/usr/bin:/bin' };
  const both = ['postgis', 'postgis_raster'];
  beforeAll(async () => {
    root = await mkdtemp(join(tmpdir(), 'graticule-find-'));
    await layOut(join(root, 'pg', '9'), '9.6.24', both);
    await layOut(join(root, 'pg', '14'), '14.11 (Debian 14.11-1)', both);
    await layOut(join(root, 'pg', '16'), '16.2', both);
    await layOut(join(root, 'pg', '17'), '17.0', ['postgis']);
    await layOut(join(root, 'pg', '18'), '18beta1', []);
    await layOut(join(root, 'own'), '15.1', both);
  });
  afterAll(() => rm(root, { recursive: true }));

  test('takes the newest version that has PostGIS and postgis_raster', async () => {
    const found = await findPostgres({ patterns: [`${root}/pg/*/bin`], path: [] }, env);
    expect(found).toEqual({ binFolder: `${root}/pg/16/bin`, major: 16 });
  });

  test('falls back to the folder that pg_config on the PATH names', async () => {
    const found = await findPostgres({ patterns: [`${root}/none-*/bin`], path: ['/nowhere', `${root}/own/bin`] }, env);
    expect(found).toEqual({ binFolder: `${root}/own/bin`, major: 15 });
  });

  test('does not take versions before 13, nor PostgreSQL without PostGIS', async () => {
    expect(await findPostgres({ patterns: [`${root}/pg/9/bin`, `${root}/pg/18/bin`], path: [] }, env)).toBeUndefined();
  });

  test('finds nothing where nothing is', async () => {
    expect(await findPostgres({ patterns: [`${root}/nothing/*/bin`], path: [`${root}/nothing`] }, env)).toBeUndefined();
  });
});
