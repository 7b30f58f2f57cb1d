import type { JsonSchema } from './json-schema.ts';

/** One query or path parameter: schema, parser and prose in one place. */
export interface Parameter<T> {
  readonly name: string;
  readonly in: 'query' | 'path';
  /** Verbatim into OpenAPI. */
  readonly schema: JsonSchema;
  readonly doc: string;
  /** A list that may also be given piecewise, `bidx=1&bidx=2`: `parse` then sees the pieces joined by commas, in order. */
  readonly repeatable?: true;
  /** A query parameter that has to be given; `parse` or what comes after it says so. Path parameters always have to. */
  readonly required?: true;
  /** `undefined`: not given. Throws AppError; the edge collects the faults of all parameters. */
  parse(raw: string | undefined): T;
}
