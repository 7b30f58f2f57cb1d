import type { Bbox } from '../../base/bbox.ts';
import { AppError } from '../../base/error.ts';
import type { VectorCollection } from '../../catalog/collection.ts';
import { createIndexBoxes } from '../../catalog/index-boxes.ts';
import type { IndexBoxes } from '../../catalog/index-boxes.ts';
import type { Database, Row, RunContext } from '../../db/database.ts';
import { planArea } from './area.ts';
import type { FeaturePage, FeatureQuery, PageTotals } from './feature-query.ts';
import { createPageTally, textAt } from './page-tally.ts';
import { countStatement, featureStatement, pageStatement } from './page-statement.ts';
import type { PagePlan } from './page-statement.ts';
import { checkPropertyValue } from './property-value.ts';

/** Pages and single features of vector collections as GeoJSON text that the database writes. */
export interface FeatureService {
  /** @throws AppError INVALID_PARAMETER for a value that its property cannot have */
  page(collection: VectorCollection, query: FeatureQuery, context: RunContext): Promise<FeaturePage>;
  /** The text of a Feature, ending in `}`; undefined when there is none of this id. */
  feature(collection: VectorCollection, id: string, context: RunContext): Promise<string | undefined>;
}

/** A page that is being read: where from, on whose behalf. */
interface Reading {
  readonly database: Database;
  readonly collection: VectorCollection;
  readonly plan: PagePlan;
  readonly context: RunContext;
}

/** Largest page that is read by one statement; larger ones come through a cursor. */
const WHOLE_LIMIT = 1_000;
const BATCH = 500;
const WORLD: Bbox = [-180, -90, 180, 90];

/** The feature service on a database. */
export function createFeatureService({ database }: { readonly database: Database }): FeatureService {
  const boxes = createIndexBoxes({ database });
  const unordered = new Map<string, string>();
  return {
    async page(collection, query, { signal, principal }) {
      for (const { property, value } of query.equals) checkPropertyValue(property, value);
      const context = { signal, principal };
      const plan = await planPage(collection, query, boxes, context);
      const read = query.limit <= WHOLE_LIMIT ? wholePage : streamedPage;
      return inSomeOrder(collection, unordered, (isUnordered) =>
        withinMappable({ collection, boxes, context }, (mappable) =>
          read({ database, collection, context, plan: { ...plan, mappable, unordered: isUnordered } }),
        ),
      );
    },
    async feature(collection, id, { signal, principal }) {
      const context = { signal, principal };
      return withinMappable({ collection, boxes, context }, async (mappable) => {
        const statement = featureStatement(collection, id, mappable);
        if (statement === undefined) return undefined;
        // One key is like another.
        const [row] = await database.rows(statement, { name: 'feature', plan: 'kept', ...context });
        return row === undefined ? undefined : textAt(row, 0);
      });
    },
  };
}

/**
 * Runs `read`; when the database cannot transform a row's position, once more with all geometries null that lie where
 * nothing can be mapped: one bad row must not hide the others, and asking that of every row always would cost time.
 */
async function withinMappable<T>(
  { collection, boxes, context }: { readonly collection: VectorCollection; readonly boxes: IndexBoxes; readonly context: RunContext },
  read: (mappable?: readonly Bbox[]) => Promise<T>,
): Promise<T> {
  const { geometry } = collection;
  try {
    return await read();
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'INVALID_PARAMETER' || geometry === undefined || geometry.srid === 4326) throw error;
    const mappable = await boxes.find({ bbox: WORLD, from: 4326, to: geometry.srid, margin: 0 }, context);
    if (mappable === undefined) throw error;
    return read(mappable);
  }
}

/**
 * A role with grants on columns alone may not read ctid, which the catalogue does not tell: such tables come as they come.
 * Remembered by id and version, which outlast a refresh: the refusal is taken for a privilege that is gone and asks for one.
 */
async function inSomeOrder<T>(
  collection: VectorCollection,
  unordered: Map<string, string>,
  read: (isUnordered: boolean) => Promise<T>,
): Promise<T> {
  const isKnown = unordered.get(collection.id) === collection.version;
  try {
    return await read(isKnown);
  } catch (error) {
    if (isKnown || collection.key.length > 0 || !(error instanceof AppError) || error.code !== 'NOT_FOUND') throw error;
    unordered.set(collection.id, collection.version);
    return read(true);
  }
}

async function planPage(collection: VectorCollection, query: FeatureQuery, boxes: IndexBoxes, context: RunContext): Promise<PagePlan> {
  const { bbox, datetime, equals, limit, offset } = query;
  const { geometry } = collection;
  const area = bbox === undefined || geometry === undefined ? undefined : await planArea(geometry, bbox, boxes, context);
  return { area, datetime, equals, limit, offset };
}

async function wholePage(reading: Reading): Promise<FeaturePage> {
  const { database, collection, plan, context } = reading;
  const tally = createPageTally(plan.offset);
  const features = tally.take(await database.rows(pageStatement(collection, plan), { name: 'items', ...context }));
  return { kind: 'whole', features, totals: await tally.end(() => count(reading)) };
}

async function streamedPage(reading: Reading): Promise<FeaturePage> {
  const { database, collection, plan, context } = reading;
  const tally = createPageTally(plan.offset);
  const rows = database.stream(pageStatement(collection, plan), { name: 'items.stream', batch: BATCH, ...context })[Symbol.asyncIterator]();
  let first: IteratorResult<readonly Row[]> | undefined = await rows.next();
  let totals: PageTotals | undefined;
  // No generator: one that was never started would not close the cursor when it is told to return.
  const batches: AsyncIterableIterator<readonly string[]> = {
    [Symbol.asyncIterator]: () => batches,
    async next() {
      const batch = first ?? (await rows.next());
      first = undefined;
      if (batch.done !== true) return { done: false, value: tally.take(batch.value) };
      totals ??= await tally.end(() => count(reading));
      return { done: true, value: undefined };
    },
    async return() {
      await rows.return?.();
      return { done: true, value: undefined };
    },
  };
  return {
    kind: 'streamed',
    batches,
    totals() {
      if (totals === undefined) throw new Error('The totals of a streamed page were asked for before its end');
      return totals;
    },
  };
}

async function count({ database, collection, plan, context }: Reading): Promise<number> {
  const [row] = await database.rows(countStatement(collection, plan), { name: 'items.count', ...context });
  return row === undefined ? 0 : Number(textAt(row, 0));
}
