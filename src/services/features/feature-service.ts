import type { VectorCollection } from '../../catalog/collection.ts';
import type { Database, Row } from '../../db/database.ts';
import type { FeatureContext, FeaturePage, FeatureQuery, PageTotals } from './feature-query.ts';
import { COUNT_LIMIT, countStatement, featureStatement, pageStatement } from './page-statement.ts';
import { checkPropertyValue } from './property-value.ts';

/** Pages and single features of vector collections as GeoJSON text that the database writes. */
export interface FeatureService {
  /** @throws AppError INVALID_PARAMETER for a value that its property cannot have */
  page(collection: VectorCollection, query: FeatureQuery, context: FeatureContext): Promise<FeaturePage>;
  /** The text of a Feature, ending in `}`; undefined when there is none of this id. */
  feature(collection: VectorCollection, id: string, context: FeatureContext): Promise<string | undefined>;
}

/** Largest page that is read by one statement; larger ones come through a cursor. */
const WHOLE_LIMIT = 1_000;
const BATCH = 500;

/** The feature service on a database. */
export function createFeatureService({ database }: { readonly database: Database }): FeatureService {
  return {
    async page(collection, query, context) {
      for (const { property, value } of query.equals) checkPropertyValue(property, value);
      return query.limit <= WHOLE_LIMIT ? wholePage(database, collection, query, context) : streamedPage(database, collection, query, context);
    },
    async feature(collection, id, context) {
      const statement = featureStatement(collection, id);
      if (statement === undefined) return undefined;
      const [row] = await database.rows(statement, { name: 'feature', ...context });
      return row === undefined ? undefined : cell(row, 0);
    },
  };
}

async function wholePage(database: Database, collection: VectorCollection, query: FeatureQuery, context: FeatureContext): Promise<FeaturePage> {
  const tally = createTally(query);
  const features = tally.take(await database.rows(pageStatement(collection, query), { name: 'items', ...context }));
  return { kind: 'whole', features, totals: await tally.end(() => count(database, collection, query, context)) };
}

async function streamedPage(database: Database, collection: VectorCollection, query: FeatureQuery, context: FeatureContext): Promise<FeaturePage> {
  const tally = createTally(query);
  const batches = database.stream(pageStatement(collection, query), { name: 'items.stream', batch: BATCH, ...context })[Symbol.asyncIterator]();
  const first = await batches.next();
  let totals: PageTotals | undefined;
  async function* texts(): AsyncGenerator<readonly string[], void, undefined> {
    try {
      for (let batch = first; batch.done !== true; batch = await batches.next()) yield tally.take(batch.value);
      totals = await tally.end(() => count(database, collection, query, context));
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

async function count(database: Database, collection: VectorCollection, query: FeatureQuery, context: FeatureContext): Promise<number> {
  const [row] = await database.rows(countStatement(collection, query), { name: 'items.count', ...context });
  return Number(row === undefined ? 0 : cell(row, 0));
}

interface Tally {
  /** The features' texts of some rows; keeps what the extra row says. */
  take(rows: readonly Row[]): readonly string[];
  /** The totals; `recount` is asked only when the rows cannot tell (a page past the end). */
  end(recount: () => Promise<number>): Promise<PageTotals>;
}

function createTally({ offset }: FeatureQuery): Tally {
  let numberReturned = 0;
  let counted: number | undefined;
  return {
    take(rows) {
      const texts: string[] = [];
      for (const row of rows) {
        if (row[0] === null) counted = Number(cell(row, 1));
        else texts.push(cell(row, 0));
      }
      numberReturned += texts.length;
      return texts;
    },
    async end(recount) {
      const hasMore = counted !== undefined;
      const past = !hasMore && numberReturned === 0 && offset > 0;
      const all = counted ?? (past ? await recount() : offset + numberReturned);
      const exact = all <= COUNT_LIMIT || (!hasMore && !past);
      return { numberReturned, hasMore, numberMatched: exact ? all : undefined };
    },
  };
}

function cell(row: Row, index: number): string {
  return String(row[index] ?? '');
}
