import { readFile } from 'node:fs/promises';
import { register, registry } from '../tms/registry.ts';
import type { Registry } from '../tms/registry.ts';

/**
 * The tile matrix sets of the program and of the user's own files.
 * @throws Error that names the file and what is wrong with it
 */
export async function readRegistry(files: readonly string[]): Promise<Registry> {
  const documents = await Promise.all(
    files.map(async (source) => {
      const document: unknown = JSON.parse(await readFile(source, 'utf8'));
      return { source, document };
    }),
  );
  return documents.length === 0 ? registry : register(registry, documents);
}
