import { Ajv, type KeywordDefinition } from 'ajv';
import standalone from 'ajv/dist/standalone/index.js';
import { mapReferences, type SchemaFile } from './read-schemas.ts';
import { objectAt } from './json-node.ts';

// Regular expressions are written into the generated code as they are, so that no formats package is needed at run time.
const FORMATS: Readonly<Record<string, RegExp>> = {
  // RFC 3339 §5.6
  'date-time': /^\d{4}-(0\d|1[0-2])-([0-2]\d|3[01])[Tt]([01]\d|2[0-3]):[0-5]\d:([0-5]\d|60)(\.\d+)?([Zz]|[+-]([01]\d|2[0-3]):[0-5]\d)$/,
  // RFC 3986 §3 and §4.1, as far as characters and the scheme go
  uri: /^[A-Za-z][A-Za-z\d+.-]*:(?:[\w.~:/?#[\]@!$&'()*+,;=-]|%[\dA-Fa-f]{2})+$/,
  'uri-reference': /^(?:[\w.~:/?#[\]@!$&'()*+,;=-]|%[\dA-Fa-f]{2})*$/,
};

/** Identifier under which a schema's compiled validator is exported. */
export function validatorName(schemaName: string): string {
  return schemaName.replaceAll(/[^A-Za-z\d]+(.)?/g, (_, next: string | undefined) => next?.toUpperCase() ?? '');
}

/** Compiles all schemas into one ES module whose exports are ajv validation functions, with no import of ajv itself. */
export function compileValidators(files: readonly SchemaFile[]): string {
  const ajv = new Ajv({ allErrors: true, strict: true, inlineRefs: false, code: { source: true, esm: true, lines: true } });
  for (const [name, format] of Object.entries(FORMATS)) ajv.addFormat(name, format);
  const annotation: KeywordDefinition = { keyword: 'example' };
  ajv.addKeyword(annotation);
  for (const file of files) {
    ajv.addSchema({
      ...objectAt(
        mapReferences(file.schema, (name) => `/${name}`),
        file.name,
      ),
      $id: `/${file.name}`,
    });
  }
  const exported = Object.fromEntries(files.map((file) => [validatorName(file.name), `/${file.name}`]));
  return importRuntime(standalone.default(ajv, exported));
}

// ajv writes `require("ajv/dist/runtime/…").default` even into ES modules.
function importRuntime(code: string): string {
  const imports = new Map<string, string>();
  const body = code.replaceAll(/require\("(ajv\/dist\/runtime\/\w+)"\)/g, (_, path: string) => {
    const name = imports.get(path) ?? `runtime${imports.size}`;
    imports.set(path, name);
    return name;
  });
  if (body.includes('require(')) throw new Error('The generated validators still require a module');
  const lines = [...imports].map(([path, name]) => `import ${name} from '${path}.js';\n`);
  return `${lines.join('')}${body}\n`;
}
