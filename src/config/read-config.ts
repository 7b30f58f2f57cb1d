import { readFileSync } from 'node:fs';
import { homedir, userInfo } from 'node:os';
import { parse as parseYaml } from 'yaml';
import { chooseDatabase } from './choose-database.ts';
import type { NamedDatabase } from './choose-database.ts';
import type { Config } from './config.ts';
import { ConfigError } from './config-error.ts';
import { nearest } from './nearest.ts';
import { SETTINGS, settingKey } from './setting.ts';
import type { Setting, SettingWithDefault } from './setting.ts';

/** Where the configuration comes from. */
export interface ConfigSources {
  /** By key without dashes in front: `{ 'tile-ttl': '0', 'non-spatial': true }`; `database` is also the argument of `serve`. */
  readonly flags: Readonly<Record<string, string | boolean | undefined>>;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Text of a file, or undefined when there is none. Reads the disk unless given. */
  readonly readFile?: (path: string) => string | undefined;
  readonly homeDirectory?: string;
  readonly userName?: string;
}

/** The three places where a setting may be written, strongest first. */
interface Layers {
  readonly flags: Readonly<Record<string, string | boolean | undefined>>;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly file: Readonly<Record<string, string>>;
  readonly filePath: string | undefined;
  readonly problems: string[];
}

const KEYS = Object.values(SETTINGS).map(settingKey);
const VARIABLES = [...Object.values(SETTINGS).map((setting) => setting.env), 'GRATICULE_CONFIG'];

/**
 * Reads, checks and freezes the configuration: flags win over environment, environment over file, file over defaults.
 * @throws ConfigError with one line for every unknown name and every value that cannot be used
 */
export function readConfig(sources: ConfigSources): Config {
  const readFile = sources.readFile ?? readText;
  const layers = openLayers(sources, readFile);
  reportUnknown(layers);
  const settings = readSettings(layers);
  const named = nameDatabase(layers, settings.database);
  try {
    const around = {
      env: sources.env,
      readFile,
      homeDirectory: sources.homeDirectory ?? homedir(),
      userName: sources.userName ?? osUser(sources.env),
    };
    const database = chooseDatabase(named, around);
    if (layers.problems.length === 0) return Object.freeze({ ...settings, database });
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    layers.problems.push(...error.problems);
  }
  throw new ConfigError(layers.problems);
}

function openLayers(sources: ConfigSources, readFile: (path: string) => string | undefined): Layers {
  const { flags, env } = sources;
  const problems: string[] = [];
  const path = typeof flags['config'] === 'string' ? flags['config'] : env['GRATICULE_CONFIG'];
  const text = path === undefined || path === '' ? '' : readFile(path);
  if (text === undefined) problems.push(`Cannot read the configuration file "${path}"`);
  return { flags, env, file: parseFile(text ?? '', path, problems), filePath: path, problems };
}

/** JSON is YAML. Lists become the comma-separated text that flags and environment have. */
function parseFile(text: string, path: string | undefined, problems: string[]): Record<string, string> {
  let document: unknown;
  try {
    document = parseYaml(text) ?? {};
  } catch (error) {
    problems.push(`Cannot parse the configuration file "${path}": ${error instanceof Error ? error.message.split('\n')[0] : 'not YAML'}`);
    return {};
  }
  if (typeof document !== 'object' || document === null || Array.isArray(document)) {
    problems.push(`Cannot use the configuration file "${path}": expected names and values`);
    return {};
  }
  const entries = Object.entries(document).flatMap(([key, value]: [string, unknown]) => {
    if (isScalar(value)) return [[key, String(value)]];
    if (Array.isArray(value) && value.every(isScalar)) return [[key, value.join(',')]];
    problems.push(`Cannot use ${key} of "${path}": expected a value or a list of values`);
    return [];
  });
  return Object.fromEntries(entries);
}

function reportUnknown(layers: Layers): void {
  const report = (name: string, where: string, known: readonly string[], show: (key: string) => string): void => {
    const like = nearest(name, known);
    layers.problems.push(`Unknown ${where} ${show(name)}${like === undefined ? '' : `: did you mean ${show(like)}?`}`);
  };
  for (const name of Object.keys(layers.flags)) {
    if (name !== 'config' && !KEYS.includes(name)) report(name, 'flag', [...KEYS, 'config'], (key) => `--${key}`);
  }
  for (const name of Object.keys(layers.env)) {
    if (name.startsWith('GRATICULE_') && !VARIABLES.includes(name)) report(name, 'environment variable', VARIABLES, (key) => key);
  }
  for (const name of Object.keys(layers.file)) {
    if (!KEYS.includes(name)) report(name, `key of "${layers.filePath}"`, KEYS, (key) => key);
  }
}

function readSettings(layers: Layers): Omit<Config, 'database'> & { readonly database: string | undefined } {
  const value = <T>(setting: SettingWithDefault<T>): T => lookUp(setting, layers) ?? setting.fallback;
  return {
    database: lookUp(SETTINGS.database, layers),
    host: lookUp(SETTINGS.host, layers),
    port: value(SETTINGS.port),
    adminPort: value(SETTINGS.adminPort),
    publicUrl: lookUp(SETTINGS.publicUrl, layers),
    contact: Object.freeze({
      name: lookUp(SETTINGS.contactName, layers),
      organization: lookUp(SETTINGS.contactOrganization, layers),
      email: lookUp(SETTINGS.contactEmail, layers),
      phone: lookUp(SETTINGS.contactPhone, layers),
      url: lookUp(SETTINGS.contactUrl, layers),
    }),
    trustedProxies: value(SETTINGS.trustedProxies),
    include: value(SETTINGS.include),
    exclude: value(SETTINGS.exclude),
    nonSpatialTables: value(SETTINGS.nonSpatialTables),
    legendTable: value(SETTINGS.legendTable),
    refreshSeconds: value(SETTINGS.refreshSeconds),
    tileTtlSeconds: value(SETTINGS.tileTtlSeconds),
    tileMatrixSetFiles: value(SETTINGS.tileMatrixSetFiles),
    cacheBytes: value(SETTINGS.cacheBytes),
    blockCacheBytes: value(SETTINGS.blockCacheBytes),
    maxPixels: value(SETTINGS.maxPixels),
    poolSize: value(SETTINGS.poolSize),
    statementTimeoutMs: value(SETTINGS.statementTimeoutMs),
    requestTimeoutMs: value(SETTINGS.requestTimeoutMs),
    streamLimitMs: value(SETTINGS.streamLimitMs),
    logLevel: value(SETTINGS.logLevel),
  };
}

function lookUp<T>(setting: Setting<T>, layers: Layers): T | undefined {
  const found = written(setting, layers);
  if (found === undefined) return undefined;
  const value = setting.type.parse(found.text);
  if (value === undefined) layers.problems.push(`Cannot use ${found.name} "${found.text}": expected ${setting.type.words}`);
  return value;
}

/** The strongest layer that has the setting; an empty variable counts as not set, as shells and compose files leave them. */
function written(setting: { readonly env: string }, layers: Layers): { readonly text: string; readonly name: string } | undefined {
  const key = settingKey(setting);
  const flag = layers.flags[key];
  if (flag !== undefined) return { text: String(flag), name: `--${key}` };
  const variable = layers.env[setting.env];
  if (variable !== undefined && variable !== '') return { text: variable, name: setting.env };
  const inFile = layers.file[key];
  return inFile === undefined ? undefined : { text: inFile, name: `${key} of "${layers.filePath}"` };
}

/** The file's database yields to `PGHOST` and its like: environment wins over file. */
function nameDatabase(layers: Layers, text: string | undefined): NamedDatabase | undefined {
  if (text === undefined) return undefined;
  if (layers.flags['database'] !== undefined) return { text, source: 'the command line' };
  if ((layers.env['DATABASE_URL'] ?? '') !== '') return { text, source: 'DATABASE_URL' };
  const byLibpq = ['PGHOST', 'PGSERVICE', 'PGDATABASE'].some((name) => (layers.env[name] ?? '') !== '');
  return byLibpq ? undefined : { text, source: `"${layers.filePath}"` };
}

function isScalar(value: unknown): value is string | number | boolean {
  return ['string', 'number', 'boolean'].includes(typeof value);
}

function readText(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}

/** As libpq: the operating system's name of the user, which a container may lack. */
function osUser(env: Readonly<Record<string, string | undefined>>): string {
  try {
    return userInfo().username;
  } catch {
    return env['USER'] ?? 'postgres';
  }
}
