import pg from 'pg';
import type { TestProject } from 'vitest/node';
import { openPrivateCluster } from '../../src/cluster/private-cluster.ts';
import type { DatabaseConnection } from '../../src/config/connection.ts';
import { testClusterRequest } from './cluster-request.ts';
import { connectionUrl } from './connection-url.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** How test files reach the test cluster: its owner and its reader, both at database `postgres`. */
    cluster: { readonly owner: DatabaseConnection; readonly reader: DatabaseConnection; readonly runId: string };
  }
}

/** Starts or adopts the test cluster for a run; databases that killed runs left behind are dropped. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const cluster = await openPrivateCluster(testClusterRequest(), (progress) => {
    if (progress.kind === 'begin') process.stderr.write(`${progress.label} …\n`);
  });
  const owner = cluster.owner('postgres');
  const runId = `test_${process.pid}`;
  await dropLeftovers(owner, runId);
  project.provide('cluster', { owner, reader: cluster.reader('postgres'), runId });
  return async () => {
    await dropLeftovers(owner, runId);
    await cluster.close();
  };
}

/** Drops the databases of this run and of runs whose process is gone. */
async function dropLeftovers(owner: DatabaseConnection, runId: string): Promise<void> {
  const client = new pg.Client(connectionUrl(owner));
  await client.connect();
  try {
    const found = await client.query<{ datname: string }>(`select datname from pg_database where datname ~ '^test_[0-9]+_'`);
    for (const { datname } of found.rows) {
      const pid = Number(datname.split('_')[1]);
      if (datname.startsWith(`${runId}_`) || !isAlive(pid)) {
        await client.query(`drop database if exists ${client.escapeIdentifier(datname)} with (force)`);
      }
    }
  } finally {
    await client.end();
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
