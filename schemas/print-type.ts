import { isObject, listAt, objectAt, textAt, type JsonObject } from './json-node.ts';

/** Finds the interface name of a schema by the schema's name. */
export type InterfaceNames = (schemaName: string) => string;

/** Prints a schema as an exported, readonly TypeScript declaration with its description as JSDoc. */
export function printDeclaration(name: string, schema: JsonObject, names: InterfaceNames): string {
  const doc = printDoc(schema, '');
  if (schema.type === 'object' && isObject(schema.properties)) {
    return `${doc}export interface ${name} ${printObject(schema, '', names)}\n`;
  }
  return `${doc}export type ${name} = ${printType(schema, '', names)};\n`;
}

/** Prints a schema as a TypeScript type; `indent` is that of the line on which it begins. */
export function printType(schema: JsonObject, indent: string, names: InterfaceNames): string {
  const base = printBase(schema, indent, names);
  return schema.nullable === true && base !== 'null' ? `${base} | null` : base;
}

function printBase(schema: JsonObject, indent: string, names: InterfaceNames): string {
  if (typeof schema.$ref === 'string') return names(schema.$ref);
  if (schema.enum !== undefined) return listAt(schema.enum, 'enum').map(printLiteral).join(' | ');
  if (schema.oneOf !== undefined) {
    return listAt(schema.oneOf, 'oneOf')
      .map((part) => printType(objectAt(part, 'oneOf'), indent, names))
      .join(' | ');
  }
  switch (schema.type) {
    case 'string':
    case 'boolean':
      return schema.type;
    case 'number':
    case 'integer':
      return 'number';
    case 'array':
      return printArray(schema, indent, names);
    case 'object':
      return printObject(schema, indent, names);
    case undefined:
      return 'unknown';
    default:
      throw new Error(`No TypeScript type for ${JSON.stringify(schema.type)}`);
  }
}

function printArray(schema: JsonObject, indent: string, names: InterfaceNames): string {
  const item = printType(objectAt(schema.items, 'items'), indent, names);
  const { minItems, maxItems } = schema;
  if (typeof minItems === 'number' && minItems === maxItems) {
    return `readonly [${Array.from({ length: minItems }, () => item).join(', ')}]`;
  }
  return /^\w+$/.test(item) ? `readonly ${item}[]` : `ReadonlyArray<${item}>`;
}

function printObject(schema: JsonObject, indent: string, names: InterfaceNames): string {
  const properties = isObject(schema.properties) ? schema.properties : {};
  const required = new Set(listAt(schema.required, 'required'));
  const inner = `${indent}  `;
  const members = Object.entries(properties).map(([key, value]) => {
    const property = objectAt(value, key);
    const type = printType(property, inner, names);
    return `${printDoc(property, inner)}${inner}readonly ${printKey(key)}${required.has(key) ? '' : '?'}: ${type};\n`;
  });
  const rest = schema.additionalProperties;
  const restType = isObject(rest) ? printType(rest, inner, names) : 'unknown';
  if (members.length === 0) return `Readonly<Record<string, ${restType}>>`;
  const index = rest === undefined || rest === false ? '' : `${inner}readonly [member: string]: unknown;\n`;
  return `{\n${members.join('')}${index}${indent}}`;
}

function printDoc(schema: JsonObject, indent: string): string {
  if (schema.description === undefined) return '';
  return `${indent}/** ${textAt(schema.description, 'description').trim().replaceAll('*/', '* /')} */\n`;
}

function printKey(key: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(key) ? key : `'${key}'`;
}

function printLiteral(value: unknown): string {
  if (typeof value === 'string') return `'${value.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
  return JSON.stringify(value);
}
