import type { Contact } from '../base/contact.ts';
import type { DatabaseChoice } from './connection.ts';

/** Every setting with its value; frozen, made once at start. What each means stands in the table of settings. */
export interface Config {
  /** Undefined: nobody named one, so the private cluster is used. */
  readonly database: DatabaseChoice | undefined;
  /** Undefined: loopback, IPv4 and IPv6. */
  readonly host: string | undefined;
  readonly port: number;
  readonly adminPort: number;
  /** Without a slash at its end. */
  readonly publicUrl: string | undefined;
  readonly contact: Contact;
  /** Addresses and CIDR blocks. */
  readonly trustedProxies: readonly string[];
  /** Globs of schema or schema.table; empty: everything. */
  readonly include: readonly string[];
  readonly exclude: readonly string[];
  readonly nonSpatialTables: boolean;
  /** `schema.name` of a table or view of legends; the usual one may be absent. */
  readonly legendTable: string;
  /** 0: only on notification. */
  readonly refreshSeconds: number;
  readonly tileTtlSeconds: number;
  readonly tileMatrixSetFiles: readonly string[];
  readonly cacheBytes: number;
  readonly blockCacheBytes: number;
  readonly maxPixels: number;
  readonly poolSize: number;
  readonly statementTimeoutMs: number;
  readonly requestTimeoutMs: number;
  readonly streamLimitMs: number;
  readonly logLevel: LogLevel;
}

/** Least severity of the lines that are logged. */
export type LogLevel = 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'silent';
