import { openPrivateCluster } from '../cluster/private-cluster.ts';
import type { Config } from '../config/config.ts';
import type { DatabaseConnection } from '../config/connection.ts';
import { DEMO_DATABASE, prepareDemo } from '../services/demo/demo-database.ts';
import { clusterRequest } from './cluster-command.ts';
import type { CommandInput, World } from './command.ts';
import { type ProgressView, showProgress } from './show-progress.ts';

/** The database to work on, and how to leave it. */
export interface OpenChoice {
  readonly connection: DatabaseConnection;
  close(): Promise<void>;
}

/** The flags with the database that stands as an argument. */
export function withDatabase(flags: CommandInput['flags'], database: string | undefined): CommandInput['flags'] {
  return database === undefined ? flags : { ...flags, database };
}

/**
 * The database that the configuration names, else the private cluster with its demo data; says first which it is, and why.
 * @throws AppError DATABASE_UNAVAILABLE when there is no way to a private cluster; the signal's reason
 */
export async function openDatabaseChoice(config: Config, world: World, view: ProgressView, signal: AbortSignal): Promise<OpenChoice> {
  if (config.database !== undefined) {
    view.write(`Database: ${config.database.description}, named by ${config.database.source}\n`);
    return { connection: config.database.connection, close: () => Promise.resolve() };
  }
  view.write(
    'Database: a private cluster with demo data, as none is named by an argument, DATABASE_URL, PGHOST, PGSERVICE or PGDATABASE\n',
  );
  const report = showProgress(view);
  const cluster = await openPrivateCluster(clusterRequest(world), report);
  try {
    signal.throwIfAborted();
    await prepareDemo(cluster, report, signal);
  } catch (error) {
    await cluster.close();
    throw error;
  }
  return { connection: cluster.reader(DEMO_DATABASE), close: () => cluster.close() };
}
