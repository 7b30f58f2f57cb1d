import { parseArgs } from 'node:util';
import { AppError } from '../base/error.ts';
import { ConfigError } from '../config/config-error.ts';
import { nearest } from '../config/nearest.ts';
import { flagOptions } from '../config/setting.ts';
import { PortTakenError } from '../server/listen.ts';
import { catalogCommand } from './catalog-command.ts';
import { clusterCommand } from './cluster-command.ts';
import type { Command, CommandInput, World } from './command.ts';
import { helpCommand } from './help-command.ts';
import { serveCommand, startCommand } from './serve-command.ts';
import { versionCommand } from './version-command.ts';

const COMMANDS = withHelp([startCommand, serveCommand, catalogCommand, clusterCommand, versionCommand]);

/**
 * Runs the command that the arguments name (`start` when they name none) and gives the exit code: 0 done, 1 failed,
 * 2 called wrongly.
 */
export async function runCli(argv: readonly string[], world: World): Promise<number> {
  try {
    const [name, rest] = splitName(argv);
    const command = COMMANDS.find((candidate) => candidate.name === name);
    if (command === undefined) return unknownCommand(name, world);
    return await command.run(parse(command, rest), world);
  } catch (error) {
    world.err(`${explain(error)}\n`);
    return error instanceof ConfigError ? 2 : 1;
  }
}

function withHelp(commands: readonly Command[]): readonly Command[] {
  return [...commands, helpCommand(commands)];
}

function splitName(argv: readonly string[]): readonly [string, readonly string[]] {
  const [first = 'start', ...rest] = argv;
  if (first === '--help' || first === '-h' || rest.includes('--help') || rest.includes('-h')) return ['help', []];
  if (first === '--version' || first === '-v') return ['version', []];
  return first.startsWith('-') ? ['start', argv] : [first, rest];
}

function parse(command: Command, argv: readonly string[]): CommandInput {
  const options = { ...(command.configured ? flagOptions() : {}), ...command.flags };
  const { values, positionals, tokens } = parseArgs({ args: [...argv], options, allowPositionals: true, strict: false, tokens: true });
  for (const token of tokens) {
    if (token.kind !== 'option') continue;
    const option = options[token.name];
    if (option === undefined) {
      const like = nearest(token.name, Object.keys(options));
      throw new ConfigError([`Unknown flag ${token.rawName}${like === undefined ? '' : `: did you mean --${like}?`}`]);
    }
    if (option.type === 'string' && token.value === undefined) throw new ConfigError([`${token.rawName} needs a value`]);
  }
  if (positionals.length > command.maximumPositionals) {
    throw new ConfigError([`Unexpected argument "${positionals[command.maximumPositionals]}": graticule ${command.usage}`]);
  }
  const flags: Record<string, string | boolean | undefined> = {};
  for (const [name, value] of Object.entries(values)) if (!Array.isArray(value)) flags[name] = value;
  return { flags, positionals };
}

function unknownCommand(name: string, world: World): number {
  const names = COMMANDS.map((command) => command.name);
  const like = nearest(name, names);
  world.err(`Unknown command "${name}": ${like === undefined ? `expected one of ${names.join(', ')}` : `did you mean ${like}?`}\n`);
  return 2;
}

/** What a person can act on; a stack only for what is a fault of the program. */
function explain(error: unknown): string {
  if (error instanceof AppError) return error.cause instanceof Error ? `${error.detail}: ${error.cause.message}` : error.detail;
  if (error instanceof ConfigError || error instanceof PortTakenError) return error.message;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
