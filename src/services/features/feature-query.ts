import type { Bbox } from '../../base/bbox.ts';
import type { Interval } from '../../base/interval.ts';
import type { Property } from '../../catalog/collection.ts';

/** Which features of a collection, parsed and clamped: OGC 17-069r4 §7.15. */
export interface FeatureQuery {
  /** 1 to 10,000. */
  readonly limit: number;
  readonly offset: number;
  /** CRS84, west > east across the antimeridian. */
  readonly bbox?: Bbox | undefined;
  readonly datetime?: Interval | undefined;
  readonly equals: readonly PropertyValue[];
}

/** A property and the text that it must equal, as the request has it. */
export interface PropertyValue {
  readonly property: Property;
  readonly value: string;
}

/** What is known of a page once it has been read. */
export interface PageTotals {
  readonly numberReturned: number;
  /** Exact, or undefined when it would have cost too much to know. */
  readonly numberMatched: number | undefined;
  /** True when features follow after this page. */
  readonly hasMore: boolean;
}

/**
 * A page of features, each the text of a whole GeoJSON Feature that ends in `}`. A whole page knows its totals before
 * the first byte is written; a streamed one only when `batches` has ended, its first batch being fetched already.
 */
export type FeaturePage =
  | { readonly kind: 'whole'; readonly features: readonly string[]; readonly totals: PageTotals }
  | {
      readonly kind: 'streamed';
      /** Must be read to its end or told to return: it holds a cursor. */
      readonly batches: AsyncIterableIterator<readonly string[]>;
      /** @throws Error before `batches` has ended: a mistake of ours. */
      totals(): PageTotals;
    };
