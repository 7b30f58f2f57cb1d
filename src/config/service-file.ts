import { ConfigError } from './config-error.ts';
import type { ConnectionParameters } from './connection-string.ts';

/** The parameters under `[name]` in a service file (PostgreSQL documentation, §34.17); undefined when it has no such section. */
export function findService(file: string, name: string): ConnectionParameters | undefined {
  let section: string | undefined;
  let found: Record<string, string> | undefined;
  for (const raw of file.split(/\r?\n/)) {
    const line = raw.trim();
    if (line === '' || line.startsWith('#')) continue;
    const header = /^\[(.*)\]$/.exec(line);
    if (header !== null) {
      if (found !== undefined) return found;
      section = header[1];
      if (section === name) found = {};
      continue;
    }
    if (section !== name || found === undefined) continue;
    const at = line.indexOf('=');
    if (at < 1) throw new ConfigError([`Cannot parse service "${name}": "${line.slice(0, 20)}" is not name=value`]);
    found[line.slice(0, at).trim()] = line.slice(at + 1).trim();
  }
  return found;
}
