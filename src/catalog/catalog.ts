import type { Collection, Extent } from './collection.ts';
import type { StoredLegends } from './stored-legend.ts';

/** Something that was found and left out, that is read for what is served, or that works less well than it could. */
export interface Finding {
  readonly level: 'left-out' | 'read' | 'warning';
  readonly relation: string;
  readonly column?: string;
  readonly code: string;
  readonly message: string;
  /** SQL that would change it. */
  readonly remedy?: string;
}

/** An immutable picture of what the database offers. A request takes one and never sees half an update. */
export interface Catalog {
  /** Changes with every difference; part of every cache key. */
  readonly version: string;
  readonly loadedAt: Date;
  /** By id, in the order in which they are listed. */
  readonly collections: ReadonlyMap<string, Collection>;
  /** Other spellings of ids (`public.roads`) → the canonical id. */
  readonly aliases: ReadonlyMap<string, string>;
  readonly findings: readonly Finding[];
  /** Colours that the database keeps under names. */
  readonly legends: StoredLegends;
  /** Definitions of the SRIDs in use and of the usual ones, from spatial_ref_sys. */
  readonly references: ReadonlyMap<number, SpatialReference>;
  readonly serverVersion: { readonly postgresql: string; readonly postgis: string; readonly raster: boolean };
}

/** A row of spatial_ref_sys. */
export interface SpatialReference {
  readonly srid: number;
  /** `EPSG`, `ESRI` … with the authority's own number. */
  readonly authority: string | undefined;
  readonly code: number | undefined;
  readonly wkt: string | undefined;
  readonly proj4: string | undefined;
}

/** Facts that need the data and are therefore found in the background or on demand, each with a time limit. */
export interface Facts {
  /** Estimate at once, exact when it has been computed; undefined when there is nothing to know. */
  extent(collection: Collection, signal: AbortSignal): Promise<Extent>;
  /** What has been found out by now, by whoever asked; undefined: nothing. */
  known(collection: Collection): Extent | undefined;
  /**
   * Finds out what costs little: the estimate and, once, the exact extent where there is no estimate or the rows have times.
   * @throws AppError DATABASE_UNAVAILABLE, OVERLOADED
   */
  learn(collection: Collection): Promise<void>;
}

/** A collection by its id or another spelling of it. */
export function findCollection(catalog: Catalog, id: string): Collection | undefined {
  return catalog.collections.get(id) ?? catalog.collections.get(catalog.aliases.get(id) ?? '');
}
