import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Command } from './command.ts';

/** `graticule version`. */
export const versionCommand: Command = {
  name: 'version',
  usage: 'version',
  summary: 'shows the version of the program',
  flags: {},
  configured: false,
  maximumPositionals: 0,
  async run(_, world) {
    const manifest: unknown = JSON.parse(await readFile(join(world.packageFolder, 'package.json'), 'utf8'));
    const version = typeof manifest === 'object' && manifest !== null && 'version' in manifest ? String(manifest.version) : 'unknown';
    world.out(`graticule ${version}\n`);
    return 0;
  },
};
