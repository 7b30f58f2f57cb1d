import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { ident, literal, sql } from '../../base/sql.ts';
import type { PrivateCluster } from '../../cluster/cluster.ts';
import type { Report } from '../../cluster/report.ts';
import { openOwner } from '../../db/owner.ts';
import { packageVersions } from './demo-packages.ts';
import { loadAside } from './load-aside.ts';

/** Raised when the loader makes something else of the same packages. */
const LOADER_VERSION = 1;

/** The database of a private cluster that holds the demo data. */
export const DEMO_DATABASE = 'demo';

/**
 * Makes sure that the cluster's demo database is there, complete, and made from the installed packages. Its comment
 * says so, and is written last: a database without it was interrupted and is made again.
 * @throws the loader's error, or the signal's reason
 */
export async function prepareDemo(cluster: PrivateCluster, report: Report, signal: AbortSignal): Promise<void> {
  const wanted = await demoFingerprint();
  const owner = await openOwner(cluster.owner('postgres'));
  try {
    // Two starts at the same time: the second waits and finds the work done.
    await owner.run(sql`select pg_advisory_lock(hashtext('graticule demo'))`);
    const [found] = await owner.run(sql`select shobj_description(oid, 'pg_database') from pg_database where datname = ${DEMO_DATABASE}`);
    if (found?.[0] === wanted) return;
    await owner.run(sql`drop database if exists ${ident(DEMO_DATABASE)} with (force)`);
    await owner.run(sql`create database ${ident(DEMO_DATABASE)} template template0`);
    await loadAside(cluster.owner(DEMO_DATABASE), report, signal);
    await owner.run(sql`comment on database ${ident(DEMO_DATABASE)} is ${literal(wanted)}`);
  } finally {
    await owner.close();
  }
}

/** A text that changes when the demo data would: versions of packages and loader, and its SQL. */
export async function demoFingerprint(): Promise<string> {
  const hash = createHash('sha256');
  for (const name of ['prepare', 'tables', 'finish']) {
    hash.update(await readFile(new URL(`../../../sql/demo/${name}.sql`, import.meta.url)));
  }
  return `graticule demo ${LOADER_VERSION} ${hash.digest('hex').slice(0, 12)} ${(await packageVersions()).join(' ')}`;
}
