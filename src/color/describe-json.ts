const LONGEST = 40;

/** A value of JSON as messages quote it: short, and of nested values only what they are. */
export function describeJson(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (Array.isArray(value)) {
    const isFlat = value.length <= 5 && value.every((part) => typeof part !== 'object' || part === null);
    return isFlat ? cut(JSON.stringify(value)) : `a list of ${value.length}`;
  }
  return typeof value === 'object' && value !== null ? 'an object' : cut(JSON.stringify(value));
}

function cut(text: string): string {
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}
