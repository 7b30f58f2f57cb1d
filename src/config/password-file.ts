/** What a line of a password file must match. */
export interface PasswordKey {
  readonly host: string;
  readonly port: number;
  readonly database: string;
  readonly user: string;
}

/**
 * The password of the first line `host:port:database:user:password` that matches; `*` matches anything, `\` escapes
 * `:` and `\` (PostgreSQL documentation, §34.16). A socket directory is looked up as `localhost` too.
 */
export function findPassword(file: string, key: PasswordKey): string | undefined {
  for (const line of file.split(/\r?\n/)) {
    if (line === '' || line.startsWith('#')) continue;
    const [host = '', port = '', database = '', user = '', ...password] = splitFields(line);
    const hostMatches = matches(host, key.host) || (key.host.startsWith('/') && host === 'localhost');
    if (password.length === 0 || !hostMatches) continue;
    if (matches(port, String(key.port)) && matches(database, key.database) && matches(user, key.user)) return password.join(':');
  }
  return undefined;
}

function splitFields(line: string): readonly string[] {
  const fields = [''];
  for (const [piece] of line.matchAll(/\\.|[^]/g)) {
    if (piece === ':') fields.push('');
    else fields[fields.length - 1] += piece.slice(-1);
  }
  return fields;
}

function matches(pattern: string, value: string): boolean {
  return pattern === '*' || pattern === value;
}
