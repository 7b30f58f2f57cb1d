// Generated from schemas/ by `npm run generate`. Do not edit.

/** One fault of a request. */
export interface ProblemFault {
  readonly in: 'query' | 'path' | 'header' | 'body';
  /** Parameter. */
  readonly name: string;
  readonly code: string;
  readonly message: string;
}

/** What went wrong. */
export interface Problem {
  /** Page that explains this kind of problem. */
  readonly type: string;
  readonly title: string;
  readonly status: number;
  /** What was attempted, what was wrong, and what is wanted. */
  readonly detail: string;
  /** The request, by its id in the log. */
  readonly instance?: string;
  /** The same id, for people. */
  readonly requestId?: string;
  /** Every fault of the request. */
  readonly errors?: readonly ProblemFault[];
}
