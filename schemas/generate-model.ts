import { compileValidators, validatorName } from './compile-validators.ts';
import { printDeclaration } from './print-type.ts';
import { listStandards, mapReferences, readSchemas, references, type SchemaFile } from './read-schemas.ts';

const HEADER = '// Generated from schemas/ by `npm run generate`. Do not edit.\n';

/**
 * The files of src/model by name: the types of each standard, the schemas as objects, and their validators.
 * @param root folder of the YAML schemas
 */
export function generateModel(root: string): ReadonlyMap<string, string> {
  const standards = listStandards(root);
  const files = readSchemas(root, standards);
  return new Map([
    ...standards.map((standard) => [`${standard}.ts`, printStandard(standard, files)] as const),
    ['schemas.ts', printSchemas(files)],
    ['validators.ts', `// @ts-nocheck\n/* oxlint-disable */\n${HEADER}${compileValidators(files)}`],
    ['validate.ts', printValidate(files)],
  ]);
}

function printStandard(standard: string, files: readonly SchemaFile[]): string {
  const byName = new Map(files.map((file) => [file.name, file]));
  const own = files.filter((file) => file.standard === standard);
  const used = new Set(own.flatMap((file) => references(file.schema)));
  const others = new Set(files.map((file) => file.standard).filter((other) => other !== standard));
  const imports = [...others].flatMap((other) => {
    const names = files.filter((file) => file.standard === other && used.has(file.name)).map((file) => file.interfaceName);
    return names.length === 0 ? [] : [`import type { ${names.sort().join(', ')} } from './${other}.ts';\n`];
  });
  const declarations = own.map((file) =>
    printDeclaration(file.interfaceName, file.schema, (name) => byName.get(name)?.interfaceName ?? 'unknown'),
  );
  return [`${HEADER}${imports.join('')}`, ...declarations].join('\n');
}

function printSchemas(files: readonly SchemaFile[]): string {
  const entries = files.map((file) => {
    const schema = mapReferences(file.schema, (name) => `#/components/schemas/${name}`);
    return `  '${file.name}': ${JSON.stringify(schema, withoutIds)},\n`;
  });
  const names = files.map((file) => `  | '${file.name}'`).join('\n');
  return `${HEADER}
/** Names of the schemas: the file names of schemas/, and the component names of the OpenAPI document. */
export type SchemaName =
${names};

/** Every schema as OpenAPI 3.0 takes it under \`components.schemas\`, references included. */
export const schemas: Readonly<Record<SchemaName, Readonly<Record<string, unknown>>>> = {
${entries.join('')}};
`;
}

// Resolvers of OpenAPI documents take members of that name for an identifier even where they are names of properties.
function withoutIds(key: string, value: unknown): unknown {
  return key === '$id' || key === '$schema' ? undefined : value;
}

function printValidate(files: readonly SchemaFile[]): string {
  const entries = files.map((file) => `  '${file.name}': compiled.${validatorName(file.name)},\n`);
  return `${HEADER}import type { SchemaName } from './schemas.ts';
import * as compiled from './validators.ts';

/** One place at which a document breaks its schema. */
export interface Violation {
  /** JSON pointer into the document. */
  readonly path: string;
  readonly message: string;
}

const validators: Readonly<Record<SchemaName, unknown>> = {
${entries.join('')}};

/** Checks a JSON document against a schema; no violations means that it is valid. */
export function validate(name: SchemaName, document: unknown): readonly Violation[] {
  const validator = validators[name];
  if (typeof validator !== 'function') throw new Error(\`No validator for \${name}\`);
  if (validator(document) === true) return [];
  const errors: unknown = 'errors' in validator ? validator.errors : undefined;
  if (!Array.isArray(errors)) throw new Error(\`The validator of \${name} failed without saying why\`);
  return errors.map((error) => ({ path: String(error.instancePath), message: String(error.message) }));
}
`;
}
