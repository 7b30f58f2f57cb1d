/** A JSON object of unknown members. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** True for a JSON object, false for arrays, null and scalars. */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The object that `value` must be; `where` names the place in the message. */
export function objectAt(value: unknown, where: string): JsonObject {
  if (!isObject(value)) throw new Error(`${where}: expected an object, got ${JSON.stringify(value)}`);
  return value;
}

/** The text that `value` must be; `where` names the place in the message. */
export function textAt(value: unknown, where: string): string {
  if (typeof value !== 'string') throw new Error(`${where}: expected text, got ${JSON.stringify(value)}`);
  return value;
}

/** The array that `value` is, or an empty one when it is absent. */
export function listAt(value: unknown, where: string): readonly unknown[] {
  if (value === undefined) return [];
  if (!Array.isArray(value)) throw new Error(`${where}: expected a list, got ${JSON.stringify(value)}`);
  return value;
}
