/**
 * The closed table of errors: what went wrong → HTTP status, problem slug and title.
 * Slugs and titles are part of the API (RFC 9457 `type` and `title`); each slug has a page at `/problems/{slug}`.
 */
const TABLE = {
  UNKNOWN_PARAMETER: { status: 400, slug: 'unknown-parameter', title: 'Unknown parameter' },
  INVALID_PARAMETER: { status: 400, slug: 'invalid-parameter', title: 'Invalid parameter' },
  DUPLICATE_PARAMETER: {
    status: 400,
    slug: 'duplicate-parameter',
    title: 'Parameter given more than once',
  },
  CONFLICTING_PARAMETERS: {
    status: 400,
    slug: 'conflicting-parameters',
    title: 'Parameters that exclude each other',
  },
  INVALID_FILTER: { status: 400, slug: 'invalid-filter', title: 'Invalid filter' },
  FILTER_TOO_COMPLEX: { status: 400, slug: 'filter-too-complex', title: 'Filter too complex' },
  UNSUPPORTED_CRS: {
    status: 400,
    slug: 'unsupported-crs',
    title: 'Unsupported coordinate reference system',
  },
  INVALID_REQUEST: { status: 400, slug: 'invalid-parameter', title: 'Malformed HTTP request' },
  INVALID_BODY: { status: 400, slug: 'invalid-body', title: 'Invalid request body' },
  UNAUTHORIZED: { status: 401, slug: 'unauthorized', title: 'Authentication needed' },
  FORBIDDEN: { status: 403, slug: 'forbidden', title: 'Not allowed' },
  NOT_FOUND: { status: 404, slug: 'not-found', title: 'Not found' },
  OUT_OF_RANGE: {
    status: 404,
    slug: 'out-of-range',
    title: 'Outside the tile matrix set or its limits',
  },
  METHOD_NOT_ALLOWED: { status: 405, slug: 'method-not-allowed', title: 'Method not allowed' },
  NOT_ACCEPTABLE: { status: 406, slug: 'not-acceptable', title: 'No acceptable representation' },
  REQUEST_TIMEOUT: { status: 408, slug: 'timeout', title: 'The request did not arrive in time' },
  CONTENT_TOO_LARGE: { status: 413, slug: 'content-too-large', title: 'Content too large' },
  URI_TOO_LONG: { status: 414, slug: 'uri-too-long', title: 'URI too long' },
  UNSUPPORTED_MEDIA_TYPE: {
    status: 415,
    slug: 'unsupported-media-type',
    title: 'Unsupported media type',
  },
  EXPECTATION_FAILED: { status: 417, slug: 'invalid-parameter', title: 'Expectation failed' },
  HEADERS_TOO_LARGE: {
    status: 431,
    slug: 'invalid-parameter',
    title: 'Request header fields too large',
  },
  INTERNAL: { status: 500, slug: 'internal', title: 'Internal error' },
  PIXELS_OUTSIDE: { status: 501, slug: 'pixels-outside', title: 'Pixels in files that the database may not read' },
  DATA_CHANGED: { status: 503, slug: 'data-changed', title: 'Data changed while they were read' },
  OVERLOADED: { status: 503, slug: 'overloaded', title: 'Overloaded' },
  DATABASE_UNAVAILABLE: {
    status: 503,
    slug: 'database-unavailable',
    title: 'Database unavailable',
  },
  TIMEOUT: { status: 504, slug: 'timeout', title: 'Time limit reached' },
} as const;

/** A stable name for one kind of failure; the keys of the closed table. */
export type ErrorCode = keyof typeof TABLE;

/** HTTP status, problem slug and title of a code. */
export interface ErrorKind {
  readonly status: number;
  readonly slug: string;
  readonly title: string;
}

/** One fault within a request, for the `errors` member of a problem document (RFC 9457 §3.2). */
export interface Fault {
  readonly in: 'query' | 'path' | 'header' | 'body';
  readonly name: string;
  readonly code: ErrorCode;
  readonly message: string;
}

/** How the classic OGC services name a failure (OGC 06-042 table E.1, OGC 06-121r3 §8): its code there and the parameter at fault. */
export interface ServiceException {
  readonly code: string;
  readonly locator?: string;
}

/** What an error is made of besides its code. `detail` is shown to clients: no SQL, no paths, no stacks. */
export interface AppErrorOptions {
  readonly detail: string;
  readonly cause?: unknown;
  readonly faults?: readonly Fault[];
  readonly headers?: Readonly<Record<string, string>>;
  readonly exception?: ServiceException;
}

/** The only error that carries an answer for the client; everything else becomes `INTERNAL` at the edge. */
export class AppError extends Error {
  readonly code: ErrorCode;
  readonly faults: readonly Fault[];
  readonly headers: Readonly<Record<string, string>>;
  readonly exception: ServiceException | undefined;

  constructor(code: ErrorCode, options: AppErrorOptions) {
    super(options.detail, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'AppError';
    this.code = code;
    this.faults = options.faults ?? [];
    this.headers = options.headers ?? {};
    this.exception = options.exception;
  }

  /** Text for the client: what was attempted, what was wrong, what is wanted. */
  get detail(): string {
    return this.message;
  }
}

/** Status, slug and title of a code. */
export function errorKind(code: ErrorCode): ErrorKind {
  return TABLE[code];
}

/** Every slug of the table with its title and status, each once, for the pages under `/problems`. */
export function errorKinds(): readonly ErrorKind[] {
  const bySlug = new Map<string, ErrorKind>();
  for (const kind of Object.values(TABLE)) if (!bySlug.has(kind.slug)) bySlug.set(kind.slug, kind);
  return [...bySlug.values()];
}
