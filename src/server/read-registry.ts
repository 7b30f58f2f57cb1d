import { readFile } from 'node:fs/promises';
import { ConfigError } from '../config/config-error.ts';
import { register, registry } from '../tms/registry.ts';
import type { Registry } from '../tms/registry.ts';

/**
 * The tile matrix sets of the program and of the user's own files.
 * @throws ConfigError that names the file and what is wrong with it
 */
export async function readRegistry(files: readonly string[]): Promise<Registry> {
  if (files.length === 0) return registry;
  try {
    return register(registry, await Promise.all(files.map(readDocument)));
  } catch (error) {
    throw new ConfigError([error instanceof Error ? error.message : String(error)]);
  }
}

async function readDocument(source: string): Promise<{ readonly source: string; readonly document: unknown }> {
  const text = await readFile(source, 'utf8');
  try {
    return { source, document: JSON.parse(text) };
  } catch (error) {
    throw new Error(`Cannot read ${source} as JSON: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
  }
}
