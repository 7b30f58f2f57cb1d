/** Ends an exhaustive switch: fails to compile when a case is missing, throws when the types were lied to. */
export function never(value: never): never {
  throw new Error(`Unreachable case: ${JSON.stringify(value)}`);
}
