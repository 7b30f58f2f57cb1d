/** libpq's levels of TLS (PostgreSQL documentation, table 34.1). */
export type SslMode = 'disable' | 'allow' | 'prefer' | 'require' | 'verify-ca' | 'verify-full';

/** Where to connect: plain data, made once by `readConfig` from URL, environment, service file and password file. */
export interface DatabaseConnection {
  /** Tried in order. A host that starts with `/` is the directory of a Unix socket. */
  readonly hosts: readonly { readonly host: string; readonly port: number; readonly password: string | undefined }[];
  readonly database: string;
  readonly user: string;
  readonly sslmode: SslMode;
  /** Certificates as PEM text; `ca` undefined trusts the system's. */
  readonly ca: string | undefined;
  readonly cert: string | undefined;
  readonly key: string | undefined;
  readonly applicationName: string;
  /** Start-up options as `PGOPTIONS` has them: `-c search_path=a,b`. */
  readonly options: string | undefined;
  readonly connectTimeoutMs: number;
}

/** The database that was chosen, who named it, and what may be printed about it. */
export interface DatabaseChoice {
  readonly connection: DatabaseConnection;
  /** `postgres://user@host:5432/name`, without the password. */
  readonly description: string;
  /** What named it: `argument`, `DATABASE_URL`, `PGHOST`, … */
  readonly source: string;
}
