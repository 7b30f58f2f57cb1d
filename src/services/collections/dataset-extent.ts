import type { Bbox } from '../../base/bbox.ts';
import { AppError } from '../../base/error.ts';
import { compareInstants } from '../../base/interval.ts';
import type { Catalog, Facts } from '../../catalog/catalog.ts';
import type { Collection, Extent } from '../../catalog/collection.ts';
import { boxAroundBoxes } from '../../catalog/geographic-box.ts';

/** The extent of all collections together. */
export interface DatasetExtent {
  /** The world, and all of time, as long as some collection might lie anywhere. Waits a moment at most. */
  read(): Promise<DatasetReach>;
}

/** Space and time in which everything lies. */
export interface DatasetReach {
  readonly bbox: Bbox;
  /** Undefined where no collection has times. */
  readonly interval: Extent['interval'];
}

type Span = NonNullable<Extent['interval']>;

/** How long an answer waits for what is not known yet: small databases are surveyed within it. */
const PATIENCE_MS = 100;
/** Collections are looked at again after this long when somebody asks. */
const STALE_MS = 600_000;
const WORLD: Bbox = [-180, -90, 180, 90];
const EVERYWHERE: DatasetReach = { bbox: WORLD, interval: [null, null] };

/** What has been looked at: the version of a collection, and when. */
interface Look {
  readonly version: string;
  readonly atMs: number;
}

/**
 * The extent over a catalogue that may be replaced at any time. Collections are looked at one after the other, so that
 * ten thousand of them do not hold up anybody who asks for one.
 */
export function createDatasetExtent(source: { catalog(): Catalog; readonly facts: Facts; now(): number }): DatasetExtent {
  const { facts } = source;
  const seen = new Map<string, Look>();
  let survey: Promise<void> | undefined;
  const isDue = ({ id, version }: Collection): boolean => {
    const look = seen.get(id);
    return look?.version !== version || source.now() - look.atMs > STALE_MS;
  };
  const lookAt = async (collections: readonly Collection[]): Promise<void> => {
    for (const collection of collections) {
      await facts.learn(collection);
      seen.set(collection.id, { version: collection.version, atMs: source.now() });
    }
  };
  return {
    async read() {
      const collections = knownCollections(source);
      if (collections === undefined) return EVERYWHERE;
      for (const id of seen.size > collections.size ? seen.keys() : []) if (!collections.has(id)) seen.delete(id);
      const due = [...collections.values()].filter(isDue);
      if (due.length > 0) {
        // While the database is away nothing is learnt; the next who asks tries again.
        survey ??= lookAt(due).then(
          () => void (survey = undefined),
          () => void (survey = undefined),
        );
        await within(survey);
      }
      return reachOf([...collections.values()], (collection) => facts.known(collection));
    },
  };
}

/** Undefined while the catalogue is still being read: the landing page is there before it. */
function knownCollections(source: { catalog(): Catalog }): Catalog['collections'] | undefined {
  try {
    return source.catalog().collections;
  } catch (error) {
    if (error instanceof AppError && error.code === 'DATABASE_UNAVAILABLE') return undefined;
    throw error;
  }
}

/** Space and time around what is known of collections. */
export function reachOf(collections: readonly Collection[], known: (collection: Collection) => Extent | undefined): DatasetReach {
  const boxes: Bbox[] = [];
  const spans: Span[] = [];
  for (const collection of collections) {
    const extent = known(collection);
    const hasPlace = collection.kind === 'raster' || collection.geometry !== undefined;
    if (extent?.bbox !== undefined) boxes.push(extent.bbox);
    else if (hasPlace && extent?.exact !== true) boxes.push(WORLD);
    if (extent?.interval !== undefined) spans.push(extent.interval);
    else if (collection.temporal !== undefined && extent?.exact !== true) spans.push([null, null]);
  }
  return { bbox: boxAroundBoxes(boxes) ?? WORLD, interval: spans.length === 0 ? undefined : spans.reduce(around) };
}

function around(a: Span, b: Span): Span {
  const [start, end] = [[a[0], b[0]] as const, [a[1], b[1]] as const];
  return [outer(start, -1), outer(end, 1)];
}

/** The earlier (-1) or later (1) of two ends, an open one before any. */
function outer([a, b]: readonly [string | null, string | null], sign: -1 | 1): string | null {
  if (a === null || b === null) return null;
  return compareInstants(a, b) * sign > 0 ? a : b;
}

async function within(work: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const patience = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, PATIENCE_MS);
  });
  await Promise.race([work, patience]);
  clearTimeout(timer);
}
