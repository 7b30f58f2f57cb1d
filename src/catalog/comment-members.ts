/** Members of a JSON object in a comment, not yet checked. */
export type Members = Readonly<Record<string, unknown>>;

/** What could not be used of a comment, as it is found. */
export type Problems = { code: string; message: string }[];

/** Notes that a member has a value of the wrong type. */
export function wrongType(key: string, wanted: string, problems: Problems): void {
  problems.push({ code: 'invalid-comment-value', message: `The comment's "${key}" must be ${wanted}: it is ignored` });
}

/** True for JSON objects. */
export function isObject(value: unknown): value is Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
