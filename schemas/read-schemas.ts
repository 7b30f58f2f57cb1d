import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { parse } from 'yaml';
import { isObject, objectAt, textAt, type JsonObject } from './json-node.ts';

/** One schema file: its name (file name), the interface that it becomes, and its JSON Schema. */
export interface SchemaFile {
  readonly standard: string;
  readonly name: string;
  readonly interfaceName: string;
  /** `$ref`s are bare schema names; `x-interface` is gone. */
  readonly schema: JsonObject;
}

/** The folders that hold YAML schemas, by name: one file of src/model each. */
export function listStandards(root: string): readonly string[] {
  return readdirSync(root, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && readdirSync(join(root, entry.name)).some((file) => file.endsWith('.yaml')))
    .map((entry) => entry.name)
    .sort();
}

/** Reads every YAML schema of the folders, in folder order and by name, and checks that all references lead somewhere. */
export function readSchemas(root: string, standards: readonly string[]): readonly SchemaFile[] {
  const files = standards.flatMap((standard) =>
    readdirSync(join(root, standard))
      .filter((file) => file.endsWith('.yaml'))
      .sort()
      .map((file) => readSchema(join(root, standard, file), standard)),
  );
  const names = new Set(files.map((file) => file.name));
  if (names.size !== files.length) throw new Error('Two schema files have the same name');
  for (const file of files) {
    for (const name of references(file.schema)) {
      if (!names.has(name)) throw new Error(`${file.standard}/${file.name}: no schema is called "${name}"`);
    }
  }
  return files;
}

/** Names of the schemas that a schema refers to, each once, sorted. */
export function references(schema: JsonObject): readonly string[] {
  const found = new Set<string>();
  mapReferences(schema, (name) => {
    found.add(name);
    return name;
  });
  return [...found].sort();
}

/** The same schema with every `$ref` replaced. */
export function mapReferences(node: unknown, change: (name: string) => string): unknown {
  if (Array.isArray(node)) return node.map((item) => mapReferences(item, change));
  if (!isObject(node)) return node;
  return Object.fromEntries(
    Object.entries(node).map(([key, value]) => [
      key,
      key === '$ref' && typeof value === 'string' ? change(value) : mapReferences(value, change),
    ]),
  );
}

function readSchema(path: string, standard: string): SchemaFile {
  const { 'x-interface': interfaceName, ...schema } = objectAt(parse(readFileSync(path, 'utf8')), path);
  return {
    standard,
    name: basename(path, '.yaml'),
    interfaceName: textAt(interfaceName, `${path} x-interface`),
    schema: objectAt(
      mapReferences(schema, (ref) => basename(ref, '.yaml')),
      path,
    ),
  };
}
