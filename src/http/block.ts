import type { Link } from '../base/link.ts';
import type { Collection } from '../catalog/collection.ts';
import type { Links } from './links.ts';
import type { Parameter } from './parameter.ts';
import type { MountedRoute } from './route.ts';

/** What a block adds when it is mounted. */
export interface Contribution {
  readonly routes: readonly MountedRoute[];
  /** Parameters added to other blocks' routes by route id. */
  readonly parameters?: readonly AddedParameter[];
  /** What is answered at most, by part of the standards (`x-OGC-limits`, OGC 20-058 §7.4): `{ maps: { maxWidth: 8192 } }`. */
  readonly limits?: Limits;
  /** Links of the landing page. */
  readonly landingLinks?: (links: Links) => readonly Link[];
  /** Links of a collection's document, in the list and alone. */
  readonly collectionLinks?: (collection: Collection, links: Links) => readonly Link[];
}

/** Limits by part of the standards and name. */
export type Limits = Readonly<Record<string, Readonly<Record<string, number>>>>;

/** A parameter that one block adds to another block's route. */
export interface AddedParameter {
  readonly routeId: string;
  readonly parameter: Parameter<unknown>;
}

/** What a block is given when it is mounted: the folds over all blocks, complete once every block is mounted. */
export interface Kit {
  landingLinks(links: Links): readonly Link[];
  collectionLinks(collection: Collection, links: Links): readonly Link[];
  conformsTo(): readonly string[];
  limits(): Limits;
  routes(): readonly MountedRoute[];
  addedParameters(routeId: string): readonly Parameter<unknown>[];
}

/** One conformance part: what it claims while mounted, what it needs, and what it adds. */
export interface Block {
  /** Folder name. */
  readonly id: string;
  /** `OGC 17-069r4`. */
  readonly spec: string;
  readonly conformsTo: readonly string[];
  /** Ids of blocks that must be mounted too; checked at start. */
  readonly requires: readonly string[];
  /** Pure: called once at start. */
  mount(kit: Kit): Contribution;
}
