import type { DatabaseConnection } from '../config/connection.ts';

/** A private cluster in use by this process. */
export interface PrivateCluster {
  /** `PostgreSQL 15`, or the name of the Docker image. */
  readonly description: string;
  readonly folder: string;
  /** The role that owns and loads everything. */
  owner(database: string): DatabaseConnection;
  /** The role that the server connects as: owns nothing, writes nothing. */
  reader(database: string): DatabaseConnection;
  /** Leaves the cluster; the last one who leaves stops it. */
  close(): Promise<void>;
}

/** A role of a private cluster and the place where its server listens: a socket's folder or a loopback address. */
export interface RoleLogin {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly password: string;
}

/** How to connect as a role of a private cluster; there is no TLS on a socket or inside one machine. */
export function clusterConnection(login: RoleLogin, database: string): DatabaseConnection {
  return {
    hosts: [{ host: login.host, port: login.port, password: login.password }],
    database,
    user: login.user,
    sslmode: 'disable',
    ca: undefined,
    cert: undefined,
    key: undefined,
    applicationName: 'graticule',
    options: undefined,
    connectTimeoutMs: 10_000,
  };
}
