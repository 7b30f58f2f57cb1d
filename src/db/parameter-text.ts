/** A bound value as PostgreSQL takes it: text, bytes in binary, or null. */
export type ParameterValue = string | Buffer | null;

/**
 * Encodes a bound value: numbers, bigints and booleans by their text, dates as ISO 8601, bytes in binary, arrays as
 * PostgreSQL's array text, other objects as JSON.
 */
export function parameterValue(value: unknown): ParameterValue {
  if (value === null || value === undefined) return null;
  if (typeof value === 'string') return value;
  if (value instanceof Uint8Array) return Buffer.from(value.buffer, value.byteOffset, value.byteLength);
  if (Array.isArray(value)) return arrayText(value);
  if (value instanceof Date) return value.toISOString();
  if (typeof value === 'number' || typeof value === 'bigint' || typeof value === 'boolean') return String(value);
  return JSON.stringify(value);
}

function arrayText(items: readonly unknown[]): string {
  return `{${items.map(elementText).join(',')}}`;
}

function elementText(item: unknown): string {
  if (Array.isArray(item)) return arrayText(item);
  const value = parameterValue(item);
  if (value === null) return 'NULL';
  if (typeof value !== 'string') return `"\\\\x${value.toString('hex')}"`;
  return `"${value.replace(/["\\]/g, '\\$&')}"`;
}
