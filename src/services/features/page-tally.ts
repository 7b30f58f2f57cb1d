import type { Row } from '../../db/database.ts';
import type { PageTotals } from './feature-query.ts';
import { COUNT_LIMIT } from './page-statement.ts';

/** Counts what the rows of a page statement bring. */
export interface PageTally {
  /** The features' texts of some rows; keeps what the extra row says. */
  take(rows: readonly Row[]): readonly string[];
  /** The totals; `recount` is asked only when the rows cannot tell (a page past the end). */
  end(recount: () => Promise<number>): Promise<PageTotals>;
}

/** A tally for the page that begins at an offset. */
export function createPageTally(offset: number): PageTally {
  let numberReturned = 0;
  let counted: number | undefined;
  return {
    take(rows) {
      const texts: string[] = [];
      for (const row of rows) {
        if (row[0] === null) counted = Number(textAt(row, 1));
        else texts.push(textAt(row, 0));
      }
      numberReturned += texts.length;
      return texts;
    },
    async end(recount) {
      const hasMore = counted !== undefined;
      const isPastEnd = !hasMore && numberReturned === 0 && offset > 0;
      const all = counted ?? (isPastEnd ? await recount() : offset + numberReturned);
      const exact = all <= COUNT_LIMIT || (!hasMore && !isPastEnd);
      return { numberReturned, hasMore, numberMatched: exact ? all : undefined };
    },
  };
}

/** A column of a row as text; an empty text for null. */
export function textAt(row: Row, index: number): string {
  return String(row[index] ?? '');
}
