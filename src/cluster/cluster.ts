/** How to reach a database of a private cluster as one of its roles. `host` is a socket's folder, or a loopback address. */
export interface ClusterConnection {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly password: string;
  readonly database: string;
}

/** A private cluster in use by this process. */
export interface PrivateCluster {
  /** `PostgreSQL 15`, or the name of the Docker image. */
  readonly description: string;
  readonly folder: string;
  /** The role that owns and loads everything. */
  owner(database: string): ClusterConnection;
  /** The role that the server connects as: owns nothing, writes nothing. */
  reader(database: string): ClusterConnection;
  /** Leaves the cluster; the last one who leaves stops it. */
  close(): Promise<void>;
}
