/** A JSON Schema as OpenAPI 3.0 understands it; passed through verbatim. */
export type JsonSchema = { readonly [keyword: string]: unknown };
