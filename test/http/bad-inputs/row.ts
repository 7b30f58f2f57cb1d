import type { WireAnswer } from './wire.ts';

/** One request with the answer that we owe. */
export interface BadInput {
  /** Group and number under which the row is known: `C8`. Several rows may share one. */
  readonly id: string;
  /** What is wrong with the request, or why it is right, in plain words. */
  readonly fact: string;
  readonly method?: string;
  readonly target: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly status: number;
  /** Slug of the problem's type; absent where the answer is no error. */
  readonly slug?: string;
  /** What else the row promises. */
  readonly check?: (answer: WireAnswer, root: string) => void;
}

/** Rows that differ only in the query of one resource. */
export function queries(
  resource: string,
  rows: readonly (readonly [id: string, query: string, slug: string, fact: string])[],
): readonly BadInput[] {
  return rows.map(([id, query, slug, fact]) => ({ id, fact, target: `${resource}?${query}`, status: 400, slug }));
}
