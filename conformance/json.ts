import assert from 'node:assert/strict';

/** Any JSON value. */
export type Json = null | boolean | number | string | readonly Json[] | JsonObject;

/** A JSON object; a member that is not there is `undefined`. */
export interface JsonObject {
  readonly [name: string]: Json | undefined;
}

/** The value of a JSON text. Throws SyntaxError when it is none. */
export function parseJson(text: string): Json {
  const value: Json = JSON.parse(text);
  return value;
}

/** True for an object that is neither null nor an array. */
export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The value as an object; fails the test, naming `what`, when it is none. */
export function objectOf(value: Json | undefined, what: string): JsonObject {
  if (isObject(value)) return value;
  assert.fail(`${what} is ${describe(value)}, expected an object`);
}

/** The value as an array; fails the test, naming `what`, when it is none. */
export function listOf(value: Json | undefined, what: string): readonly Json[] {
  if (isList(value)) return value;
  assert.fail(`${what} is ${describe(value)}, expected an array`);
}

/** The value as a string; fails the test, naming `what`, when it is none. */
export function textOf(value: Json | undefined, what: string): string {
  if (typeof value === 'string') return value;
  assert.fail(`${what} is ${describe(value)}, expected a string`);
}

/** The value as a number; fails the test, naming `what`, when it is none. */
export function numberOf(value: Json | undefined, what: string): number {
  if (typeof value === 'number') return value;
  assert.fail(`${what} is ${describe(value)}, expected a number`);
}

/** The elements of an array that are objects; fails the test when the value is no array of objects. */
export function objectsOf(value: Json | undefined, what: string): readonly JsonObject[] {
  return listOf(value, what).map((element, i) => objectOf(element, `${what}[${i}]`));
}

function isList(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value);
}

function describe(value: Json | undefined): string {
  if (value === undefined) return 'missing';
  const text = JSON.stringify(value);
  return text.length > 80 ? `${text.slice(0, 80)}…` : text;
}
