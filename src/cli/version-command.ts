import { packageVersion } from '../server/package-version.ts';
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
    world.out(`graticule ${packageVersion()}\n`);
    return 0;
  },
};
