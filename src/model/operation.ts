// Generated from schemas/ by `npm run generate`. Do not edit.
import type { Link } from './common.ts';

/** What was found in the database, what was left out and what could work better. */
export interface CatalogExplanation {
  readonly version?: string;
  readonly loadedAt?: string;
  readonly server?: {
    readonly postgresql?: string;
    readonly postgis?: string;
    readonly raster?: boolean;
  };
  readonly collections: ReadonlyArray<{
    readonly id: string;
    readonly relation: string;
    readonly column?: string;
    readonly kind: 'vector' | 'raster';
  }>;
  readonly findings: readonly FindingDocument[];
}

/** One thing that was left out, that is read for what is served, or that works less well than it could. */
export interface FindingDocument {
  readonly level: 'left-out' | 'read' | 'warning';
  readonly relation: string;
  readonly column?: string;
  readonly code: string;
  readonly message: string;
  /** SQL that would change it. */
  readonly remedy?: string;
}

/** Whether the process works, and the database behind it. */
export interface Health {
  readonly status: 'pass' | 'warn' | 'fail';
  /** Version of the program. */
  readonly version?: string;
  readonly uptimeSeconds?: number;
  readonly database?: 'up' | 'down';
  readonly catalog?: {
    readonly version?: string;
    readonly loadedAt?: string;
    readonly collections?: number;
  };
  readonly links?: readonly Link[];
}
