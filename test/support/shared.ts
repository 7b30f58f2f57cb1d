import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/**
 * The path of something in the folder of official documents and large data that may stand beside a checkout;
 * undefined where it does not, and then the tests that need it are skipped. The only file that names that folder.
 */
export function sharedPath(...segments: readonly string[]): string | undefined {
  const path = fileURLToPath(new URL(['../../../shared', ...segments.map(encodeURIComponent)].join('/'), import.meta.url));
  return existsSync(path) ? path : undefined;
}
