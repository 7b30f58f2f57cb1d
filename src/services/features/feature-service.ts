import type { VectorCollection } from '../../catalog/collection.ts';
import { createIndexBoxes } from '../../catalog/index-boxes.ts';
import type { IndexBoxes } from '../../catalog/index-boxes.ts';
import type { Database } from '../../db/database.ts';
import { planArea } from './area.ts';
import type { FeatureContext, FeaturePage, FeatureQuery, PageTotals } from './feature-query.ts';
import { createPageTally, textAt } from './page-tally.ts';
import { countStatement, featureStatement, pageStatement } from './page-statement.ts';
import type { PagePlan } from './page-statement.ts';
import { checkPropertyValue } from './property-value.ts';

/** Pages and single features of vector collections as GeoJSON text that the database writes. */
export interface FeatureService {
  /** @throws AppError INVALID_PARAMETER for a value that its property cannot have */
  page(collection: VectorCollection, query: FeatureQuery, context: FeatureContext): Promise<FeaturePage>;
  /** The text of a Feature, ending in `}`; undefined when there is none of this id. */
  feature(collection: VectorCollection, id: string, context: FeatureContext): Promise<string | undefined>;
}

/** A page that is being read: where from, on whose behalf. */
interface Reading {
  readonly database: Database;
  readonly collection: VectorCollection;
  readonly plan: PagePlan;
  readonly context: FeatureContext;
}

/** Largest page that is read by one statement; larger ones come through a cursor. */
const WHOLE_LIMIT = 1_000;
const BATCH = 500;

/** The feature service on a database. */
export function createFeatureService({ database }: { readonly database: Database }): FeatureService {
  const boxes = createIndexBoxes({ database });
  return {
    async page(collection, query, { signal, principal }) {
      for (const { property, value } of query.equals) checkPropertyValue(property, value);
      const context = { signal, principal };
      const reading = { database, collection, context, plan: await planPage(collection, query, boxes, context) };
      return query.limit <= WHOLE_LIMIT ? wholePage(reading) : streamedPage(reading);
    },
    async feature(collection, id, { signal, principal }) {
      const statement = featureStatement(collection, id);
      if (statement === undefined) return undefined;
      const [row] = await database.rows(statement, { name: 'feature', signal, principal });
      return row === undefined ? undefined : textAt(row, 0);
    },
  };
}

async function planPage(collection: VectorCollection, query: FeatureQuery, boxes: IndexBoxes, context: FeatureContext): Promise<PagePlan> {
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
  const batches = database.stream(pageStatement(collection, plan), { name: 'items.stream', batch: BATCH, ...context })[Symbol.asyncIterator]();
  const first = await batches.next();
  let totals: PageTotals | undefined;
  async function* texts(): AsyncGenerator<readonly string[], void, undefined> {
    try {
      for (let batch = first; batch.done !== true; batch = await batches.next()) yield tally.take(batch.value);
      totals = await tally.end(() => count(reading));
    } finally {
      await batches.return?.();
    }
  }
  return {
    kind: 'streamed',
    batches: texts(),
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
