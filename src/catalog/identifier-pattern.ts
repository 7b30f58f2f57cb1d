/**
 * Source of a regular expression that finds a name in SQL as PostgreSQL prints it: quoted where it must be (reserved
 * words), bare elsewhere.
 */
export function identifierPattern(name: string): string {
  return `"?${name.replaceAll('"', '""').replaceAll(/[$()*+.?[\\\]^{|}]/g, '\\$&')}"?`;
}
