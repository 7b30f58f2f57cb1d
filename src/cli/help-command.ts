import { SETTINGS, settingKey } from '../config/setting.ts';
import type { Command } from './command.ts';

/** `graticule help`, given the commands that there are. */
export function helpCommand(commands: readonly Command[]): Command {
  const help: Command = {
    name: 'help',
    usage: 'help',
    summary: 'shows this',
    flags: {},
    configured: false,
    maximumPositionals: 1,
    async run(_, world) {
      world.out(helpText([...commands, help]));
      return 0;
    },
  };
  return help;
}

function helpText(commands: readonly Command[]): string {
  const entries = commands.flatMap((command) => [
    [command.usage, command.summary] as const,
    ...Object.entries(command.flags).map(([name, flag]) => [`  --${name}`, flag.doc] as const),
  ]);
  const settings = Object.values(SETTINGS).map(
    (setting) => [`--${settingKey(setting)}, ${setting.env}`, firstSentence(setting.doc)] as const,
  );
  return [
    'Graticule publishes every table of a PostGIS database, vector and raster, by the OGC APIs.',
    '',
    'Usage: graticule <command>   (in a checkout: node start.mjs <command>)',
    '',
    ...columns(entries),
    '',
    'Settings, as flags or environment variables (docs/configuration.md):',
    '',
    ...columns(settings),
    '',
  ].join('\n');
}

function columns(rows: readonly (readonly [string, string])[]): readonly string[] {
  const width = Math.max(...rows.map(([left]) => left.length)) + 2;
  return rows.map(([left, right]) => `  ${left.padEnd(width)}${right}`);
}

function firstSentence(doc: string): string {
  return doc.split(/(?<=\.)\s/)[0] ?? doc;
}
